package com.cocalc.storage.kubernetes.preflight;

/**
 * Why a pod's storage does not work.
 *
 * <p>{@code toString()} is one line: what is wrong, and what to do.
 */
public sealed interface Cause permits ClaimCause, MountCause, OwnershipCause, StartCause, Cause.Unknown {

    /**
     * Returns what gave it away.
     *
     * @return the first symptom of it
     */
    Symptom symptom();

    /**
     * Returns what is wrong.
     *
     * @return one line
     */
    String explanation();

    /**
     * Returns what to do.
     *
     * @return one line
     */
    String remedy();

    /**
     * Something went wrong that this library does not know.
     *
     * @param symptom what was said
     */
    record Unknown(Symptom symptom) implements Cause {
        @Override
        public String explanation() {
            return "this is not a trouble of storage that is known here: " + symptom;
        }

        @Override
        public String remedy() {
            return "read the message, and the log of the kubelet on the pod's node";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
