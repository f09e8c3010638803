package com.cocalc.storage.testkit.rwx;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A counter that all threads write all the time. It shares no line of the processor's caches with anything else; parts
 * of it, if it has more than one, are for threads that only add and seldom want to know the sum.
 */
final class LoneCounter {
    /** Longs between parts: processors fetch lines in pairs. */
    private static final int MARGIN = 16;

    private final int parts;
    private final AtomicLongArray cells;

    private LoneCounter(int parts) {
        this.parts = parts;
        this.cells = new AtomicLongArray((parts + 1) * MARGIN);
    }

    /** One that gives each sum once. */
    static LoneCounter startingAt(long start) {
        LoneCounter counter = new LoneCounter(1);
        counter.cells.set(MARGIN, start);
        return counter;
    }

    /** One that threads add to apart from each other. */
    static LoneCounter ofParts(int powerOfTwo) {
        return new LoneCounter(powerOfTwo);
    }

    long get() {
        long sum = 0;
        for (int part = 1; part <= parts; part++) {
            sum += cells.get(part * MARGIN);
        }
        return sum;
    }

    /** Adds, and returns the sum of the part. */
    long add(long amount) {
        int part = parts == 1 ? 0 : (int) Thread.currentThread().getId() & (parts - 1);
        return cells.addAndGet((part + 1) * MARGIN, amount);
    }
}
