package com.cocalc.storage.testkit.rwx;

import org.jspecify.annotations.Nullable;

/**
 * The pages of one file by number: a tree that grows upwards, so that a hole costs nothing. One writer at a time; a
 * reader beside it may see a page or a hole, whatever was there, and checks the version of the file afterwards.
 */
final class Pages {
    static final int SIZE = 4096;
    static final int SHIFT = 12;

    private static final int BITS = 7;
    private static final int FANOUT = 1 << BITS;

    private @Nullable Object[] root = new Object[FANOUT];
    /** Levels below the root; 0 means that the root holds pages. */
    private int height;

    byte @Nullable [] page(long number) {
        Object node = root;
        int top = height * BITS;
        if (number >>> top >= FANOUT) {
            return null;
        }
        for (int shift = top; ; shift -= BITS) {
            // A reader beside a growing tree may have the height of one tree and the root of another.
            if (!(node instanceof Object[] children)) {
                return null;
            }
            node = children[(int) (number >>> shift) & (FANOUT - 1)];
            if (shift == 0) {
                return node instanceof byte[] page ? page : null;
            }
        }
    }

    void put(long number, byte[] page) {
        while (number >>> (height * BITS) >= FANOUT) {
            @Nullable Object[] taller = new Object[FANOUT];
            taller[0] = root;
            root = taller;
            height++;
        }
        @Nullable Object[] node = root;
        for (int shift = height * BITS; shift > 0; shift -= BITS) {
            int child = (int) (number >>> shift) & (FANOUT - 1);
            @Nullable Object next = node[child];
            if (next == null) {
                next = new Object[FANOUT];
                node[child] = next;
            }
            node = (@Nullable Object[]) next;
        }
        node[(int) number & (FANOUT - 1)] = page;
    }

    /** Drops all pages from this number on, and returns how many there were. */
    long dropFrom(long first) {
        return dropFrom(root, height, first, 0);
    }

    private static long dropFrom(@Nullable Object[] node, int level, long first, long base) {
        long dropped = 0;
        long width = 1L << (level * BITS);
        for (int i = 0; i < FANOUT; i++) {
            Object child = node[i];
            long start = base + i * width;
            if (child == null || start + width - 1 < first) {
                continue;
            }
            dropped += level == 0 ? 1 : dropFrom((@Nullable Object[]) child, level - 1, first, start);
            if (start >= first) {
                node[i] = null;
            }
        }
        return dropped;
    }

    /** The number of the first page at or after this one, or -1. */
    long next(long from) {
        return next(root, height, from, 0);
    }

    private static long next(@Nullable Object[] node, int level, long from, long base) {
        long width = 1L << (level * BITS);
        for (int i = 0; i < FANOUT; i++) {
            Object child = node[i];
            long start = base + i * width;
            if (child == null || start + width - 1 < from) {
                continue;
            }
            if (level == 0) {
                return start;
            }
            long found = next((@Nullable Object[]) child, level - 1, from, start);
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }
}
