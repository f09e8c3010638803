package com.cocalc.storage.rwx;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Nanoseconds that the operations of many threads move on. No operation is given an earlier time than one that had
 * ended before. As long as threads wait for each other each time is given once; those that have been at work side by
 * side for a while tell each other only now and then how many operations they had, and until then find what the others
 * know: several operations at one time, as on a kernel whose clock moves a few hundred times a second. All of them
 * count, and who asks for the time is told of all.
 */
final class SharedTime {
    /** How much a thread does before it looks what the others did, and the most that it does not tell. */
    private static final long WINDOW_NS = 64 * VirtualTime.STEP_NS;
    /** So many windows one after the other in which others did something are a crowd. */
    private static final long CROWD = 8;

    /** Work that is done and not told. */
    private static final int LATE = 0;
    // For the thread of the lane alone: what it did since it looked, what others had told and not told by then, and how
    // many windows others have been at work.
    private static final int SINCE = 1;
    private static final int TOLD = 2;
    private static final int UNTOLD = 3;
    private static final int BUSY = 4;

    /** The time, in the lane behind those of the threads. */
    private static final int NOW = Lane.startInLongs(Lane.COUNT);

    private final AtomicLongArray cells = new AtomicLongArray(Lane.longs(Lane.COUNT + 1));
    /** The part of the time that was no work. */
    private final LoneCounter idle;

    SharedTime(long start) {
        cells.set(NOW, start);
        idle = LoneCounter.startingAt(start);
    }

    /** Moves the time on by the work of an operation, and gives the operation's time. */
    long work(long step) {
        int lane = Lane.startInLongs(Lane.ofThisThread());
        long now;
        if (cells.getPlain(lane + BUSY) < CROWD) {
            now = cells.addAndGet(NOW, step);
        } else {
            cells.addAndGet(lane + LATE, step);
            now = cells.get(NOW);
        }
        long since = cells.getPlain(lane + SINCE) + step;
        if (since >= WINDOW_NS) {
            return look(lane, since, now);
        }
        cells.setPlain(lane + SINCE, since);
        return now;
    }

    /** Threads that share a lane may take each other for a crowd, or not see one: both only costs time. */
    private long look(int lane, long own, long now) {
        long told = tell(lane, now);
        boolean isAlone = !hasMoved(lane + TOLD, told - idle.get(), own) && !hasMoved(lane + UNTOLD, untold(), 0);
        cells.setPlain(lane + SINCE, 0);
        cells.setPlain(lane + BUSY, isAlone ? 0 : Math.min(CROWD, cells.getPlain(lane + BUSY) + 1));
        return told;
    }

    /** Whether others moved what was seen in this cell before, besides this thread's own part; remembers it. */
    private boolean hasMoved(int cell, long seen, long own) {
        boolean hasMoved = seen - cells.getPlain(cell) != own;
        cells.setPlain(cell, seen);
        return hasMoved;
    }

    /** A look at what other threads write all the time: it makes them wait. */
    private long untold() {
        long sum = 0;
        for (int lane = 0; lane < Lane.COUNT; lane++) {
            sum += cells.get(Lane.startInLongs(lane) + LATE);
        }
        return sum;
    }

    /** Adds what a lane has not told, and returns the time after it; the time given if there is nothing. */
    private long tell(int lane, long now) {
        return cells.get(lane + LATE) == 0 ? now : cells.addAndGet(NOW, cells.getAndSet(lane + LATE, 0));
    }

    /** Moves the time on without work. */
    void advance(long amount) {
        idle.add(amount);
        cells.addAndGet(NOW, amount);
    }

    /** The time after all that was done. */
    long now() {
        for (int lane = 0; lane < Lane.COUNT; lane++) {
            tell(Lane.startInLongs(lane), 0);
        }
        return cells.get(NOW);
    }
}
