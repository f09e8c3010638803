package com.cocalc.storage.rwx.disk;

import org.jspecify.annotations.Nullable;

/** A directory. */
public final class DirectoryNode extends Inode {
    private static final long BYTES_OF_NAME = 20;

    private final Names names = new Names();
    /** What {@code ..} is; the root's is the root. */
    public DirectoryNode parent;

    public DirectoryNode(long ino, int mode, int uid, int gid, long now, @Nullable DirectoryNode parent) {
        super(ino, Stat.DIRECTORY | mode, uid, gid, now);
        this.nlink = 2;
        this.parent = parent == null ? this : parent;
    }

    /** As tmpfs counts it. */
    @Override
    public long size() {
        return BYTES_OF_NAME * (names.size() + 2);
    }

    public boolean isRemoved() {
        return nlink == 0;
    }

    public boolean isEmpty() {
        return names.size() == 0;
    }

    public Names names() {
        return names;
    }

    @Nullable
    public Inode find(byte[] name) {
        return names.find(name, 0, name.length);
    }

    /** Whether this is the other or lies below it. */
    public boolean isWithin(DirectoryNode other) {
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
