package com.cocalc.storage.rwx.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of one directory: a hash table that lists in the order of insertion. Three arrays, no object for a name.
 */
public final class Names {
    /** Up to this many names a scan is as fast as an index. */
    private static final int SMALL = 8;

    private static final int FIRST = 4;
    private static final int FREE = 0;
    private static final int NONE = -1;
    private static final byte[][] NO_NAMES = {};
    private static final int[] NO_HASHES = {};
    private static final Inode[] NO_NODES = {};

    private byte[][] names = NO_NAMES;
    private int[] hashes = NO_HASHES;
    /** Null where a name was removed: its position is used once. */
    private @Nullable Inode[] nodes = NO_NODES;
    /**
     * A slot for each name, found by the low bits of its hash: the position + 1, and in the bits above those that a
     * position needs the bits of the hash, so that hardly another name is ever looked at. Null in a small table. Never
     * cleared: a name that is gone has no node.
     */
    private int @Nullable [] index;

    private int positionBits;
    /** The position of the name found or added last: a program looks for a name several times in a row. */
    private int recent;

    private int used;
    private int live;

    int size() {
        return live;
    }

    /** The inode with the name that stands in these bytes of a path; null if there is none. */
    @Nullable
    public Inode find(byte[] path, int from, int to) {
        int position = position(path, from, to);
        return position == NONE ? null : nodes[position];
    }

    /** The name that stands in these bytes of a path, not to be changed; null if it is none of the inode. */
    public byte @Nullable [] nameOf(Inode node, byte[] path, int from, int to) {
        int position = position(path, from, to);
        return position == NONE || nodes[position] != node ? null : names[position];
    }

    private int position(byte[] path, int from, int to) {
        if (recent < used && isThere(recent, path, from, to)) {
            return recent;
        }
        int position = search(path, from, to);
        if (position != NONE) {
            recent = position;
        }
        return position;
    }

    private int search(byte[] path, int from, int to) {
        int hash = Words.hash(path, from, to);
        if (index == null) {
            for (int i = 0; i < used; i++) {
                if (hashes[i] == hash && isThere(i, path, from, to)) {
                    return i;
                }
            }
            return NONE;
        }
        int mask = index.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            int entry = index[slot];
            if (entry == FREE) {
                return NONE;
            }
            int position = (entry & positionBits) - 1;
            if (((entry ^ hash) & ~positionBits) == 0 && isThere(position, path, from, to)) {
                return position;
            }
        }
    }

    private boolean isThere(int position, byte[] path, int from, int to) {
        byte[] name = names[position];
        return nodes[position] != null && Arrays.equals(name, 0, name.length, path, from, to);
    }

    /** Adds a name that is not there. */
    void put(byte[] name, Inode node) {
        if (used == names.length) {
            rebuild(Math.max(FIRST, 2 * live));
        }
        add(name, Words.hash(name, 0, name.length), node);
    }

    private void add(byte[] name, int hash, Inode node) {
        names[used] = name;
        hashes[used] = hash;
        nodes[used] = node;
        if (index != null) {
            int mask = index.length - 1;
            int slot = hash & mask;
            while (index[slot] != FREE) {
                slot = (slot + 1) & mask;
            }
            index[slot] = (hash & ~positionBits) | (used + 1);
        }
        live++;
        recent = used++;
    }

    /** Gives a name that is there another inode. */
    void replace(byte[] name, Inode node) {
        nodes[position(name, 0, name.length)] = node;
    }

    /** Removes a name that is there. */
    void remove(byte[] name) {
        int position = position(name, 0, name.length);
        nodes[position] = null;
        live--;
        if (names.length > 2 * SMALL && live < names.length >> 2) {
            rebuild(live + (live >> 1) + 1);
        }
    }

    private void rebuild(int capacity) {
        byte[][] oldNames = names;
        int[] oldHashes = hashes;
        @Nullable Inode[] oldNodes = nodes;
        int count = used;
        names = new byte[capacity][];
        hashes = new int[capacity];
        nodes = new Inode[capacity];
        index = capacity > SMALL ? new int[Integer.highestOneBit(capacity - 1) << 2] : null;
        positionBits = (Integer.highestOneBit(capacity) << 1) - 1;
        used = 0;
        live = 0;
        for (int i = 0; i < count; i++) {
            Inode node = oldNodes[i];
            if (node != null) {
                add(oldNames[i], oldHashes[i], node);
            }
        }
    }

    /** All names, oldest first: the arrays themselves, not to be changed. */
    public List<byte[]> list() {
        List<byte[]> list = new ArrayList<>(live);
        for (int i = 0; i < used; i++) {
            if (nodes[i] != null) {
                list.add(names[i]);
            }
        }
        return list;
    }

    /** All inodes, in the order of {@link #list}. */
    public List<Inode> inodes() {
        List<Inode> list = new ArrayList<>(live);
        for (int i = 0; i < used; i++) {
            Inode node = nodes[i];
            if (node != null) {
                list.add(node);
            }
        }
        return list;
    }
}
