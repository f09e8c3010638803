package com.cocalc.storage.kubernetes.preflight;

/**
 * Why a pod's storage does not work.
 *
 * <p>{@code toString()} is one line: what is wrong, and what to do.
 */
public sealed interface Cause
        permits ClaimCause, MountCause, OwnershipCause, StartCause, Cause.NotStorage, Cause.Unknown {

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

    /**
     * The pod has a trouble that is not of its storage.
     *
     * @param what what it is about
     * @param symptom what gave it away
     */
    record NotStorage(String what, Symptom symptom) implements Cause {
        @Override
        public String explanation() {
            return what + ", which is no trouble of storage";
        }

        @Override
        public String remedy() {
            return "correct the pod or what it names; the storage need not be looked at";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
