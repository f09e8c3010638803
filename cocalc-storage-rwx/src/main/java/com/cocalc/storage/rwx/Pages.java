package com.cocalc.storage.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one file by number: a tree that grows upwards, so that a hole costs nothing. What was written at once
 * may be an array of several pages: a power of two of them, where a multiple of that many starts, and each of their
 * numbers leads to it. One writer at a time; a reader beside it may see a page or a hole, whatever was there, and
 * checks the version of the file afterwards.
 */
final class Pages {
    static final int SIZE = 4096;
    static final int SHIFT = 12;

    /** Pages of one array at most: divides {@link #FANOUT}. */
    static final int MOST = 16;

    /** Far enough apart for the processor to take the rest for what comes next by itself. */
    private static final int FETCHED = 512;

    private static final byte[] ZEROS = new byte[SIZE];
    private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);

    private static final int BITS = 6;
    private static final int FANOUT = 1 << BITS;

    private @Nullable Object[] root = new Object[FANOUT];
    /** Levels below the root; 0 means that the root holds pages. */
    private int height;

    /** The array that a page is in; null for a hole. */
    byte @Nullable [] array(long number) {
        @Nullable Object[] leaf = leaf(number);
        return leaf != null && leaf[(int) number & (FANOUT - 1)] instanceof byte[] array ? array : null;
    }

    /** Where in its array a byte of the file is. */
    static int offset(byte[] array, long position) {
        return (int) position & (array.length - 1);
    }

    void read(ByteBuffer dst, long position, int count) {
        long at = position;
        int left = count;
        while (left > 0) {
            byte[] array = array(at >>> SHIFT);
            int part = Math.min(left, SIZE - ((int) at & SIZE - 1));
            if (array == null) {
                putZeros(dst, part);
            } else {
                int offset = offset(array, at);
                if (left > part) {
                    fetch(array, offset + part);
                }
                dst.put(array, offset, part);
            }
            at += part;
            left -= part;
        }
    }

    static void putZeros(ByteBuffer dst, int count) {
        for (int left = count; left > 0; left -= ZEROS.length) {
            dst.put(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }

    /**
     * Makes the processor get the page that is read next, if it is in the same array, while it is busy with this one.
     */
    private static void fetch(byte[] array, int from) {
        int to = Math.min(array.length, from + SIZE);
        for (int at = from; at < to; at += FETCHED) {
            BYTES.getOpaque(array, at);
        }
    }

    private @Nullable Object @Nullable [] leaf(long number) {
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
            if (shift == 0) {
                return children;
            }
            node = children[(int) (number >>> shift) & (FANOUT - 1)];
        }
    }

    /** Bytes of the largest array for holes from this page on that so many bytes fill; at least those of a page. */
    int room(long number, int bytes) {
        int pages = Math.max(1, Integer.highestOneBit(Math.min(bytes >>> SHIFT, MOST)));
        pages = (int) Math.min(pages, Long.lowestOneBit(number | MOST));
        @Nullable Object[] leaf = leaf(number);
        int first = (int) number & (FANOUT - 1);
        while (pages > 1 && leaf != null && !isHole(leaf, first, pages)) {
            pages >>= 1;
        }
        return pages << SHIFT;
    }

    private static boolean isHole(@Nullable Object[] leaf, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (leaf[i] != null) {
                return false;
            }
        }
        return true;
    }

    /** Puts an array of as many pages as {@link #room} allows. */
    void put(long number, byte[] array) {
        while (number >>> (height * BITS) >= FANOUT) {
            @Nullable Object[] taller = new Object[FANOUT];
            // Nothing is kept of what holds nothing: a page far out needs only the way to it.
            taller[0] = isHole(root, 0, FANOUT) ? null : root;
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
        int slot = (int) number & (FANOUT - 1);
        Arrays.fill(node, slot, slot + (array.length >>> SHIFT), array);
    }

    /** Drops all pages from this number on, and returns how many there were. */
    long dropFrom(long first, FreePages free) {
        keepBefore(first);
        return dropFrom(root, height, first, 0, free);
    }

    /** Of an array that would be cut, the pages to keep get arrays of their own. */
    private void keepBefore(long first) {
        byte[] array = array(first);
        if (array == null) {
            return;
        }
        int cut = offset(array, first << SHIFT);
        for (int start = 0; start < cut; start += SIZE) {
            put(first - ((cut - start) >>> SHIFT), Arrays.copyOfRange(array, start, start + SIZE));
        }
    }

    private static long dropFrom(@Nullable Object[] node, int level, long first, long base, FreePages free) {
        long dropped = 0;
        long width = 1L << (level * BITS);
        for (int i = 0; i < FANOUT; i++) {
            Object child = node[i];
            long start = base + i * width;
            if (child == null || start + width - 1 < first) {
                continue;
            }
            if (level == 0) {
                dropped++;
                if (isStartOf((byte[]) child, i)) {
                    free.give((byte[]) child);
                }
            } else {
                dropped += dropFrom((@Nullable Object[]) child, level - 1, first, start, free);
            }
            if (start >= first) {
                node[i] = null;
            }
        }
        return dropped;
    }

    /** Whether an array that has this slot starts there: it is given back once, and not if it was cut. */
    private static boolean isStartOf(byte[] array, int slot) {
        return (slot & (array.length >>> SHIFT) - 1) == 0;
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
