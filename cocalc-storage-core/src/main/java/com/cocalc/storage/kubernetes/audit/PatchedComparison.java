package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Difference.Aspect;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A running pod compared with its next start, where licences carry patches. */
final class PatchedComparison {

    private final PodView before;
    private final PodStorage desired;
    private final NextPod storage;
    private final Pod next;
    private final ContainerView container;
    private final String nextName;

    /**
     * Prepares the next pod.
     *
     * @param running the pod as the cluster has it
     * @param before the same, resolved
     * @param container the one of its containers that sees the storage; not one of them where it has none
     * @param storageAlone a pod with one container and nothing but the desired storage
     * @param desired the same, as objects
     */
    PatchedComparison(Pod running, PodView before, ContainerView container, PodSpec storageAlone, PodStorage desired) {
        this.before = before;
        this.container = container;
        this.desired = desired;
        storage = new NextPod(storageAlone);
        int index = PodComparison.regular(before).indexOf(container);
        if (index >= 0) {
            next = storage.before(running, index);
            nextName = Absent.asEmpty(container.container().getName());
        } else {
            next = new Pod();
            next.setSpec(storageAlone);
            nextName = storageAlone.getContainers().get(0).getName();
        }
    }

    List<Difference> compare(List<PatchOperation> patches) {
        List<Difference> unpatched = compareWith(next);
        Pod patched;
        try {
            patched = new PatchRun(next).run(patches);
        } catch (PatchFailedException e) {
            return withFailure(unpatched, e);
        }
        Set<String> known = keys(unpatched);
        List<Difference> differences = compareWith(patched);
        if (known.containsAll(keys(differences))) {
            return differences;
        }
        List<Set<String>> states = new ArrayList<>(patches.size());
        new PatchRun(next).observe(patches, (count, state) -> {
            Set<String> last = states.isEmpty() ? known : states.get(states.size() - 1);
            states.add(state == null ? last : keys(compareWith(state)));
        });
        return differences.stream()
                .map(one -> known.contains(key(one)) ? one : withCulprit(one, states, patches))
                .toList();
    }

    private List<Difference> compareWith(Pod pod) {
        PodView after = new PodView(storage.storageOf(pod, nextName));
        return new PodComparison(before, after, desired.softwareAccess().orElse(null)).compare(container);
    }

    private static List<Difference> withFailure(List<Difference> differences, PatchFailedException failure) {
        List<Difference> all = new ArrayList<>(differences);
        all.add(new Difference(
                Aspect.PATCH,
                "",
                "this pod",
                "one with the patches of its licences",
                Impact.START_MAY_FAIL,
                List.of(failure.license()),
                String.valueOf(failure.getMessage())));
        return all;
    }

    /** A difference belongs to the operation since which it has been there without a break. */
    private static Difference withCulprit(
            Difference difference, List<Set<String>> states, List<PatchOperation> patches) {
        int culprit = states.size() - 1;
        while (culprit > 0 && states.get(culprit - 1).contains(key(difference))) {
            culprit--;
        }
        PatchOperation operation = patches.get(culprit);
        return new Difference(
                difference.aspect(),
                difference.pointer(),
                difference.running(),
                difference.desired(),
                difference.impact(),
                List.of(operation.license()),
                operation.inWords() + " does it");
    }

    private static Set<String> keys(List<Difference> differences) {
        Set<String> keys = new HashSet<>();
        differences.forEach(difference -> keys.add(key(difference)));
        return keys;
    }

    private static String key(Difference difference) {
        return difference.aspect() + "\n" + difference.pointer() + "\n" + difference.running() + "\n"
                + difference.desired() + "\n" + difference.impact();
    }
}
