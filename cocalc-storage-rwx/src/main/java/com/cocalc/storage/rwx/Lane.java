package com.cocalc.storage.rwx;

/**
 * Keeps threads out of each other's way in what all of them write all the time: each keeps to one lane of an array, and
 * no two lanes share a line of the processor's caches. An array has a lane more at both ends, which is nobody's: what
 * lies beside it in memory may be read all the time.
 */
final class Lane {
    /** References that fill as much as keeps two threads apart. */
    static final int REFERENCES = 32;

    /** How many there are; where there are more threads, some share one. */
    static final int COUNT = 16;

    // Two lines of 64 bytes: processors fetch them in pairs.
    private static final int BYTES = 128;
    private static final int LONGS = BYTES / Long.BYTES;

    private Lane() {}

    /** The number of this thread's lane, from 0 on. */
    static int ofThisThread() {
        return (int) Thread.currentThread().getId() & COUNT - 1;
    }

    /** The length of an array of longs with as many lanes. */
    static int longs(int lanes) {
        return (lanes + 2) * LONGS;
    }

    /** Where a lane starts in an array of longs. */
    static int startInLongs(int lane) {
        return (lane + 1) * LONGS;
    }

    /** The length of an array of references with all lanes. */
    static int references() {
        return (COUNT + 2) * REFERENCES;
    }

    /** Where a lane starts in an array of references. */
    static int startInReferences(int lane) {
        return (lane + 1) * REFERENCES;
    }
}
