package com.cocalc.storage.rwx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of pages that files of a volume gave back, to be taken again before new ones are made: what is written and
 * removed all the time then stays in the caches of the processor, and costs neither zeros nor a collection of garbage.
 * An array still holds what was in it. Threads take and give without getting in each other's way.
 */
final class FreePages {
    private static final int SHELVES = 8;

    // The first and the last are nobody's: what lies beside them in memory may be read all the time.
    private final Shelf[] shelves = new Shelf[SHELVES + 2];

    FreePages() {
        Magazines full = new Magazines();
        for (int i = 0; i < shelves.length; i++) {
            shelves[i] = new LoneShelf(full);
        }
    }

    /** What some threads gave: a magazine for each size of arrays, and what did not fit there, which all share. */
    private static class Shelf {
        private final Magazines full;
        private final @Nullable Magazine[] open = new @Nullable Magazine[Magazine.SIZES];

        Shelf(Magazines full) {
            this.full = full;
        }

        synchronized byte @Nullable [] take(int size) {
            Magazine magazine = open[size];
            if (magazine == null || magazine.isEmpty()) {
                magazine = full.take(size);
                if (magazine == null) {
                    return null;
                }
                open[size] = magazine;
            }
            return magazine.take();
        }

        synchronized void give(int size, byte[] array) {
            Magazine magazine = open[size];
            if (magazine == null || magazine.isFull()) {
                if (magazine != null) {
                    full.give(size, magazine);
                }
                magazine = new Magazine(size);
                open[size] = magazine;
            }
            magazine.give(array);
        }
    }

    /** A shelf with room behind it, so that no two of them share a line of the processor's caches. */
    private static final class LoneShelf extends Shelf {
        @SuppressWarnings("unused")
        private long a, b, c, d, e, f, g, h, i, j, k, l, m, n;

        LoneShelf(Magazines full) {
            super(full);
        }
    }

    /** Keeps an array that nobody writes to any more, if it is one of whole pages. */
    void give(byte[] array) {
        int size = Magazine.sizeOf(array.length);
        if (size >= 0) {
            shelf().give(size, array);
        }
    }

    /** An array of so many bytes with anything in it, for those who {@link #give} it back. */
    byte[] take(int length) {
        int size = Magazine.sizeOf(length);
        byte[] used = size >= 0 ? shelf().take(size) : null;
        return used != null ? used : new byte[length];
    }

    /** An array of so many bytes with the next bytes at an offset, as many as fit, and zeros around them. */
    byte[] arrayOf(ByteBuffer src, int offset, int length) {
        int part = Math.min(src.remaining(), length - offset);
        int size = Magazine.sizeOf(length);
        byte[] used = size >= 0 ? shelf().take(size) : null;
        if (used != null) {
            Arrays.fill(used, 0, offset, (byte) 0);
            Arrays.fill(used, offset + part, length, (byte) 0);
            src.get(used, offset, part);
            return used;
        }
        if (part == length) {
            return next(src, part);
        }
        byte[] fresh = new byte[length];
        src.get(fresh, offset, part);
        return fresh;
    }

    /** The next bytes as an array of their own, which nobody has to fill with zeros before. */
    private static byte[] next(ByteBuffer src, int count) {
        if (!src.hasArray()) {
            byte[] bytes = new byte[count];
            src.get(bytes);
            return bytes;
        }
        int start = src.position();
        src.position(start + count);
        return Arrays.copyOfRange(src.array(), src.arrayOffset() + start, src.arrayOffset() + start + count);
    }

    private Shelf shelf() {
        return shelves[(Lane.ofThisThread() & SHELVES - 1) + 1];
    }
}
