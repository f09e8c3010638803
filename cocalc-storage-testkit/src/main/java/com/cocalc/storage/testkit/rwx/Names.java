package com.cocalc.storage.testkit.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of one directory: a hash table that lists in the order of insertion. One writer at a time (who holds the
 * directory's monitor), any number of readers without a lock. A position is used once: what a reader finds there is
 * right or gone. {@link #with} may answer a new table, which the directory then publishes.
 */
final class Names {
    private static final VarHandle NODES = MethodHandles.arrayElementVarHandle(Inode[].class);
    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle USED;

    /** Up to this many a scan is as fast as an index. */
    private static final int SMALL = 8;

    private static final int FIRST = 4;
    private static final int FREE = 0;

    static {
        try {
            USED = MethodHandles.lookup().findVarHandle(Names.class, "used", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static final Names EMPTY = new Names(0);

    private final byte[][] names;
    private final int[] hashes;
    private final Inode[] nodes;
    /** Position + 1 of a name, by hash; null in a small table. Never cleared: a name that is gone has no node. */
    private final int @Nullable [] index;

    private int used;
    private int live;

    private Names(int capacity) {
        names = new byte[capacity][];
        hashes = new int[capacity];
        nodes = new Inode[capacity];
        index = capacity > SMALL ? new int[Integer.highestOneBit(capacity - 1) << 2] : null;
    }

    static int hash(byte[] path, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + path[i];
        }
        return hash * 0x9E3779B9 ^ hash >>> 15;
    }

    int size() {
        return live;
    }

    @Nullable
    Inode find(byte[] path, int from, int to) {
        int position = position(path, from, to, hash(path, from, to));
        return position < 0 ? null : (Inode) NODES.getAcquire(nodes, position);
    }

    private int position(byte[] path, int from, int to, int hash) {
        if (index == null) {
            int count = (int) USED.getAcquire(this);
            for (int i = 0; i < count; i++) {
                if (hashes[i] == hash && isThere(i, path, from, to)) {
                    return i;
                }
            }
            return -1;
        }
        int mask = index.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            int entry = (int) INDEX.getAcquire(index, slot);
            if (entry == FREE) {
                return -1;
            }
            if (hashes[entry - 1] == hash && isThere(entry - 1, path, from, to)) {
                return entry - 1;
            }
        }
    }

    private boolean isThere(int position, byte[] path, int from, int to) {
        byte[] name = names[position];
        return NODES.getAcquire(nodes, position) != null && Arrays.equals(name, 0, name.length, path, from, to);
    }

    /** The table with a name more, which must not be there yet: this one, or a larger one. */
    Names with(byte[] name, Inode node) {
        if (used == names.length) {
            Names larger = copy(Math.max(FIRST, live + (live >> 1) + 1));
            larger.add(name, hash(name, 0, name.length), node);
            return larger;
        }
        add(name, hash(name, 0, name.length), node);
        return this;
    }

    private void add(byte[] name, int hash, Inode node) {
        int position = used;
        names[position] = name;
        hashes[position] = hash;
        NODES.setRelease(nodes, position, node);
        if (index != null) {
            int mask = index.length - 1;
            int slot = hash & mask;
            while (index[slot] != FREE) {
                slot = slot + 1 & mask;
            }
            INDEX.setRelease(index, slot, position + 1);
        }
        live++;
        USED.setRelease(this, position + 1);
    }

    /** Gives an existing name another inode. */
    void replace(byte[] path, int from, int to, Inode node) {
        NODES.setRelease(nodes, position(path, from, to, hash(path, from, to)), node);
    }

    /** The table with an existing name less: this one, or a smaller one. */
    Names without(byte[] path, int from, int to) {
        NODES.setRelease(nodes, position(path, from, to, hash(path, from, to)), (Inode) null);
        live--;
        if (live == 0) {
            return EMPTY;
        }
        return names.length > 2 * SMALL && live < names.length >> 2 ? copy(live + (live >> 1) + 1) : this;
    }

    private Names copy(int capacity) {
        Names copy = new Names(capacity);
        for (int i = 0; i < used; i++) {
            Inode node = nodes[i];
            if (node != null) {
                copy.add(names[i], hashes[i], node);
            }
        }
        return copy;
    }

    /** All names, oldest first: the arrays themselves, not to be changed. */
    List<byte[]> list() {
        int count = (int) USED.getAcquire(this);
        List<byte[]> list = new ArrayList<>(live);
        for (int i = 0; i < count; i++) {
            if (NODES.getAcquire(nodes, i) != null) {
                list.add(names[i]);
            }
        }
        return list;
    }

    /** All inodes, in the order of {@link #list}; stable only while nobody writes. */
    List<Inode> inodes() {
        List<Inode> list = new ArrayList<>(live);
        for (int i = 0; i < used; i++) {
            if (nodes[i] != null) {
                list.add(nodes[i]);
            }
        }
        return list;
    }
}
