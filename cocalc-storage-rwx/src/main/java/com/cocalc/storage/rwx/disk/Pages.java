package com.cocalc.storage.rwx.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one file by number: a tree that grows upwards, so that a hole costs nothing. What was written at once
 * may be an array of several pages: a power of two of them, where a multiple of that many starts, and each of their
 * numbers leads to it.
 */
public final class Pages {
    public static final int SIZE = 4096;
    public static final int SHIFT = 12;
    /** Pages of one array at most: divides {@link #FANOUT}. */
    public static final int MOST = 16;

    private static final byte[] ZEROS = new byte[SIZE];
    private static final int BITS = 6;
    private static final int FANOUT = 1 << BITS;

    private @Nullable Object[] root = new Object[FANOUT];
    /** Levels below the root; 0 means that the root holds pages. */
    private int height;

    /** The array that a page is in; null for a hole. */
    byte @Nullable [] array(long number) {
        @Nullable Object[] leaf = leaf(number);
        return leaf == null ? null : (byte @Nullable []) leaf[(int) number & (FANOUT - 1)];
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
            int offset = array == null ? (int) at & SIZE - 1 : offset(array, at);
            int part = Math.min(left, (array == null ? SIZE : array.length) - offset);
            if (array == null) {
                putZeros(dst, part);
            } else {
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

    /** An array of so many bytes with the next bytes at an offset, as many as fit, and zeros around them. */
    static byte[] arrayOf(ByteBuffer src, int offset, int length) {
        int part = Math.min(src.remaining(), length - offset);
        if (part == length && src.hasArray()) {
            // A copy of an array need not be filled with zeros before.
            int start = src.arrayOffset() + src.position();
            src.position(src.position() + part);
            return Arrays.copyOfRange(src.array(), start, start + part);
        }
        byte[] array = new byte[length];
        src.get(array, offset, part);
        return array;
    }

    private @Nullable Object @Nullable [] leaf(long number) {
        @Nullable Object[] node = root;
        int top = height * BITS;
        if (number >>> top >= FANOUT) {
            return null;
        }
        for (int shift = top; shift > 0; shift -= BITS) {
            @Nullable Object[] child = (@Nullable Object @Nullable []) node[(int) (number >>> shift) & (FANOUT - 1)];
            if (child == null) {
                return null;
            }
            node = child;
        }
        return node;
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
    long dropFrom(long first) {
        keepBefore(first);
        return dropFrom(root, height, first, 0);
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
