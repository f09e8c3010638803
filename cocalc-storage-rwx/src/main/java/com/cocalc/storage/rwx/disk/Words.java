package com.cocalc.storage.rwx.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The elements in the bytes of a path: where they start and end, and their hash. What is asked most often is answered
 * eight bytes at a time.
 */
public final class Words {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD_BYTES = Long.BYTES;
    /** 2 to the 64th, divided by the golden ratio. */
    private static final long SPREADING = 0x9E3779B97F4A7C15L;

    private static final long SLASHES = '/' * 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private Words() {}

    /** Where the element that ends here starts: behind the last slash before it, or at 0. */
    public static int startOfElement(byte[] path, int end) {
        int at = end;
        for (; at >= WORD_BYTES; at -= WORD_BYTES) {
            long difference = (long) WORD.get(path, at - WORD_BYTES) ^ SLASHES;
            // The highest bit of each byte that is a slash, and no other bit.
            long slashes = ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
            if (slashes != 0) {
                return at - Long.numberOfLeadingZeros(slashes) / Byte.SIZE;
            }
        }
        while (at > 0 && path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    /** Where the element that starts here ends: at the next slash, or at the end of the path. */
    public static int endOfElement(byte[] path, int start) {
        int at = start;
        while (at < path.length && path[at] != '/') {
            at++;
        }
        return at;
    }

    /** The next place that is not a slash, or the end of the path. */
    public static int skipSlashes(byte[] path, int from) {
        int at = from;
        while (at < path.length && path[at] == '/') {
            at++;
        }
        return at;
    }

    /** Where the slashes that end here start. */
    public static int skipSlashesBack(byte[] path, int to) {
        int end = to;
        while (end > 0 && path[end - 1] == '/') {
            end--;
        }
        return end;
    }

    /** A hash, the same for the same bytes, wherever in an array they stand. */
    public static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = length;
        // The last word reaches back over bytes that have been there already, so that none is left over.
        for (int at = from; at < to - WORD_BYTES; at += WORD_BYTES) {
            hash = mixed(hash, (long) WORD.get(bytes, at));
        }
        hash = mixed(hash, length < WORD_BYTES ? shortWord(bytes, from, to) : (long) WORD.get(bytes, to - WORD_BYTES));
        return (int) (hash ^ (hash >>> 32));
    }

    /** Folds the product of 128 bits: what differs in any bit of the word makes a difference in the lowest bits too. */
    private static long mixed(long hash, long word) {
        long sum = hash ^ word;
        return Math.multiplyHigh(sum, SPREADING) ^ (sum * SPREADING);
    }

    /** Less than a word of bytes, the first in the lowest bits. */
    private static long shortWord(byte[] bytes, int from, int to) {
        if (to >= WORD_BYTES && from < to) {
            return (long) WORD.get(bytes, to - WORD_BYTES) >>> ((WORD_BYTES - (to - from)) * Byte.SIZE);
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return word;
    }
}
