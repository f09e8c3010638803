package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.StoppedException;
import com.cocalc.storage.files.tree.Worker;

/** Keeps a copy at its bandwidth limit. */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private long taken;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until so many bytes more are within the limit. */
    void take(Worker worker, long bytes) throws StoppedException {
        if (bytesPerSecond == Long.MAX_VALUE) {
            return;
        }
        long due;
        synchronized (this) {
            taken += bytes;
            due = (long) (taken * (NANOS_PER_SECOND / bytesPerSecond));
        }
        long early = due - worker.workers().elapsedNanos();
        if (early > 0) {
            worker.workers().pause(early);
        }
    }
}
