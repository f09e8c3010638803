package com.cocalc.storage.rwx;

/**
 * Gives numbers to inodes, each once. As on Linux, processors take them by the batch; here a thread is one, so that one
 * thread alone counts 1, 2, 3, and threads that make files at the same time do not get in each other's way.
 */
final class InodeNumbers {
    private static final int BATCH = 64;

    private final long start;
    /** Numbers behind the start that are given or lie in somebody's batch: whole batches. */
    private final LoneCounter taken = LoneCounter.startingAt(0);
    /** The last number behind the start that each lane has given: at the end of a batch, or 0, it needs another one. */
    private final LoneCounter given = LoneCounter.ofLanes();

    /** @param last the last number that was given, 0 if there was none */
    InodeNumbers(long last) {
        start = last;
    }

    long next() {
        int lane = Lane.ofThisThread();
        while (true) {
            long last = given.get(lane);
            long next = last % BATCH == 0 ? taken.add(BATCH) - BATCH + 1 : last + 1;
            if (given.replace(lane, last, next)) {
                return start + next;
            }
        }
    }

    /** No number up to this one is given again by who starts behind it. */
    long last() {
        return start + taken.get();
    }
}
