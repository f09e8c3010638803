package com.cocalc.storage.files.tree;

import java.time.Duration;

/**
 * How long an operation has been running.
 *
 * <p>This is the only place of the library that reads a clock, and it never tells the time: a time limit, a bandwidth
 * limit and the watch over blocked threads need to know how much time has passed, and nothing that is written depends
 * on it.
 */
public final class Stopwatch {

    private final long startNanos = System.nanoTime();

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    public boolean isPast(Duration limit) {
        return limit.minusNanos(elapsedNanos()).isNegative();
    }
}
