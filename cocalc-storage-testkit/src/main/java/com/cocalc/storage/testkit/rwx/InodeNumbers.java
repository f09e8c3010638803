package com.cocalc.storage.testkit.rwx;

/**
 * Gives numbers to inodes, each once. As on Linux, processors take them by the batch; here a thread is one, so that one
 * thread alone counts 1, 2, 3, and threads that make files at the same time do not get in each other's way.
 */
final class InodeNumbers {
    private static final int TAKERS = 8;
    private static final int BATCH = 64;

    private final LoneCounter taken;
    private final Taker[] takers = new Taker[TAKERS];

    /** @param last the last number that was given, 0 if there was none */
    InodeNumbers(long last) {
        taken = LoneCounter.startingAt(last);
        for (int i = 0; i < TAKERS; i++) {
            takers[i] = new LoneTaker();
        }
    }

    /** A batch: numbers from {@code next} on, before {@code end}. */
    private static class Taker {
        long next;
        long end;
    }

    /** A taker with room behind it, so that no two of them share a line of the processor's caches. */
    private static final class LoneTaker extends Taker {
        @SuppressWarnings("unused")
        private long a, b, c, d, e, f, g, h, i, j, k, l, m, n;
    }

    long next() {
        Taker taker = takers[(int) Thread.currentThread().getId() & TAKERS - 1];
        synchronized (taker) {
            if (taker.next == taker.end) {
                taker.end = taken.add(BATCH) + 1;
                taker.next = taker.end - BATCH;
            }
            return taker.next++;
        }
    }

    /** No number up to this one is given again by who starts behind it. */
    long last() {
        return taken.get();
    }
}
