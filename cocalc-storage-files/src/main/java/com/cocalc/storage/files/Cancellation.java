package com.cocalc.storage.files;

/** A way to end a running operation from another thread. */
public final class Cancellation {

    private volatile boolean cancelled;

    /** Creates one for one or several operations. */
    public Cancellation() {}

    /**
     * Ends the operations that listen to this. A file that is being copied is left out, also in the middle; files that
     * are copied stay.
     */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Returns whether somebody cancelled.
     *
     * @return whether {@link #cancel} was called
     */
    public boolean isCancelled() {
        return cancelled;
    }
}
