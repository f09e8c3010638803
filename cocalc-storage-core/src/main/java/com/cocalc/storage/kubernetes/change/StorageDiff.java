package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the storage of a running pod and that of its next start. A running pod itself is never
 * changed.
 *
 * <p>Only the storage is compared: volumes on its claims, mounts and devices, access, variables, identity with the
 * groups and the confinement that the storage asks for, the repair of the home, and what the other containers of any
 * kind see of the claims, and as whom. Two spellings of the same value (an absent flag and {@code false}, {@code /ext}
 * and {@code /ext/}) are not a difference.
 *
 * <p>The patches that a project's licences carry are applied to a pod after its storage: what they change about the
 * storage is a difference like any other, and names the licence and the operation. A caller that has the pod that the
 * next start builds gives it, and the answer is exact. Without it the patches are applied to the running pod with the
 * desired storage in it. That pod has been patched before, and the cluster has filled in what was missing; so a
 * {@code test} in a patch may fail on it and hold at the next start. It is then taken to hold, and reported as
 * {@link Impact#START_UNCERTAIN}, except where the storage or the patch itself decides what is there.
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());
 * Pod running = PodStorage.of(volumes)
 *         .applyTo(
 *                 new PodBuilder()
 *                         .withNewSpec().addNewContainer().withName("project").endContainer().endSpec()
 *                         .build(),
 *                 "project");
 * StorageDiff diff = StorageDiff.between(running, "project", PodStorage.of(volumes));
 * boolean restartChangesNothing = diff.isEmpty();
 * }</pre>
 */
public final class StorageDiff {

    private final List<Difference> differences;

    private StorageDiff(List<Difference> differences) {
        this.differences = List.copyOf(differences);
    }

    /**
     * Compares a running pod with its next start, and finds the container that sees the storage: the one that mounts
     * most of it, the first if there are several.
     *
     * @param running the pod as the cluster has it
     * @param desired the storage that the next start gives
     * @return the differences
     */
    public static StorageDiff between(Pod running, PodStorage desired) {
        return compare(running, null, desired);
    }

    /**
     * Compares a running pod with its next start.
     *
     * @param running the pod as the cluster has it
     * @param containerName the container that sees the storage
     * @param desired the storage that the next start gives
     * @return the differences
     * @throws IllegalArgumentException if the pod has no such container
     */
    public static StorageDiff between(Pod running, String containerName, PodStorage desired) {
        return compare(running, requireNonNull(containerName, "containerName"), desired);
    }

    /**
     * Compares a running pod with the one that the next start builds. The patches of licences are applied to the
     * latter, so the answer is exact.
     *
     * @param running the pod as the cluster has it
     * @param next the pod that the next start builds, before its storage and the patches of its licences; it may have
     *     the storage already
     * @param containerName the container that sees the storage, in both
     * @param desired the storage that the next start gives
     * @return the differences
     * @throws IllegalArgumentException if one of the pods has no such container
     * @throws com.cocalc.storage.kubernetes.StorageConflictException if {@code next} has something else where the
     *     storage belongs
     */
    public static StorageDiff between(Pod running, Pod next, String containerName, PodStorage desired) {
        requireNonNull(running, "running");
        Pod unpatched = requireNonNull(desired, "desired")
                .applyTo(requireNonNull(next, "next"), requireNonNull(containerName, "containerName"));
        PodView before = view(running);
        PodSpec storage = alone(desired);
        ContainerView seeing = new PodComparison(before, new PodView(storage), null).containerOf(containerName);
        return new StorageDiff(new PatchedComparison(before, seeing, storage, desired)
                .compareWithNext(unpatched, containerName, patches(desired)));
    }

    private static StorageDiff compare(Pod running, @Nullable String containerName, PodStorage desired) {
        requireNonNull(running, "running");
        requireNonNull(desired, "desired");
        PodSpec storage = alone(desired);
        PodView before = view(running);
        ContainerView seeing = new PodComparison(before, new PodView(storage), null).containerOf(containerName);
        return new StorageDiff(
                new PatchedComparison(before, seeing, storage, desired).compareWithRunning(running, patches(desired)));
    }

    private static PodView view(Pod running) {
        return new PodView(
                Absent.asEmpty(running.getSpec(), PodSpec::new),
                Absent.asEmpty(running.getMetadata(), ObjectMeta::new));
    }

    /** A pod with one container and nothing but the storage. */
    private static PodSpec alone(PodStorage desired) {
        Container container = new Container();
        container.setName("it");
        container.setImage("it"); // which image repairs a home is not compared
        PodSpec spec = new PodSpec();
        spec.setContainers(List.of(container));
        Pod next = new Pod();
        next.setSpec(spec);
        return desired.applyTo(next, "it").getSpec();
    }

    private static List<PatchOperation> patches(PodStorage desired) {
        return desired.licenses()
                .map(PodPatches::of)
                .map(PodPatches::operations)
                .orElse(List.of());
    }

    /**
     * Returns the differences.
     *
     * @return the differences: volumes first, then mounts, variables, identity and init containers; empty if the next
     *     start changes nothing
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
