package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The causes for which the storage of a pod does not work, as far as the messages of the cluster show.
 *
 * <p>It reads messages of the kubelet, the scheduler, CSI drivers, programs that mount, the container runtime and the
 * usual Unix programs. A message that it does not know becomes {@link CauseKind#UNKNOWN}, never a guess, and one that
 * is not about the storage {@link CauseKind#NOT_STORAGE}. Events of what is over by now are skipped: a cluster keeps
 * them for an hour, also where the pod has its node or its volumes are mounted.
 *
 * <pre>{@code
 * Pod pod = new PodBuilder().withNewMetadata().withName("project-1").endMetadata().build();
 * List<Event> events = List.of();
 * for (Cause cause : Diagnosis.of(pod, events).causes()) {
 *     if (cause.kind() == CauseKind.CLAIM_MISSING) {
 *         System.out.println("create " + cause.subject().orElse("the claim"));
 *     }
 *     System.out.println(cause.text());
 * }
 * }</pre>
 */
public final class Diagnosis {

    private final List<Cause> causes;

    private Diagnosis(List<Cause> causes) {
        this.causes = List.copyOf(causes);
    }

    /**
     * Diagnoses a pod by its status and events.
     *
     * @param pod the pod as the cluster has it
     * @param events events of its namespace; those of objects other than the pod and its claims are skipped
     * @return the causes
     */
    public static Diagnosis of(Pod pod, List<Event> events) {
        return of(pod, events, List.of());
    }

    /**
     * Diagnoses a pod by its status, its events and the output of its containers.
     *
     * @param pod the pod as the cluster has it
     * @param events events of its namespace; those of objects other than the pod and its claims are skipped
     * @param logLines lines of the logs of its containers, init containers included; most of them may be unrelated
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
     * @return the causes, each once, in the order in which they were found; empty if nothing points to the storage
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
