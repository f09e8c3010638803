package com.cocalc.storage.testkit.law.contract;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.testkit.law.Violation;

/** The outcome of trying a law on a storage. */
public sealed interface Outcome {

    /** The law was tried and it holds. */
    record Passed() implements Outcome {

        /** Returns the outcome as a word for a table. */
        @Override
        public String toString() {
            return "passed";
        }
    }

    /**
     * The law was tried and it is broken.
     *
     * @param violation the violation
     */
    record Failed(Violation violation) implements Outcome {

        /**
         * Checks that there is a violation.
         *
         * @param violation the violation
         */
        public Failed {
            requireNonNull(violation, "violation");
        }

        /** Returns the outcome as a word for a table. */
        @Override
        public String toString() {
            return "failed";
        }
    }

    /**
     * The law could not be tried.
     *
     * @param reason the reason, and what a trial would need
     */
    record NotTried(String reason) implements Outcome {

        /**
         * Checks that there is a reason.
         *
         * @param reason the reason, and what a trial would need
         */
        public NotTried {
            requireNonNull(reason, "reason");
        }

        /** Returns the outcome in words for a table. */
        @Override
        public String toString() {
            return "not tried";
        }
    }
}
