package com.cocalc.storage.rwx.disk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory, link or FIFO apart from its names. Read and changed under the lock of its volume. Kept small: a
 * volume may hold millions.
 */
public abstract sealed class Inode permits DirectoryNode, FileNode, LinkNode, FifoNode {
    public static final int STICKY = 01000;
    public static final int SETGID = 02000;
    public static final int SETUID = 04000;
    public static final int GROUP_EXECUTE = 0010;
    public static final int OTHER_WRITE = 0002;

    private static final long DAY_NS = 86_400_000_000_000L;

    public final long ino;
    /** Type bits and twelve permission bits. */
    public int mode;

    public int uid;
    public int gid;
    public int nlink;
    /** Handles and mounts that keep the inode when its last name is gone. */
    public int holders;

    public long atime;
    public long mtime;
    public long ctime;
    /** The time of creation; changed only by a crash, which makes the inode anew. */
    long btime;

    /** The quota this counts against, that of the directory it was made in. */
    @Nullable
    public Quota quota;

    private @Nullable Map<String, byte[]> attributes;
    /** The names by which it is open, the newest first. */
    private @Nullable OpenName openNames;

    Inode(long ino, int mode, int uid, int gid, long now) {
        this.ino = ino;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.atime = now;
        this.mtime = now;
        this.ctime = now;
        this.btime = now;
    }

    public abstract long size();

    public final boolean isDirectory() {
        return this instanceof DirectoryNode;
    }

    public final boolean hasSetId() {
        return (mode & (SETUID | SETGID)) != 0;
    }

    public final Stat stat(long dev) {
        return new Stat(
                mode,
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                nlink,
                size(),
                ino,
                dev,
                atime,
                mtime,
                ctime,
                btime);
    }

    /** The extended attributes. */
    public final Map<String, byte[]> attributes() {
        return attributes == null ? Map.of() : attributes;
    }

    public final Map<String, byte[]> changeableAttributes() {
        if (attributes == null) {
            attributes = new LinkedHashMap<>();
        }
        return attributes;
    }

    /** The inode is open by a name, until {@link #closed}. */
    public final void opened(OpenName by) {
        by.next = openNames;
        openNames = by;
    }

    public final void closed(OpenName by) {
        OpenName before = null;
        for (OpenName open = openNames; open != by; open = open.next) {
            if (open == null) {
                return;
            }
            before = open;
        }
        if (before == null) {
            openNames = by.next;
        } else {
            before.next = by.next;
        }
    }

    /** One of its names has become another one. */
    final void renamed(DirectoryNode from, byte[] name, DirectoryNode to, byte[] newName) {
        for (OpenName open = openNames; open != null; open = open.next) {
            if (open.is(from, name)) {
                open.become(to, newName);
            }
        }
    }

    /** As relatime: a time of access older than a change or a day is renewed. */
    public final void touch(long now) {
        if (atime <= mtime || atime <= ctime || now - atime >= DAY_NS) {
            atime = now;
        }
    }
}
