package com.cocalc.storage.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of one directory: a hash table that lists in the order of insertion. One writer at a time (who holds the
 * directory's monitor), any number of readers without a lock. A position is used once: what a reader finds there is
 * right or gone. {@link #with} and {@link #without} may answer a new table, which the directory then publishes.
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

    /** Room behind the nodes where directories are among them: in memory one often lies behind this table. */
    private static final int MARGIN = Lane.REFERENCES;

    static final Names EMPTY = new Names(0, 0);
    static final int NONE = -1;

    private final byte[][] names;
    private final int[] hashes;
    private final Inode[] nodes;

    /**
     * A slot for each name, found by the low bits of its hash: the position + 1, and in the bits above those that a
     * position needs the bits of the hash, so that hardly another name is ever looked at. Null in a small table. Never
     * cleared: a name that is gone has no node.
     */
    private final int @Nullable [] index;

    private final int positionBits;

    private int used;
    private int live;

    private Names(int capacity, int margin) {
        names = new byte[capacity][];
        hashes = new int[capacity];
        nodes = new Inode[capacity + margin];
        index = capacity > SMALL ? new int[Integer.highestOneBit(capacity - 1) << 2] : null;
        positionBits = (Integer.highestOneBit(capacity) << 1) - 1;
    }

    int size() {
        return live;
    }

    @Nullable
    Inode find(byte[] path, int from, int to, int hash) {
        int position = position(path, from, to, hash);
        return position == NONE ? null : node(position);
    }

    /** The inode at a position that was found; null if the name has gone since. */
    @Nullable
    Inode node(int position) {
        return (Inode) NODES.getAcquire(nodes, position);
    }

    /** Where a name is, or {@link #NONE}. */
    int position(byte[] path, int from, int to, int hash) {
        if (index == null) {
            int count = (int) USED.getAcquire(this);
            for (int i = 0; i < count; i++) {
                if (hashes[i] == hash && isThere(i, path, from, to)) {
                    return i;
                }
            }
            return NONE;
        }
        int mask = index.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            int entry = (int) INDEX.getAcquire(index, slot);
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
        return NODES.getAcquire(nodes, position) != null && Arrays.equals(name, 0, name.length, path, from, to);
    }

    /** The table with a name more, which must not be there yet: this one, or a larger one. */
    Names with(byte[] name, int hash, Inode node) {
        int wanted = node instanceof DirectoryNode ? MARGIN : margin();
        Names table = used < names.length && margin() == wanted
                ? this
                : copy(Math.max(FIRST, live + (live >> 1) + 1), wanted);
        table.add(name, hash, node);
        return table;
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
                slot = (slot + 1) & mask;
            }
            INDEX.setRelease(index, slot, (hash & ~positionBits) | (position + 1));
        }
        live++;
        USED.setRelease(this, position + 1);
    }

    /** Gives the name at a position another inode. */
    void replace(int position, Inode node) {
        NODES.setRelease(nodes, position, node);
    }

    /** The table without the name at a position: this one, or a smaller one. */
    Names without(int position) {
        NODES.setRelease(nodes, position, (Inode) null);
        live--;
        return names.length > 2 * SMALL && live < names.length >> 2 ? copy(live + (live >> 1) + 1, margin()) : this;
    }

    private int margin() {
        return nodes.length - names.length;
    }

    private Names copy(int capacity, int margin) {
        Names copy = new Names(capacity, margin);
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
