package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.audit.Finding;

/**
 * A fault of a pod's storage that a licence's patch has caused.
 *
 * @param operation the operation that caused it, which names its licence
 * @param finding the fault, with a pointer into the patched pod
 */
public record PatchFinding(PatchOperation operation, Finding finding) {

    /**
     * Checks that neither part is null.
     *
     * @param operation the operation that caused it, which names its licence
     * @param finding the fault, with a pointer into the patched pod
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
