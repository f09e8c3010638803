package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.preflight.ServedVolumes.Files;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the files of a cluster's volumes are. A volume is in more than one place if what serves it has a place of its
 * own: a subvolume of CephFS that is exported by NFS, a claim under an NFS server of the cluster, a claim that another
 * one shares.
 */
final class VolumePlaces {

    private static final String SHARED_CLAIM = "trident.netapp.io/shareFromPVC";
    private static final String SUBDIRECTORY_PROVISIONER = "nfs-subdir-external-provisioner";

    private final ClusterSnapshot snapshot;
    private final ServerNames names;
    private final ServedVolumes served;
    private final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
    private final Map<String, List<Files>> ofVolumes = new HashMap<>();

    /** Volumes that Trident mounts in place of others: those of claims that share a claim of another namespace. */
    private final Map<String, String> shared = new HashMap<>();

    VolumePlaces(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        names = ServerNames.of(snapshot);
        for (PersistentVolumeClaim claim : snapshot.all(PersistentVolumeClaim.class)) {
            claims.putIfAbsent(snapshot.namespaceOf(claim) + "/" + ClusterSnapshot.nameOf(claim), claim);
        }
        served = new ServedVolumes(snapshot, names, claims);
        claims.values().forEach(this::addShared);
    }

    private void addShared(PersistentVolumeClaim claim) {
        ObjectMeta meta = Absent.asEmpty(claim.getMetadata(), ObjectMeta::new);
        PersistentVolumeClaim source =
                claims.get(Absent.asEmpty(Absent.asEmpty(meta.getAnnotations()).get(SHARED_CLAIM)));
        String volume = source == null ? null : ClusterSnapshot.volumeNameOf(source);
        String own = ClusterSnapshot.volumeNameOf(claim);
        if (own != null && volume != null) {
            shared.put(own, volume);
        }
    }

    ServerNames names() {
        return names;
    }

    /** The places of a volume of the cluster, the one that its object names first. */
    List<VolumePlace> of(String volume) {
        return places(filesOf(volume));
    }

    /**
     * The places of a volume that is compared with others. What lies under a server on which both are is left out: on
     * one server the exported directories decide.
     */
    List<VolumePlace> of(String volume, List<VolumePlace> others) {
        return places(filesOf(volume, serversOf(others)));
    }

    /** The same of a source. */
    List<VolumePlace> of(PersistentVolumeSpec spec, List<VolumePlace> others) {
        return places(filesOf(spec, serversOf(others)));
    }

    private static List<VolumePlace> places(List<Files> files) {
        return files.stream().map(Files::place).toList();
    }

    private static Set<ServerName> serversOf(List<VolumePlace> places) {
        return places.stream()
                .flatMap(place -> Stream.ofNullable(place.server()))
                .collect(Collectors.toSet());
    }

    /** The places of a volume but for those that are in a claim of its own server, which is there to be served. */
    List<VolumePlace> besideClaim(String volume, String namespace, String claim) {
        return filesOf(volume).stream()
                .filter(files -> !files.claim().equals(namespace + "/" + claim))
                .map(Files::place)
                .toList();
    }

    private List<Files> filesOf(String volume) {
        return ofVolumes.computeIfAbsent(volume, name -> filesOf(name, Set.of()));
    }

    private List<Files> filesOf(String volume, Set<ServerName> unfollowed) {
        // Trident lets nobody share the volume of a claim that shares another.
        return Stream.concat(Stream.of(volume), Stream.ofNullable(shared.get(volume)))
                .flatMap(one -> snapshot.find(PersistentVolume.class, one).stream())
                .map(PersistentVolume::getSpec)
                .filter(Objects::nonNull)
                .flatMap(spec -> filesOf(spec, unfollowed).stream())
                .toList();
    }

    private List<Files> filesOf(PersistentVolumeSpec spec, Set<ServerName> unfollowed) {
        List<VolumePlace> places = new ArrayList<>();
        VolumePlace.of(spec, names).ifPresent(places::add);
        if (spec.getCsi() != null) {
            CsiPlace.behindExport(spec.getCsi()).ifPresent(places::add);
        }
        List<Files> files = new ArrayList<>();
        places.forEach(place -> files.add(new Files(place, "")));
        places.stream()
                .filter(place -> place.server() != null && !unfollowed.contains(place.server()))
                .forEach(place -> files.addAll(served.under(place)));
        return files;
    }

    /** Whether a volume is the one at the top of the export in which nfs-subdir-external-provisioner makes volumes. */
    boolean isOfProvisioner(String volume) {
        return snapshot.find(PersistentVolume.class, volume)
                .filter(there -> Absent.asEmpty(there.getMetadata().getLabels()).containsKey(SUBDIRECTORY_PROVISIONER))
                .isPresent();
    }

    /** The directory within the first places that has files of the others, as {@link VolumePlace#partWith} has it. */
    static Optional<String> partWith(List<VolumePlace> places, List<VolumePlace> others) {
        return places.stream()
                .flatMap(place -> others.stream().flatMap(other -> place.partWith(other).stream()))
                .findFirst();
    }
}
