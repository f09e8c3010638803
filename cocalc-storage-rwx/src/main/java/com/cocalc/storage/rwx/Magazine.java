package com.cocalc.storage.rwx;

import java.util.Arrays;
import java.util.Collections;

/** Free arrays of one size, up to 1 MiB of them; the last one given is the first one taken. */
final class Magazine {
    /** Arrays are of 1, 2, 4, … {@link Pages#MOST} pages. */
    static final int SIZES = Integer.numberOfTrailingZeros(Pages.MOST) + 1;

    private static final int BYTES = 1 << 20;
    /** Both ends of the memory are empty: what lies beside it may be changed by others all the time. */
    private static final int MARGIN = Lane.REFERENCES;

    private final byte[][] arrays;
    private final int most;
    private int count;

    /** @param size the number of a size, from 0 on */
    Magazine(int size) {
        most = BYTES >> (Pages.SHIFT + size);
        arrays = new byte[most + 2 * MARGIN][];
    }

    /** The number of the size of an array of so many bytes, -1 if these are no pages. */
    static int sizeOf(int bytes) {
        int size = Integer.numberOfTrailingZeros(bytes) - Pages.SHIFT;
        return Integer.bitCount(bytes) == 1 && size < SIZES ? Math.max(size, -1) : -1;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == most;
    }

    byte[] take() {
        return arrays[MARGIN + --count];
    }

    void give(byte[] array) {
        arrays[MARGIN + count++] = array;
    }

    /** The first one given becomes the first one taken: a large file then finds its memory in the order it had it. */
    void reverse() {
        Collections.reverse(Arrays.asList(arrays).subList(MARGIN, MARGIN + count));
    }
}
