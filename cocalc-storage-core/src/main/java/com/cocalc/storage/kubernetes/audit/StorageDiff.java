package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the next start of a running pod would change about its storage. A running pod itself is never changed.
 *
 * <p>Only the storage is compared: volumes on its claims, mounts, access, variables, identity and the repair of the
 * home. Two ways to say the same (an absent flag and {@code false}, {@code /ext} and {@code /ext/}) are no difference.
 *
 * <p>The patches that a project's licences carry are applied to a pod after its storage. Here they are applied to the
 * running pod with the desired storage in it, which is as near as one gets to the pod that the next start submits: what
 * they change about the storage is a difference like any other, and names the licence and the operation.
 */
public final class StorageDiff {

    private final List<Difference> differences;

    private StorageDiff(List<Difference> differences) {
        this.differences = List.copyOf(differences);
    }

    /**
     * Compares, and looks by itself which container sees the storage: the one that mounts most of it, the first of
     * several.
     *
     * @param running the pod as the cluster has it
     * @param desired what its next start gives it
     * @return the differences
     */
    public static StorageDiff between(Pod running, PodStorage desired) {
        return compare(running, null, desired);
    }

    /**
     * Compares.
     *
     * @param running the pod as the cluster has it
     * @param containerName the container that sees the storage
     * @param desired what its next start gives it
     * @return the differences
     * @throws IllegalArgumentException if the pod has no such container
     */
    public static StorageDiff between(Pod running, String containerName, PodStorage desired) {
        return compare(running, requireNonNull(containerName, "containerName"), desired);
    }

    private static StorageDiff compare(Pod running, @Nullable String containerName, PodStorage desired) {
        requireNonNull(running, "running");
        requireNonNull(desired, "desired");
        Container container = new Container();
        container.setName("it");
        container.setImage("it"); // which image repairs a home is not compared
        PodSpec spec = new PodSpec();
        spec.setContainers(List.of(container));
        Pod next = new Pod();
        next.setSpec(spec);
        PodSpec storage = desired.applyTo(next, "it").getSpec();
        PodView before = new PodView(Absent.asEmpty(running.getSpec(), PodSpec::new));
        PodComparison comparison = new PodComparison(
                before, new PodView(storage), desired.softwareAccess().orElse(null));
        ContainerView seeing = comparison.containerOf(containerName);
        List<PatchOperation> patches = desired.licenses()
                .map(PodPatches::of)
                .map(PodPatches::operations)
                .orElse(List.of());
        return new StorageDiff(
                patches.isEmpty()
                        ? comparison.compare(seeing)
                        : new PatchedComparison(running, before, seeing, storage, desired).compare(patches));
    }

    /**
     * Returns the differences.
     *
     * @return volumes first, then mounts, variables, identity and init containers; none where the next start changes
     *     nothing
     */
    public List<Difference> differences() {
        return differences;
    }

    /**
     * Returns whether the next start changes nothing at all.
     *
     * @return whether there is no difference
     */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageDiff that && differences.equals(that.differences);
    }

    @Override
    public int hashCode() {
        return differences.hashCode();
    }

    /** Returns one line for each difference. */
    @Override
    public String toString() {
        return differences.isEmpty()
                ? "the next start changes nothing about the storage"
                : differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}
