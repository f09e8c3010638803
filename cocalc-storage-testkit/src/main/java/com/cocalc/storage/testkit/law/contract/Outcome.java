package com.cocalc.storage.testkit.law.contract;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.testkit.law.Violation;

/** The outcome of trying a law on a storage. */
public sealed interface Outcome {

    /** The law was tried and holds. */
    record Passed() implements Outcome {

        /** Returns the word for a table. */
        @Override
        public String toString() {
            return "passed";
        }
    }

    /**
     * The law was tried and is broken.
     *
     * @param violation where, and how
     */
    record Failed(Violation violation) implements Outcome {

        /**
         * Checks that there is a violation.
         *
         * @param violation where, and how
         */
        public Failed {
            requireNonNull(violation, "violation");
        }

        /** Returns the word for a table. */
        @Override
        public String toString() {
            return "failed";
        }
    }

    /**
     * Nobody knows: the law could not be tried.
     *
     * @param reason why not, and what it would take
     */
    record NotTried(String reason) implements Outcome {

        /**
         * Checks that there is a reason.
         *
         * @param reason why not, and what it would take
         */
        public NotTried {
            requireNonNull(reason, "reason");
        }

        /** Returns the words for a table. */
        @Override
        public String toString() {
            return "not tried";
        }
    }
}
