package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.audit.Finding;

/**
 * Something that a licence's patch made wrong with a pod's storage.
 *
 * @param operation the operation that did it, which knows its licence
 * @param finding what is wrong since then, with a pointer into the patched pod
 */
public record PatchFinding(PatchOperation operation, Finding finding) {

    /**
     * Checks that both are there.
     *
     * @param operation the operation that did it, which knows its licence
     * @param finding what is wrong since then, with a pointer into the patched pod
     */
    public PatchFinding {
        requireNonNull(operation, "operation");
        requireNonNull(finding, "finding");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return operation.inWords() + " causes " + finding;
    }
}
