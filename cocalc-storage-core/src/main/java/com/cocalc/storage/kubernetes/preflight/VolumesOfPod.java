package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod's volumes on claims and where they are mounted, whatever is missing in the pod. */
final class VolumesOfPod {

    private final List<Volume> volumes = new ArrayList<>();
    private final Set<String> settings = new HashSet<>();
    /** The claims of ephemeral volumes. */
    private final Set<String> made = new HashSet<>();

    private final List<Container> containers = new ArrayList<>();
    private final PodSecurityContext security;
    /** The containers that did what they are for. */
    private final Set<String> endedWell = new HashSet<>();

    VolumesOfPod(Pod pod) {
        PodSpec spec = Absent.asEmpty(pod.getSpec(), PodSpec::new);
        security = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        for (Volume volume : Absent.asEmpty(spec.getVolumes())) {
            if (volume == null || volume.getName() == null) {
                continue;
            }
            if (volume.getPersistentVolumeClaim() != null) {
                volumes.add(volume);
            } else if (volume.getEphemeral() != null) {
                String podName =
                        Absent.asEmpty(pod.getMetadata(), ObjectMeta::new).getName();
                made.add(Absent.asEmpty(podName) + "-" + volume.getName());
            } else if (holdsSettings(volume)) {
                settings.add(volume.getName());
            }
        }
        addContainers(spec.getContainers());
        addContainers(spec.getInitContainers());
        PodStatus status = Absent.asEmpty(pod.getStatus(), PodStatus::new);
        Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(statuses -> Absent.asEmpty(statuses).stream())
                .filter(container -> container != null && hasEndedWell(container.getState()))
                .forEach(container -> endedWell.add(Absent.asEmpty(container.getName())));
    }

    private static boolean hasEndedWell(@Nullable ContainerState state) {
        return state != null
                && state.getTerminated() != null
                && Integer.valueOf(0).equals(state.getTerminated().getExitCode());
    }

    private void addContainers(@Nullable List<Container> list) {
        for (Container container : Absent.asEmpty(list)) {
            if (container != null) {
                containers.add(container);
            }
        }
    }

    private static boolean holdsSettings(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getProjected() != null
                || volume.getDownwardAPI() != null
                || (volume.getCsi() != null
                        && Absent.asEmpty(volume.getCsi().getDriver()).startsWith("secrets-store."));
    }

    /** Whether a volume of the pod holds what the cluster knows, and no files of a storage. */
    boolean isOfSettings(String volumeName) {
        return settings.contains(volumeName);
    }

    /** Whether the pod needs a claim: it names it, or has it made. */
    boolean needs(String claim) {
        return made.contains(claim) || claims().containsKey(claim);
    }

    /** The claims, each with the names of the volumes on it. */
    Map<String, List<String>> claims() {
        Map<String, List<String>> claims = new LinkedHashMap<>();
        for (Volume volume : volumes) {
            claims.computeIfAbsent(claimOf(volume), claim -> new ArrayList<>()).add(volume.getName());
        }
        return claims;
    }

    boolean isSourceReadOnly(String volumeName) {
        return find(volumeName)
                .map(Volume::getPersistentVolumeClaim)
                .map(PersistentVolumeClaimVolumeSource::getReadOnly)
                .orElse(false);
    }

    private Optional<Volume> find(String name) {
        return volumes.stream().filter(volume -> name.equals(volume.getName())).findFirst();
    }

    private static String claimOf(Volume volume) {
        return Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
    }

    /**
     * The mount on a claim that a path lies in. A mount of something else below it hides it.
     *
     * @param path the path
     * @param speaker the name of the container that has the path; any may have it where the pod has none of this name
     */
    Optional<Place> placeOf(String path, String speaker) {
        Optional<Place> best = Optional.empty();
        int depth = -1;
        for (Container container : speakers(speaker)) {
            for (VolumeMount mount : Absent.asEmpty(container.getVolumeMounts())) {
                if (mount == null || mount.getMountPath() == null || mount.getName() == null) {
                    continue;
                }
                String at = cleaned(mount.getMountPath());
                boolean deeper = at.length() > depth || (at.length() == depth && best.isEmpty());
                if (isIn(path, at) && deeper) {
                    best = find(mount.getName()).map(volume -> place(container, mount, at));
                    depth = at.length();
                }
            }
        }
        return best;
    }

    private List<Container> speakers(String name) {
        List<Container> named = containers.stream()
                .filter(container -> name.equals(container.getName()))
                .toList();
        return named.isEmpty() ? containers : named;
    }

    /**
     * Whether root may have said what is said of a path: a container that may run as root mounts it, and has not ended
     * well. An image without a user has root.
     *
     * @param path the path
     * @param speaker the name of the container that said it; any may have said it where the pod has none of this name
     */
    boolean mayBeSaidByRoot(String path, String speaker) {
        return speakers(speaker).stream()
                .filter(container -> !endedWell.contains(Absent.asEmpty(container.getName())))
                .filter(this::mayBeRoot)
                .flatMap(container -> Absent.asEmpty(container.getVolumeMounts()).stream())
                .anyMatch(mount -> mount != null && mount.getMountPath() != null && isIn(path, mount.getMountPath()));
    }

    private boolean mayBeRoot(Container container) {
        SecurityContext own = Absent.asEmpty(container.getSecurityContext(), SecurityContext::new);
        Long user = own.getRunAsUser() == null ? security.getRunAsUser() : own.getRunAsUser();
        Boolean nonRoot = own.getRunAsNonRoot() == null ? security.getRunAsNonRoot() : own.getRunAsNonRoot();
        return user == null ? !Boolean.TRUE.equals(nonRoot) : user == 0;
    }

    private static boolean isIn(String path, String mountPath) {
        String at = cleaned(mountPath);
        String inside = cleaned(path);
        return inside.equals(at) || inside.startsWith(at + "/");
    }

    private Place place(Container container, VolumeMount mount, String at) {
        boolean readOnly =
                Boolean.TRUE.equals(mount.getReadOnly()) || isSourceReadOnly(Absent.asEmpty(mount.getName()));
        return new Place(at, readOnly, isSoftware(container, mount, at));
    }

    /** The software is what {@code EXT} says; where nothing says so, the whole of a claim. */
    private static boolean isSoftware(Container container, VolumeMount mount, String at) {
        for (EnvVar variable : Absent.asEmpty(container.getEnv())) {
            if (variable != null && "EXT".equals(variable.getName()) && variable.getValue() != null) {
                return at.equals(cleaned(variable.getValue()));
            }
        }
        return Absent.isEmpty(mount.getSubPath()) && Absent.isEmpty(mount.getSubPathExpr());
    }

    /** A path in its shortest spelling; the root is empty. */
    static String cleaned(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return names.stream().map(name -> "/" + name).collect(Collectors.joining());
    }

    /**
     * A mount of a claim.
     *
     * @param mountPath where
     * @param readOnly whether mount or source say so
     * @param software whether it holds the software of everybody and not a home
     */
    record Place(String mountPath, boolean readOnly, boolean software) {}
}
