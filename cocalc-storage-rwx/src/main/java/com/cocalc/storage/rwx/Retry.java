package com.cocalc.storage.rwx;

/**
 * The tree changed under a walk: what was found may never have been true at one moment, so the operation starts anew.
 */
final class Retry extends RuntimeException {
    @SuppressWarnings("StaticAssignmentOfThrowable") // it says nothing but that it happened, and has to be cheap
    static final Retry NOW = new Retry();

    private static final long serialVersionUID = 1L;

    private Retry() {
        super(null, null, false, false);
    }
}
