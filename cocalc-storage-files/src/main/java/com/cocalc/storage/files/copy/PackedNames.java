package com.cocalc.storage.files.copy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names of one directory that wait for their turn, a few bytes each. */
public final class PackedNames {

    private byte[] bytes = new byte[64];
    private int length;
    private int next;
    private int size;

    synchronized void add(byte[] name) {
        int needed = length + name.length + 1;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        System.arraycopy(name, 0, bytes, length, name.length);
        length = needed;
        size++;
    }

    synchronized boolean isEmpty() {
        return size == 0;
    }

    /** The next name, first in first out; no name holds the NUL that ends it here. */
    synchronized byte @Nullable [] poll() {
        if (next == length) {
            return null;
        }
        int end = next;
        while (bytes[end] != 0) {
            end++;
        }
        byte[] name = Arrays.copyOfRange(bytes, next, end);
        next = end + 1;
        return name;
    }
}
