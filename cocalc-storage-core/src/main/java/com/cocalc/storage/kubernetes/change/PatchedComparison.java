package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A running pod compared with its next start, where licences carry patches. */
final class PatchedComparison {

    private final PodView before;
    private final ContainerView container;
    private final PodSpec storageAlone;
    private final PodStorage desired;
    private final NextPod storage;

    /**
     * Prepares.
     *
     * @param before the running pod, resolved
     * @param container the one of its containers that sees the storage; not one of them where it has none
     * @param storageAlone a pod with one container and nothing but the desired storage
     * @param desired the same, as objects
     */
    PatchedComparison(PodView before, ContainerView container, PodSpec storageAlone, PodStorage desired) {
        this.before = before;
        this.container = container;
        this.storageAlone = storageAlone;
        this.desired = desired;
        storage = new NextPod(storageAlone);
    }

    /**
     * Compares with the next pod itself.
     *
     * @param next the next pod with its storage, before its patches
     */
    List<Difference> compareWithNext(Pod next, String containerName, List<PatchOperation> patches) {
        return compare(next, containerName, patches, test -> false, Impact.START_FAILS);
    }

    /**
     * Compares with what can be known of the next pod.
     *
     * @param running the pod as the cluster has it
     */
    List<Difference> compareWithRunning(Pod running, List<PatchOperation> patches) {
        int index = PodComparison.regular(before).indexOf(container);
        Pod next = new Pod();
        next.setSpec(storageAlone);
        String name = storageAlone.getContainers().get(0).getName();
        if (index >= 0) {
            next = storage.before(running, index);
            name = Absent.asEmpty(container.container().getName());
        }
        DecidedPlaces decided = new DecidedPlaces(next, storageAlone);
        Predicate<PatchOperation> doubted = test -> !decided.contain(test.path()) && !isWritten(test, patches);
        return compare(next, name, patches, doubted, Impact.START_MAY_FAIL);
    }

    /** Whether a patch looks at what it, or one before it, has put there. */
    private static boolean isWritten(PatchOperation test, List<PatchOperation> patches) {
        return patches.subList(0, patches.indexOf(test)).stream()
                .filter(operation -> !operation.op().equals("test"))
                .map(PatchOperation::path)
                .anyMatch(path -> test.path().equals(path) || test.path().startsWith(path + "/"));
    }

    private List<Difference> compare(
            Pod next,
            String name,
            List<PatchOperation> patches,
            Predicate<PatchOperation> doubted,
            Impact whenOneFails) {
        List<Difference> unpatched = compareWith(next, name);
        if (patches.isEmpty()) {
            return unpatched;
        }
        PatchRun run = new PatchRun(next, doubted);
        Pod patched;
        try {
            patched = run.run(patches);
        } catch (PatchFailedException e) {
            return told(unpatched, Stream.of(failed(e, whenOneFails)), run);
        }
        List<Difference> differences = compareWith(patched, name);
        return told(withCulprits(differences, keys(unpatched), next, name, patches, doubted), Stream.empty(), run);
    }

    /** A difference that is not there without the patches belongs to an operation. */
    private List<Difference> withCulprits(
            List<Difference> differences,
            Map<String, Integer> unpatched,
            Pod next,
            String name,
            List<PatchOperation> patches,
            Predicate<PatchOperation> doubted) {
        List<PatchRun.Wanted> wanted = differences.stream()
                .map(PatchedComparison::key)
                .filter(key -> !unpatched.containsKey(key))
                .map(key -> new PatchRun.Wanted(key, 1))
                .toList();
        Iterator<PatchOperation> culprits = new PatchRun(next, doubted)
                .culprits(patches, wanted, state -> keys(compareWith(state, name)))
                .iterator();
        return differences.stream()
                .map(one -> unpatched.containsKey(key(one)) ? one : withCulprit(one, culprits.next()))
                .toList();
    }

    private static List<Difference> told(List<Difference> differences, Stream<Difference> failure, PatchRun run) {
        Stream<Difference> uncertain = run.takenToHold().stream().map(PatchedComparison::uncertain);
        return Stream.of(differences.stream(), failure, uncertain)
                .flatMap(part -> part)
                .toList();
    }

    private List<Difference> compareWith(Pod pod, String name) {
        PodView after = new PodView(storage.storageOf(pod, name), Absent.asEmpty(pod.getMetadata(), ObjectMeta::new));
        return new PodComparison(before, after, desired.softwareAccess().orElse(null)).compare(container);
    }

    private static Difference failed(PatchFailedException failure, Impact impact) {
        return ofPatches(impact, failure.operation(), String.valueOf(failure.getMessage()));
    }

    private static Difference uncertain(PatchOperation test) {
        return ofPatches(
                Impact.START_UNCERTAIN,
                test,
                test.inWords() + " does not hold for the running pod, which was patched before and completed by the"
                        + " cluster; compare with the pod that the next start builds to be sure");
    }

    private static Difference ofPatches(Impact impact, PatchOperation operation, String because) {
        return new Difference(
                Aspect.PATCH,
                "",
                "this pod",
                "one with the patches of its licences",
                impact,
                List.of(operation.license()),
                because);
    }

    private static Difference withCulprit(Difference difference, PatchOperation operation) {
        return new Difference(
                difference.aspect(),
                difference.pointer(),
                difference.running(),
                difference.desired(),
                difference.impact(),
                List.of(operation.license()),
                operation.inWords() + " does it");
    }

    private static Map<String, Integer> keys(List<Difference> differences) {
        Map<String, Integer> keys = new HashMap<>();
        differences.forEach(difference -> keys.put(key(difference), 1));
        return keys;
    }

    private static String key(Difference difference) {
        return difference.aspect() + "\n" + difference.pointer() + "\n" + difference.running() + "\n"
                + difference.desired() + "\n" + difference.impact();
    }
}
