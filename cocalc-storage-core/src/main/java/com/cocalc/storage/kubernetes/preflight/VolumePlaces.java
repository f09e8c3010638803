package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files of a cluster's volumes are. A volume is in more than one place if what serves it has a place of its
 * own: a subvolume of CephFS that is exported by NFS, a claim under an NFS server of the cluster, a claim that another
 * one shares.
 */
final class VolumePlaces {

    private static final String SHARED_CLAIM = "trident.netapp.io/shareFromPVC";

    private final ClusterSnapshot snapshot;
    private final ServerNames names;
    private final ServedVolumes served;
    private final Map<String, List<VolumePlace>> ofVolumes = new HashMap<>();
    private final Map<String, List<String>> sharedBy;

    VolumePlaces(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        names = ServerNames.of(snapshot);
        served = new ServedVolumes(snapshot, names);
        sharedBy = sharedVolumes();
    }

    ServerNames names() {
        return names;
    }

    /** The places of a volume of the cluster, the one that its object names first. */
    List<VolumePlace> of(String volume) {
        List<VolumePlace> known = ofVolumes.get(volume);
        if (known == null) {
            List<VolumePlace> places = new ArrayList<>(snapshot.find(PersistentVolume.class, volume)
                    .map(PersistentVolume::getSpec)
                    .map(this::of)
                    .orElse(List.of()));
            ofVolumes.put(volume, places); // also ends a ring of claims that share each other
            sharedBy.getOrDefault(volume, List.of()).forEach(source -> places.addAll(of(source)));
            known = places;
        }
        return known;
    }

    /** Volumes that Trident mounts in place of those of claims that share a claim of another namespace. */
    private Map<String, List<String>> sharedVolumes() {
        List<PersistentVolumeClaim> claims = snapshot.all(PersistentVolumeClaim.class).stream()
                .filter(claim -> claim.getMetadata() != null
                        && claim.getSpec() != null
                        && claim.getSpec().getVolumeName() != null)
                .toList();
        Map<String, List<String>> volumes = new HashMap<>();
        for (PersistentVolumeClaim claim : claims) {
            String shared = Absent.asEmpty(claim.getMetadata().getAnnotations()).get(SHARED_CLAIM);
            if (shared != null) {
                volumes.put(
                        claim.getSpec().getVolumeName(),
                        claims.stream()
                                .filter(one -> shared.equals(
                                        one.getMetadata().getNamespace() + "/" + ClusterSnapshot.nameOf(one)))
                                .map(one -> one.getSpec().getVolumeName())
                                .toList());
            }
        }
        return volumes;
    }

    /** The places of a source. */
    List<VolumePlace> of(PersistentVolumeSpec spec) {
        List<VolumePlace> places = new ArrayList<>();
        VolumePlace.of(spec, names).ifPresent(places::add);
        if (spec.getCsi() != null) {
            CsiPlace.behindExport(spec.getCsi()).ifPresent(places::add);
        }
        List.copyOf(places).forEach(place -> places.addAll(served.under(place)));
        return places;
    }

    /**
     * Whether the files of a claim are there to be served or given out: that of an NFS server whose exports are among
     * the volumes that were asked for, and the one at the top of the export that nfs-subdir-external-provisioner makes
     * volumes in.
     */
    boolean isOfServer(String namespace, String claim, String volume) {
        return served.isOfServer(namespace, claim)
                || snapshot.find(PersistentVolume.class, volume)
                        .filter(there -> Absent.asEmpty(there.getMetadata().getLabels())
                                .containsKey("nfs-subdir-external-provisioner"))
                        .isPresent();
    }

    /** The directory within the first places that has files of the others, as {@link VolumePlace#partWith} has it. */
    static Optional<String> partWith(List<VolumePlace> places, List<VolumePlace> others) {
        return places.stream()
                .flatMap(place -> others.stream().flatMap(other -> place.partWith(other).stream()))
                .findFirst();
    }
}
