package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.audit.Finding;

/**
 * Something that is wrong with an object of a cluster.
 *
 * @param object the object, which may be missing: the rule then says so
 * @param finding what is wrong, with a pointer into the object
 */
public record PreflightFinding(ObjectName object, Finding finding) {

    /**
     * Checks that both are there.
     *
     * @param object the object, which may be missing: the rule then says so
     * @param finding what is wrong, with a pointer into the object
     */
    public PreflightFinding {
        requireNonNull(object, "object");
        requireNonNull(finding, "finding");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return object + ": " + finding;
    }
}
