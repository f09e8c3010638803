package com.cocalc.storage.testkit.law.contract;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.testkit.law.Law;

/**
 * A law and the outcome of its trial.
 *
 * @param law the law
 * @param outcome the outcome of its trial
 */
public record Judgement(Law law, Outcome outcome) {

    /**
     * Checks that no part is null.
     *
     * @param law the law
     * @param outcome the outcome of its trial
     */
    public Judgement {
        requireNonNull(law, "law");
        requireNonNull(outcome, "outcome");
    }

    /** Returns the judgement in one line. */
    @Override
    public String toString() {
        if (outcome instanceof Outcome.Failed failed) {
            return "failed: " + failed.violation();
        }
        return outcome instanceof Outcome.NotTried notTried
                ? law.id() + ": not tried, " + notTried.reason()
                : law.id() + ": " + outcome;
    }
}
