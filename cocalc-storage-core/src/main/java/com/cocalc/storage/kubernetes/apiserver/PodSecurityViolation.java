package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

/**
 * A violation of a level of Pod Security.
 *
 * @param check the server's name of the rule, for example {@code runAsNonRoot}
 * @param field the place, as the server writes paths; if something is missing, the path ends at it
 * @param detail what the rule requires there
 */
public record PodSecurityViolation(String check, String field, String detail) {

    /**
     * Checks that no part is null.
     *
     * @param check the server's name of the rule
     * @param field the place
     * @param detail what the rule requires there
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
