package com.cocalc.storage.kubernetes.audit;

import java.util.Arrays;

/**
 * An index of the mount paths of a container, which finds equal paths and paths above another one.
 *
 * <p>A path is looked up by the hashes of its prefixes, which one pass over it computes, so the work grows with the
 * text and not with the square of the number of mounts.
 */
final class PathIndex {

    private final String[] paths;
    private final int[] slots;

    /** The ends of the prefixes of the path that is looked up, with their hashes. */
    private int[] ends = new int[8];

    private int[] hashes = new int[8];

    private long looks;

    PathIndex(int size) {
        paths = new String[size];
        slots = new int[Integer.highestOneBit(Math.max(size, 1)) * 4];
    }

    /** Adds a clean absolute path with a number below the size. Returns the number of an equal path, or -1. */
    int add(int number, String path) {
        int slot = slot(path, path.length(), path.hashCode());
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        paths[number] = path;
        slots[slot] = number + 1;
        return -1;
    }

    /** Returns the number of the nearest path above this one, or -1. The root is above all others. */
    int findAbove(String path) {
        int count = 0;
        int hash = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0) {
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, count * 2);
                    hashes = Arrays.copyOf(hashes, count * 2);
                }
                ends[count] = i;
                hashes[count++] = hash;
            }
            hash = 31 * hash + c;
        }
        for (int i = count - 1; i >= 0; i--) {
            int found = slots[slot(path, ends[i], hashes[i])];
            if (found != 0) {
                return found - 1;
            }
        }
        return path.length() == 1 ? -1 : slots[slot("/", 1, "/".hashCode())] - 1;
    }

    /** Returns the slot of a prefix of a path, or the empty slot where it belongs. */
    private int slot(String path, int length, int hash) {
        int slot = (hash ^ hash >>> 16) & slots.length - 1;
        while (slots[slot] != 0) {
            looks++;
            String candidate = paths[slots[slot] - 1];
            if (candidate.length() == length && path.startsWith(candidate)) {
                return slot;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** Returns the number of comparisons of paths so far, the measure of the work. */
    long looks() {
        return looks;
    }
}
