package com.cocalc.storage.rwx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or link apart from its names. Whoever changes one holds its monitor and stands between
 * {@link #beginChange} and {@link #endChange}; whoever reads takes no lock, looks at the version before and after, and
 * tries again. Kept small: a volume may hold millions.
 */
abstract sealed class Inode permits NamedInodes, FileNode, LinkNode {
    static final int STICKY = 01000;
    static final int SETGID = 02000;
    static final int SETUID = 04000;
    static final int GROUP_EXECUTE = 0010;
    static final int OTHER_WRITE = 0002;

    private static final VarHandle VERSION = field("version");
    private static final int UNLOCKED_TRIES = 16;

    final long ino;
    /** Type bits and twelve permission bits. */
    int mode;

    int uid;
    int gid;
    int nlink;
    /** Handles and mounts that keep the inode when its last name is gone. */
    int holders;

    private int version;

    long atime;
    long mtime;
    long ctime;
    /** When it was made; changed by nobody but a crash, which makes it anew. */
    long btime;
    /** The quota this counts against, that of the directory it was made in. */
    @Nullable
    Quota quota;

    private @Nullable Map<String, byte[]> attributes;

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

    abstract long size();

    final boolean isDirectory() {
        return this instanceof DirectoryNode;
    }

    final boolean hasSetId() {
        return (mode & (SETUID | SETGID)) != 0;
    }

    /** Starts a change: the monitor must be held. Readers wait (or take the monitor) until {@link #endChange}. */
    final void beginChange() {
        VERSION.setOpaque(this, version + 1);
        VarHandle.storeStoreFence();
    }

    final void endChange() {
        VERSION.setRelease(this, version + 1);
    }

    /** The version for {@link #isUnchanged}; odd while somebody changes it. */
    final int version() {
        return (int) VERSION.getAcquire(this);
    }

    final boolean isUnchanged(int since) {
        VarHandle.acquireFence();
        return (since & 1) == 0 && (int) VERSION.getOpaque(this) == since;
    }

    /** All attributes of one moment. */
    final Stat stat(long dev) {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = version();
            Stat stat = statNow(dev);
            if (isUnchanged(before)) {
                return stat;
            }
            Thread.onSpinWait();
        }
        synchronized (this) {
            return statNow(dev);
        }
    }

    private Stat statNow(long dev) {
        return new Stat(
                mode,
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                nlink,
                version,
                size(),
                ino,
                dev,
                atime,
                mtime,
                ctime,
                btime);
    }

    /** The extended attributes, to be read and changed under the monitor. */
    final Map<String, byte[]> attributes() {
        return attributes == null ? Map.of() : attributes;
    }

    final Map<String, byte[]> changeableAttributes() {
        if (attributes == null) {
            attributes = new LinkedHashMap<>();
        }
        return attributes;
    }

    /** As relatime: a time of access older than a change or a day is renewed. */
    final void touch(long now) {
        if (isTouchDue(now)) {
            synchronized (this) {
                atime = now;
            }
        }
    }

    private boolean isTouchDue(long now) {
        long day = 86_400_000_000_000L;
        return atime <= mtime || atime <= ctime || now - atime >= day;
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Inode.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
