package com.cocalc.storage.testkit.cluster;

/** Thrown when a pod that must run does not run; the message says why. */
public final class PodNotRunningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PodOutcome outcome;

    PodNotRunningException(PodOutcome outcome) {
        this(outcome, "");
    }

    PodNotRunningException(PodOutcome outcome, String advice) {
        super(outcome + advice);
        this.outcome = outcome;
    }

    /**
     * Returns the outcome of the pod.
     *
     * @return {@link PodOutcome.NotStarted}, {@link PodOutcome.Refused}, or {@link PodOutcome.Completed} for a job
     */
    public PodOutcome outcome() {
        return outcome;
    }
}
