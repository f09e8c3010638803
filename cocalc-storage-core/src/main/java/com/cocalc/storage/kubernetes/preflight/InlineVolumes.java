package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The files of the installation in volumes that pods name themselves, without a claim, found by the places of both. */
final class InlineVolumes implements SameStorage.Inline {

    private static final JsonMapper SOURCES = new JsonMapper();

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
        Function<List<VolumePlace>, List<VolumePlace>> there = placesOf(volume);
        List<SameStorage.Files> files = new ArrayList<>();
        ours.forEach((claim, here) -> VolumePlaces.partWith(there.apply(here), here)
                .ifPresent(part -> files.add(new SameStorage.Files(
                        part, "files of " + ClaimPreflight.named(claim) + ", which is " + here.get(0)))));
        return files;
    }

    /** The places of a volume as they are compared with given ones. */
    private Function<List<VolumePlace>, List<VolumePlace>> placesOf(Volume volume) {
        if (volume.getEphemeral() != null) {
            PersistentVolumeClaimTemplate template = volume.getEphemeral().getVolumeClaimTemplate();
            PersistentVolumeClaimSpec spec = template == null ? null : template.getSpec();
            String named = spec == null ? null : spec.getVolumeName();
            return here -> named == null ? List.of() : places.of(named, here);
        }
        PersistentVolumeSpec source = persistent(volume);
        return here -> places.of(source, here);
    }

    /** The same source as a volume of the cluster has it: the fields are the same, and secrets have no namespace. */
    static PersistentVolumeSpec persistent(Volume volume) {
        PersistentVolumeSpec spec = SOURCES.convertValue(volume, PersistentVolumeSpec.class);
        CSIPersistentVolumeSource csi = spec.getCsi();
        if (csi != null && csi.getNodePublishSecretRef() != null) {
            csi.setNodeStageSecretRef(csi.getNodePublishSecretRef());
        }
        return spec;
    }
}
