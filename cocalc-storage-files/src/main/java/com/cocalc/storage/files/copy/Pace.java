package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.StoppedException;
import com.cocalc.storage.files.tree.Worker;

/** Keeps a copy at its bandwidth limit. */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private long free;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until so many bytes more are within the limit. */
    void take(Worker worker, long bytes) throws StoppedException {
        if (bytesPerSecond == Long.MAX_VALUE) {
            return;
        }
        long now = worker.workers().elapsedNanos();
        long early = due(now, bytes) - now;
        if (early > 0) {
            worker.workers().pause(early);
        }
    }

    /** When so many bytes more are within the limit. Time in which nothing was taken is not made up for. */
    synchronized long due(long now, long bytes) {
        free = Math.max(free, now) + (long) (bytes * (NANOS_PER_SECOND / bytesPerSecond));
        return free;
    }
}
