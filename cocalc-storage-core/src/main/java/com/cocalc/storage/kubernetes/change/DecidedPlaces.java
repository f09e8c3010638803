package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which places of a pod that was made out of a running one are the same in the pod of the next start: those that its
 * storage decides. Everything else may have come into the running pod by an earlier patch, or by the cluster.
 */
final class DecidedPlaces {

    private static final Set<String> IDENTITY = Set.of("runAsUser", "runAsGroup", "fsGroup", "fsGroupChangePolicy");

    private final PodSpec next;
    private final PodSpec storage;

    /**
     * Prepares.
     *
     * @param next the running pod with the storage in it
     * @param storage a pod with one container and nothing but the storage
     */
    DecidedPlaces(Pod next, PodSpec storage) {
        this.next = Absent.asEmpty(next.getSpec(), PodSpec::new);
        this.storage = storage;
    }

    /** Whether what is there is known. */
    boolean contain(String pointer) {
        String[] names = pointer.split("/", -1);
        if (names.length < 4 || !names[0].isEmpty() || !names[1].equals("spec")) {
            return false;
        }
        return switch (names[2]) {
            case "securityContext" -> storage.getSecurityContext() != null && IDENTITY.contains(names[3]);
            case "volumes" -> isOurs(names[3], next.getVolumes(), storage.getVolumes());
            case "containers" -> names.length >= 6 && names[3].equals("0") && isInContainer(names[4], names[5]);
            default -> false;
        };
    }

    private boolean isInContainer(String list, String index) {
        Container ours = storage.getContainers().get(0);
        List<Container> containers = Absent.asEmpty(next.getContainers());
        Container first = containers.isEmpty() ? null : containers.get(0);
        if (first == null) {
            return false;
        }
        return switch (list) {
            case "volumeMounts" -> isOurs(index, first.getVolumeMounts(), ours.getVolumeMounts());
            case "env" -> isOurs(index, first.getEnv(), ours.getEnv());
            default -> false;
        };
    }

    /** An index means the same element only where nothing of somebody else's stands before it. */
    private static <T> boolean isOurs(String text, List<T> list, List<T> ours) {
        List<T> given = Absent.asEmpty(list);
        Set<T> known = new HashSet<>(Absent.asEmpty(ours));
        for (int i = 0; i < given.size() && known.contains(given.get(i)); i++) {
            if (text.equals(Integer.toString(i))) {
                return true;
            }
        }
        return false;
    }
}
