package com.cocalc.storage.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a directory does. Names are looked up without a lock and changed under the monitor. */
abstract sealed class NamedInodes extends Inode permits DirectoryNode {
    private static final VarHandle NAMES;
    private static final int UNLOCKED_TRIES = 16;

    static {
        try {
            NAMES = MethodHandles.lookup().findVarHandle(NamedInodes.class, "names", Names.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What {@code ..} is; the root's is the root. Changed only while walks are excluded. */
    DirectoryNode parent;

    private Names names = Names.EMPTY;

    NamedInodes(long ino, int mode, int uid, int gid, long now, @Nullable DirectoryNode parent) {
        super(ino, Stat.DIRECTORY | mode, uid, gid, now);
        this.nlink = 2;
        this.parent = parent == null ? (DirectoryNode) this : parent;
    }

    @Override
    long size() {
        return 20L * (names.size() + 2);
    }

    boolean isRemoved() {
        return nlink == 0;
    }

    boolean isEmpty() {
        return names.size() == 0;
    }

    /** The inode of a name at some moment of this call. */
    @Nullable
    Inode find(byte[] name) {
        return names().find(name, 0, name.length, Words.hash(name, 0, name.length));
    }

    /**
     * All names as of some moment of this call. Whoever holds the monitor may change them until he puts another name.
     */
    Names names() {
        return (Names) NAMES.getAcquire(this);
    }

    List<byte[]> list() {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = version();
            List<byte[]> list = names().list();
            if (isUnchanged(before)) {
                return list;
            }
        }
        synchronized (this) {
            return names.list();
        }
    }

    List<Inode> inodes() {
        return names().inodes();
    }

    /** Adds a name that is not there. */
    void put(byte[] name, Inode node) {
        put(name, Words.hash(name, 0, name.length), node);
    }

    void put(byte[] name, int hash, Inode node) {
        publish(names.with(name, hash, node));
    }

    /** Gives the name at a position of {@link #names} another inode. */
    void replace(int position, Inode node) {
        names.replace(position, node);
    }

    /** Removes the name at a position of {@link #names}. */
    void remove(int position) {
        publish(names.without(position));
    }

    /** A table that was here already has published its change itself. */
    private void publish(Names table) {
        if (table != names) {
            NAMES.setRelease(this, table);
        }
    }

    /** Whether this is the other or lies below it. */
    boolean isWithin(DirectoryNode other) {
        NamedInodes directory = this;
        while (directory != other) {
            if (directory.parent == directory) {
                return false;
            }
            directory = directory.parent;
        }
        return true;
    }
}
