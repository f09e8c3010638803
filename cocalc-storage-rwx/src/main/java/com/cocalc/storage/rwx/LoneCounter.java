package com.cocalc.storage.rwx;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A counter that all threads write all the time: one number that gives each sum once, or a number for each
 * {@link Lane}, for threads that only add and seldom want to know the sum.
 */
final class LoneCounter {
    private final int lanes;
    private final AtomicLongArray cells;

    private LoneCounter(int lanes) {
        this.lanes = lanes;
        this.cells = new AtomicLongArray(Lane.longs(lanes));
    }

    /** One that gives each sum once. */
    static LoneCounter startingAt(long start) {
        LoneCounter counter = new LoneCounter(1);
        counter.cells.set(Lane.startInLongs(0), start);
        return counter;
    }

    /** One that threads add to apart from each other. */
    static LoneCounter ofLanes() {
        return new LoneCounter(Lane.COUNT);
    }

    /** The sum of all lanes. */
    long get() {
        long sum = 0;
        for (int lane = 0; lane < lanes; lane++) {
            sum += get(lane);
        }
        return sum;
    }

    long get(int lane) {
        return cells.get(Lane.startInLongs(lane));
    }

    /** Adds in this thread's lane, and returns the sum there. */
    long add(long amount) {
        return cells.addAndGet(Lane.startInLongs(lanes == 1 ? 0 : Lane.ofThisThread()), amount);
    }

    /** Whether the lane was as expected, and now is the other. */
    boolean replace(int lane, long expected, long other) {
        return cells.compareAndSet(Lane.startInLongs(lane), expected, other);
    }
}
