package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why the storage of a pod does not work, out of what the cluster says about it.
 *
 * <p>It reads texts of the kubelet, the scheduler, {@code mount.nfs}, the container runtime and the usual Unix
 * programs. A text that it does not know becomes {@link Cause.Unknown}, never a guess.
 */
public final class Diagnosis {

    private final List<Cause> causes;

    private Diagnosis(List<Cause> causes) {
        this.causes = List.copyOf(causes);
    }

    /**
     * Looks at a pod's status and events.
     *
     * @param pod the pod as the cluster has it
     * @param events events of its namespace; those of other objects than the pod and its claims are passed over
     * @return the causes
     */
    public static Diagnosis of(Pod pod, List<Event> events) {
        return of(pod, events, List.of());
    }

    /**
     * Looks at a pod's status and events, and at what its containers wrote.
     *
     * @param pod the pod as the cluster has it
     * @param events events of its namespace; those of other objects than the pod and its claims are passed over
     * @param logLines lines of the logs of its containers, init containers too; most of them may say nothing
     * @return the causes
     */
    public static Diagnosis of(Pod pod, List<Event> events, List<String> logLines) {
        requireNonNull(pod, "pod");
        requireNonNull(events, "events");
        requireNonNull(logLines, "logLines");
        return new Diagnosis(new Symptoms(pod).read(events, logLines));
    }

    /**
     * Returns the causes.
     *
     * @return each once, in the order in which they were seen; none where nothing points to the storage
     */
    public List<Cause> causes() {
        return causes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Diagnosis that && causes.equals(that.causes);
    }

    @Override
    public int hashCode() {
        return causes.hashCode();
    }

    /** Returns one line for each cause. */
    @Override
    public String toString() {
        return causes.isEmpty()
                ? "nothing points to the storage"
                : causes.stream().map(Cause::toString).collect(Collectors.joining("\n"));
    }
}
