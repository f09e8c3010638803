package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.LicenseName;
import com.cocalc.storage.StorageException;

/** Thrown when a licence's patch cannot be applied to a pod. The pod is not changed. */
public final class PatchFailedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The operation that failed. */
    private final transient PatchOperation operation;

    PatchFailedException(PatchOperation operation, String problem) {
        super(operation.inWords() + " cannot be applied: " + problem
                + "; fix the licence's patch, the pod was left as it is");
        this.operation = operation;
    }

    /**
     * Returns the licence that carries the patch.
     *
     * @return its name
     */
    public LicenseName license() {
        return operation.license();
    }

    /**
     * Returns the operation that failed.
     *
     * @return the operation
     */
    public PatchOperation operation() {
        return operation;
    }
}
