package com.cocalc.storage.testkit.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** The outcome of submitting a pod. */
public sealed interface PodOutcome {

    /**
     * All containers run.
     *
     * @param pod the running pod
     */
    record Running(RunningPod pod) implements PodOutcome {
        @Override
        public String toString() {
            return "running: " + pod;
        }
    }

    /**
     * The containers of a job have ended without failure.
     *
     * @param pod the pod with its status
     * @param logLines the lines that its containers wrote
     */
    record Completed(Pod pod, List<String> logLines) implements PodOutcome {
        /**
         * Copies the list.
         *
         * @param pod the pod with its status
         * @param logLines the lines that its containers wrote
         */
        public Completed {
            logLines = List.copyOf(logLines);
        }

        @Override
        public String toString() {
            return "pod " + pod.getMetadata().getName() + " has completed";
        }
    }

    /**
     * The server has stored the pod, but it does not start. It may start later by {@link FakeCluster#retry}.
     *
     * @param pod the pod with its status
     * @param container the container that does not start, empty if a volume or a missing node is the reason
     * @param reason the reason as {@code kubectl describe pod} shows it, for example {@code FailedMount},
     *     {@code CreateContainerConfigError} or {@code Error} for an init container that failed
     * @param message the message of the scheduler, the kubelet, the runtime or the init container
     * @param events the pod's events, oldest first
     * @param logLines the lines that its init containers wrote
     */
    record NotStarted(
            Pod pod, String container, String reason, String message, List<Event> events, List<String> logLines)
            implements PodOutcome {
        /**
         * Copies the lists.
         *
         * @param pod the pod with its status
         * @param container the container that does not start
         * @param reason the reason
         * @param message the message
         * @param events the pod's events
         * @param logLines the lines that its init containers wrote
         */
        public NotStarted {
            events = List.copyOf(events);
            logLines = List.copyOf(logLines);
        }

        @Override
        public String toString() {
            return "pod " + pod.getMetadata().getName() + " does not start: "
                    + (container.isEmpty() ? "" : "container " + container + ": ") + reason + ": " + message;
        }
    }

    /**
     * The server refuses the pod.
     *
     * @param refusal the server's answer
     */
    record Refused(Refusal refusal) implements PodOutcome {
        @Override
        public String toString() {
            return "pod refused: " + refusal;
        }
    }

    /**
     * Returns the running pod.
     *
     * @return the pod
     * @throws PodNotRunningException if it is refused, does not start, or has completed; the message says why
     */
    default RunningPod running() {
        if (this instanceof Running running) {
            return running.pod();
        }
        throw new PodNotRunningException(this);
    }
}
