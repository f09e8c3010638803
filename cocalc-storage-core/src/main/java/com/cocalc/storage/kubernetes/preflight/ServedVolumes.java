package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies under the directories that pods of the cluster export by NFS: a claim, or a directory of the nodes. */
final class ServedVolumes {

    /** The directory that the images of nfs-server-alpine export as their root. */
    private static final String SHARED_DIRECTORY = "SHARED_DIRECTORY";

    private final ClusterSnapshot snapshot;
    private final ServerNames names;
    private final Map<ServerName, Service> services = new HashMap<>();
    private final Set<List<String>> claims = new HashSet<>();

    ServedVolumes(ClusterSnapshot snapshot, ServerNames names) {
        this.snapshot = snapshot;
        this.names = names;
        for (Service service : snapshot.all(Service.class)) {
            if (service.getMetadata() != null && service.getMetadata().getNamespace() != null) {
                services.put(
                        ServerName.of(ClusterSnapshot.nameOf(service) + "."
                                + service.getMetadata().getNamespace() + ".svc"),
                        service);
            }
        }
    }

    /** The places that an exported directory is in the volumes of the server's own pods; empty for other servers. */
    List<VolumePlace> under(VolumePlace exported) {
        Service service = exported.server() == null ? null : services.get(exported.server());
        List<VolumePlace> places = new ArrayList<>();
        if (service != null) {
            for (Pod pod : snapshot.all(Pod.class)) {
                if (isBehind(service, pod)) {
                    for (Container container : Absent.asEmpty(pod.getSpec().getContainers())) {
                        if (container != null) {
                            under(exported.path(), pod, container).ifPresent(places::add);
                        }
                    }
                }
            }
        }
        return places;
    }

    private static boolean isBehind(Service service, Pod pod) {
        Map<String, String> selector = service.getSpec() == null
                ? Map.of()
                : Absent.asEmpty(service.getSpec().getSelector());
        return !selector.isEmpty()
                && pod.getMetadata() != null
                && pod.getSpec() != null
                && service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && Absent.asEmpty(pod.getMetadata().getLabels()).entrySet().containsAll(selector.entrySet());
    }

    /** Whether a claim is what a server of {@link #under} keeps its files in. */
    boolean isOfServer(String namespace, String claim) {
        return claims.contains(List.of(namespace, claim));
    }

    private Optional<VolumePlace> under(String exported, Pod pod, Container container) {
        Optional<VolumePlace> there = inMount(exported, pod, container);
        return there.isPresent()
                ? there
                : Absent.asEmpty(container.getEnv()).stream()
                        .filter(variable -> variable != null && SHARED_DIRECTORY.equals(variable.getName()))
                        .map(EnvVar::getValue)
                        .findFirst()
                        .flatMap(shared ->
                                inMount(CleanedPath.absolute(Absent.asEmpty(shared) + "/" + exported), pod, container));
    }

    private Optional<VolumePlace> inMount(String path, Pod pod, Container container) {
        return Absent.asEmpty(container.getVolumeMounts()).stream()
                .filter(mount -> mount != null && mount.getSubPathExpr() == null)
                .filter(mount -> CleanedPath.isAtOrBelow(path, mountPath(mount)))
                .max(Comparator.comparing(mount -> mountPath(mount).length()))
                .flatMap(mount -> placeOf(mount, pod)
                        .map(place -> place.below(Absent.asEmpty(mount.getSubPath()))
                                .below(path.substring(mountPath(mount).length()))));
    }

    private static String mountPath(VolumeMount mount) {
        String path = CleanedPath.absolute(Absent.asEmpty(mount.getMountPath()));
        return path.equals("/") ? "" : path;
    }

    private Optional<VolumePlace> placeOf(VolumeMount mount, Pod pod) {
        return Absent.asEmpty(pod.getSpec().getVolumes()).stream()
                .filter(volume -> volume != null
                        && mount.getName() != null
                        && mount.getName().equals(volume.getName()))
                .findFirst()
                .flatMap(volume -> placeOf(volume, pod.getMetadata().getNamespace()));
    }

    private Optional<VolumePlace> placeOf(Volume volume, String namespace) {
        if (volume.getPersistentVolumeClaim() == null) {
            return VolumePlace.of(InlineVolumes.persistent(volume), names);
        }
        String claim = Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
        claims.add(List.of(namespace, claim));
        return snapshot.all(PersistentVolumeClaim.class).stream()
                .filter(one -> claim.equals(ClusterSnapshot.nameOf(one))
                        && namespace.equals(one.getMetadata().getNamespace()))
                .findFirst()
                .flatMap(snapshot::volumeOf)
                .map(PersistentVolume::getSpec)
                .flatMap(spec -> VolumePlace.of(spec, names));
    }
}
