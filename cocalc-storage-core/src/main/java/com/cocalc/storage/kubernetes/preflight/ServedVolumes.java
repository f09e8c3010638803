package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What lies under the directories that pods of the cluster export by NFS: a claim, or a directory of the nodes. */
final class ServedVolumes {

    /** The directory that the images of nfs-server-alpine export as their root. */
    private static final String SHARED_DIRECTORY = "SHARED_DIRECTORY";

    private final Map<String, PersistentVolumeClaim> claims;
    private final ClusterSnapshot snapshot;
    private final ServerNames names;
    private final Map<ServerName, Service> services = new HashMap<>();
    private final Map<String, List<Pod>> pods;
    private final Map<ServerName, List<Exporter>> exporters = new HashMap<>();

    /**
     * Prepares.
     *
     * @param claims the claims of the cluster by {@code namespace/name}
     */
    ServedVolumes(ClusterSnapshot snapshot, ServerNames names, Map<String, PersistentVolumeClaim> claims) {
        this.claims = claims;
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
        pods = snapshot.all(Pod.class).stream()
                .filter(pod -> pod.getSpec() != null)
                .collect(Collectors.groupingBy(snapshot::namespaceOf));
    }

    /** The files under an exported directory, in volumes of the server's own pods; none for other servers. */
    List<Files> under(VolumePlace exported) {
        ServerName server = exported.server();
        Service service = server == null ? null : services.get(server);
        return service == null
                ? List.of()
                : exporters.computeIfAbsent(server, name -> behind(service)).stream()
                        .flatMap(exporter -> exporter.under(exported.path()).stream())
                        .distinct()
                        .toList();
    }

    private List<Exporter> behind(Service service) {
        Map<String, String> selector = service.getSpec() == null
                ? Map.of()
                : Absent.asEmpty(service.getSpec().getSelector());
        return selector.isEmpty()
                ? List.of()
                : pods.getOrDefault(service.getMetadata().getNamespace(), List.of()).stream()
                        .filter(pod -> labels(pod).entrySet().containsAll(selector.entrySet()))
                        .flatMap(pod -> Absent.asEmpty(pod.getSpec().getContainers()).stream()
                                .filter(Objects::nonNull)
                                .map(container -> exporter(pod, container)))
                        .distinct() // replicas
                        .toList();
    }

    private static Map<String, String> labels(Pod pod) {
        return pod.getMetadata() == null
                ? Map.of()
                : Absent.asEmpty(pod.getMetadata().getLabels());
    }

    private Exporter exporter(Pod pod, Container container) {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : Absent.asEmpty(container.getVolumeMounts())) {
            if (mount != null && mount.getSubPathExpr() == null) {
                String path = CleanedPath.absolute(Absent.asEmpty(mount.getMountPath()));
                mounts.add(new Mount(path.equals("/") ? "" : path, files(mount, pod)));
            }
        }
        String root = Absent.asEmpty(container.getEnv()).stream()
                .filter(variable -> variable != null && SHARED_DIRECTORY.equals(variable.getName()))
                .map(variable -> Absent.asEmpty(variable.getValue()))
                .findFirst()
                .orElse("");
        return new Exporter(mounts, root);
    }

    private @Nullable Files files(VolumeMount mount, Pod pod) {
        return Absent.asEmpty(pod.getSpec().getVolumes()).stream()
                .filter(volume -> volume != null
                        && mount.getName() != null
                        && mount.getName().equals(volume.getName()))
                .findFirst()
                .flatMap(volume -> files(volume, snapshot.namespaceOf(pod)))
                .map(files -> files.below(Absent.asEmpty(mount.getSubPath())))
                .orElse(null);
    }

    private Optional<Files> files(Volume volume, String namespace) {
        if (volume.getPersistentVolumeClaim() == null) {
            return VolumePlace.of(InlineVolumes.persistent(volume), names).map(place -> new Files(place, ""));
        }
        String claim = namespace + "/"
                + Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
        return Optional.ofNullable(claims.get(claim))
                .flatMap(snapshot::volumeOf)
                .map(PersistentVolume::getSpec)
                .flatMap(spec -> VolumePlace.of(spec, names))
                .map(place -> new Files(place, claim));
    }

    /**
     * Files that a server has.
     *
     * @param place where they are
     * @param claim the claim that they are in, as {@code namespace/name}; empty for a volume without one
     */
    record Files(VolumePlace place, String claim) {

        private Files below(String directory) {
            return new Files(place.below(directory), claim);
        }
    }

    /**
     * A mount of a server.
     *
     * @param path where it is, empty for the root
     * @param files what is there, null if its volume does not say it
     */
    private record Mount(String path, @Nullable Files files) {}

    /**
     * A container that may export what it mounts.
     *
     * @param mounts its mounts
     * @param root the directory that it exports as its root; empty if its paths are those of the exports
     */
    private record Exporter(List<Mount> mounts, String root) {

        private Optional<Files> under(String exported) {
            Optional<Files> there = inMount(exported);
            return there.isPresent() || root.isEmpty() ? there : inMount(CleanedPath.absolute(root + "/" + exported));
        }

        private Optional<Files> inMount(String path) {
            @Nullable Mount holder = null;
            for (Mount mount : mounts) {
                boolean isDeeper = holder == null || mount.path.length() > holder.path.length();
                if (isDeeper && CleanedPath.isAtOrBelow(path, mount.path)) {
                    holder = mount;
                }
            }
            return holder == null || holder.files == null
                    ? Optional.empty()
                    : Optional.of(holder.files.below(path.substring(holder.path.length())));
        }
    }
}
