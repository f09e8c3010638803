package com.cocalc.storage.testkit.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory. Names are looked up without a lock and changed under the monitor. */
final class DirectoryNode extends Inode {
    private static final VarHandle NAMES;
    private static final int UNLOCKED_TRIES = 16;

    static {
        try {
            NAMES = MethodHandles.lookup().findVarHandle(DirectoryNode.class, "names", Names.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What {@code ..} is; the root's is the root. Changed only while walks are excluded. */
    DirectoryNode parent;

    private Names names = Names.EMPTY;

    DirectoryNode(long ino, int mode, int uid, int gid, long now, @Nullable DirectoryNode parent) {
        super(ino, Stat.DIRECTORY | mode, uid, gid, now);
        this.nlink = 2;
        this.parent = parent == null ? this : parent;
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
    Inode find(byte[] path, int from, int to) {
        return ((Names) NAMES.getAcquire(this)).find(path, from, to);
    }

    /** As {@link #find}, but never a moment in the middle of a rename. */
    @Nullable
    Inode findAtomically(byte[] path, int from, int to) {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = version();
            Inode node = find(path, from, to);
            if (isUnchanged(before)) {
                return node;
            }
            Thread.onSpinWait();
        }
        synchronized (this) {
            return find(path, from, to);
        }
    }

    List<byte[]> list() {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = version();
            List<byte[]> list = ((Names) NAMES.getAcquire(this)).list();
            if (isUnchanged(before)) {
                return list;
            }
        }
        synchronized (this) {
            return names.list();
        }
    }

    List<Inode> inodes() {
        return ((Names) NAMES.getAcquire(this)).inodes();
    }

    void put(byte[] name, Inode node) {
        NAMES.setRelease(this, names.with(name, node));
    }

    void replace(byte[] path, int from, int to, Inode node) {
        names.replace(path, from, to, node);
    }

    void remove(byte[] path, int from, int to) {
        NAMES.setRelease(this, names.without(path, from, to));
    }

    /** Whether this is the other or lies below it. */
    boolean isWithin(DirectoryNode other) {
        DirectoryNode directory = this;
        while (directory != other) {
            if (directory.parent == directory) {
                return false;
            }
            directory = directory.parent;
        }
        return true;
    }
}
