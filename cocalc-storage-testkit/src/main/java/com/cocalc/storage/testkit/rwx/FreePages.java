package com.cocalc.storage.testkit.rwx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pages that files of a volume gave back, to be taken again before new ones are made: what is written and removed all
 * the time then stays in the caches of the processor. A page still holds what was in it. Threads take and give without
 * getting in each other's way, and no more is kept than {@value #MOST} pages by each of {@value #SHELVES} shelves.
 */
final class FreePages {
    private static final int SHELVES = 8;
    private static final int MOST = 1024;
    private static final int FIRST = 64;
    private static final int MARGIN = Lane.REFERENCES;

    // The first and the last are nobody's: what lies beside them in memory may be read all the time.
    private final Shelf[] shelves = new Shelf[SHELVES + 2];

    FreePages() {
        for (int i = 0; i < shelves.length; i++) {
            shelves[i] = new LoneShelf();
        }
    }

    /** The last page given is the first one taken. */
    private static class Shelf {
        // Both ends are empty: what lies beside them in memory may be changed all the time by others.
        private byte[][] pages = {};
        private int count;

        synchronized byte @Nullable [] take() {
            return count == 0 ? null : pages[--count + MARGIN];
        }

        synchronized void give(byte[] page) {
            if (count == MOST) {
                return;
            }
            if (count + 2 * MARGIN >= pages.length) {
                pages = Arrays.copyOf(pages, 2 * MARGIN + Math.max(FIRST, count * 2));
            }
            pages[MARGIN + count++] = page;
        }
    }

    /** A page that held something once, or null if there is none. */
    private byte @Nullable [] take() {
        return shelf().take();
    }

    /** A shelf with room behind it, so that no two of them share a line of the processor's caches. */
    private static final class LoneShelf extends Shelf {
        @SuppressWarnings("unused")
        private long a, b, c, d, e, f, g, h, i, j, k, l, m, n;
    }

    /** Keeps an array that nobody writes to any more, if it is one page. */
    void give(byte[] array) {
        if (array.length == Pages.SIZE) {
            shelf().give(array);
        }
    }

    /** An array of so many bytes with the next bytes at an offset, as many as fit, and zeros around them. */
    byte[] arrayOf(ByteBuffer src, int offset, int length) {
        int part = Math.min(src.remaining(), length - offset);
        byte[] used = length == Pages.SIZE ? take() : null;
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
    static byte[] next(ByteBuffer src, int count) {
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
