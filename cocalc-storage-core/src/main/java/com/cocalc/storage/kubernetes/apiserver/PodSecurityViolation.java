package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

/**
 * One thing that a level of Pod Security does not allow.
 *
 * @param check the server's name of the rule, for example {@code runAsNonRoot}
 * @param field where, as the server writes paths; the place where something is missing ends at what is missing
 * @param detail what the rule wants there
 */
public record PodSecurityViolation(String check, String field, String detail) {

    /**
     * Checks that all is there.
     *
     * @param check the server's name of the rule
     * @param field where
     * @param detail what the rule wants there
     */
    public PodSecurityViolation {
        requireNonNull(check, "check");
        requireNonNull(field, "field");
        requireNonNull(detail, "detail");
    }

    /** Returns the violation in one line. */
    @Override
    public String toString() {
        return check + " (" + field + " " + detail + ")";
    }
}
