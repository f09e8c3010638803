package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import io.fabric8.kubernetes.api.model.AzureFilePersistentVolumeSource;
import io.fabric8.kubernetes.api.model.AzureFileVolumeSource;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSVolumeSource;
import io.fabric8.kubernetes.api.model.FlexPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.FlexVolumeSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.SecretReference;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the installation in volumes that pods name themselves, without a claim, told by the places of both. */
final class InlineVolumes implements SameStorage.Inline {

    private final Map<ClaimName, List<VolumePlace>> ours = new LinkedHashMap<>();
    private final VolumePlaces places;

    /**
     * Prepares.
     *
     * @param places where the files of volumes are
     */
    InlineVolumes(VolumePlaces places) {
        this.places = places;
    }

    /** Tells where the files of a claim of the installation are. */
    void add(ClaimName claim, List<VolumePlace> there) {
        ours.put(claim, there);
    }

    @Override
    public List<SameStorage.Files> filesIn(Volume volume) {
        List<VolumePlace> there = placesOf(volume);
        List<SameStorage.Files> files = new ArrayList<>();
        ours.forEach((claim, here) -> VolumePlaces.partWith(there, here)
                .ifPresent(part -> files.add(new SameStorage.Files(
                        part, "files of " + ClaimPreflight.named(claim) + ", which is " + here.get(0)))));
        return files;
    }

    private List<VolumePlace> placesOf(Volume volume) {
        if (volume.getEphemeral() != null) {
            PersistentVolumeClaimTemplate template = volume.getEphemeral().getVolumeClaimTemplate();
            PersistentVolumeClaimSpec spec = template == null ? null : template.getSpec();
            String named = spec == null ? null : spec.getVolumeName();
            return named == null ? List.of() : places.of(named);
        }
        return places.of(persistent(volume));
    }

    /** The same source as a volume of the cluster has it. */
    static PersistentVolumeSpec persistent(Volume volume) {
        PersistentVolumeSpec spec = new PersistentVolumeSpec();
        spec.setNfs(volume.getNfs());
        spec.setHostPath(volume.getHostPath());
        spec.setAzureDisk(volume.getAzureDisk());
        spec.setCsi(csi(volume.getCsi()));
        spec.setAzureFile(azureFile(volume.getAzureFile()));
        spec.setFlexVolume(flexVolume(volume.getFlexVolume()));
        spec.setCephfs(cephFs(volume.getCephfs()));
        return spec;
    }

    private static @Nullable CSIPersistentVolumeSource csi(@Nullable CSIVolumeSource source) {
        if (source == null) {
            return null;
        }
        CSIPersistentVolumeSource persistent = new CSIPersistentVolumeSource();
        persistent.setDriver(source.getDriver());
        persistent.setVolumeAttributes(source.getVolumeAttributes());
        LocalObjectReference secret = source.getNodePublishSecretRef();
        persistent.setNodeStageSecretRef(secret == null ? null : new SecretReference(secret.getName(), null));
        return persistent;
    }

    private static @Nullable AzureFilePersistentVolumeSource azureFile(@Nullable AzureFileVolumeSource source) {
        if (source == null) {
            return null;
        }
        AzureFilePersistentVolumeSource persistent = new AzureFilePersistentVolumeSource();
        persistent.setSecretName(source.getSecretName());
        persistent.setShareName(source.getShareName());
        return persistent;
    }

    private static @Nullable FlexPersistentVolumeSource flexVolume(@Nullable FlexVolumeSource source) {
        if (source == null) {
            return null;
        }
        FlexPersistentVolumeSource persistent = new FlexPersistentVolumeSource();
        persistent.setDriver(source.getDriver());
        persistent.setOptions(source.getOptions());
        return persistent;
    }

    private static @Nullable CephFSPersistentVolumeSource cephFs(@Nullable CephFSVolumeSource source) {
        if (source == null) {
            return null;
        }
        CephFSPersistentVolumeSource persistent = new CephFSPersistentVolumeSource();
        persistent.setMonitors(source.getMonitors());
        persistent.setPath(source.getPath());
        return persistent;
    }
}
