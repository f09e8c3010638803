package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.LinkNode;
import com.cocalc.storage.rwx.disk.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of one container: its mount table and the user that acts in it. A path is what a C program would
 * pass, byte by byte. A call with {@code at} starts relative paths there; without, at the container's root.
 */
public final class Syscalls {
    public static final long UTIME_NOW = Long.MIN_VALUE;
    public static final long UTIME_OMIT = Long.MIN_VALUE + 1;

    public static final int WANT_EXECUTE = Permissions.EXECUTE;
    public static final int WANT_WRITE = Permissions.WRITE;
    public static final int WANT_READ = Permissions.READ;

    private final MountTable table;
    private final Lookup lookup;
    private final Naming naming;
    private final String description;
    private final boolean isOfTest;

    public Syscalls(MountTable table, String description) {
        this(table, description, false);
    }

    private Syscalls(MountTable table, String description, boolean isOfTest) {
        this.isOfTest = isOfTest;
        this.table = table;
        this.lookup = new Lookup(table);
        this.naming = new Naming(table);
        this.description = description;
    }

    /** Calls that are neither hooked nor recorded, take no time and do not fail by a fault. */
    static Syscalls ofTest(MountTable table, String description) {
        return new Syscalls(table, description, true);
    }

    boolean isOfTest() {
        return isOfTest;
    }

    public MountTable table() {
        return table;
    }

    public OpenFile open(@Nullable OpenFile at, byte[] path, int flags, int mode) throws ErrnoException {
        before(Operation.OPEN, at, path);
        return new Opening(this, flags, mode).open(at, path);
    }

    public void mkdir(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        before(Operation.MKDIR, at, path);
        naming.mkdir(at, path, mode);
    }

    /** mkfifoat(3). */
    public void mkfifo(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        before(Operation.MKFIFO, at, path);
        naming.mkfifo(at, path, mode);
    }

    public void rmdir(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.RMDIR, at, path);
        naming.rmdir(at, path);
    }

    public void unlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.UNLINK, at, path);
        naming.unlink(at, path);
    }

    /** renameat(2) within one container. */
    public void rename(@Nullable OpenFile at, byte[] from, @Nullable OpenFile toAt, byte[] to) throws ErrnoException {
        rename(at, from, this, toAt, to);
    }

    /**
     * renameat(2). The target, and either base, may be of another {@link Syscalls}: that is EXDEV, unless something
     * else is wrong first.
     */
    public void rename(@Nullable OpenFile at, byte[] from, Syscalls target, @Nullable OpenFile toAt, byte[] to)
            throws ErrnoException {
        before(Operation.RENAME, at, from);
        Renaming.rename(table, at, from, target.table, toAt, to);
    }

    /** linkat(2): a symbolic link at the end of {@code existing} gets a second name itself. */
    public void link(@Nullable OpenFile at, byte[] existing, @Nullable OpenFile toAt, byte[] link)
            throws ErrnoException {
        link(at, existing, this, toAt, link);
    }

    /** The same to another {@link Syscalls}, as {@link #rename(OpenFile, byte[], Syscalls, OpenFile, byte[])}. */
    public void link(@Nullable OpenFile at, byte[] existing, Syscalls target, @Nullable OpenFile toAt, byte[] link)
            throws ErrnoException {
        target.before(Operation.LINK, toAt, link);
        naming.link(at, existing, target.table, toAt, link);
    }

    public void symlink(byte[] target, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.SYMLINK, at, path);
        naming.symlink(target, at, path);
    }

    public byte[] readlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.READLINK, at, path);
        return lookup.look(at, path, false, (mount, node, now) -> {
            if (!(node instanceof LinkNode link)) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            if (!mount.isReadOnly()) {
                link.touch(now);
            }
            return link.target().clone();
        });
    }

    public Stat stat(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        before(Operation.STAT, at, path);
        return lookup.look(at, path, follow, MountPoint::stat);
    }

    /** lstat(2) for a caller that only needs the kind of the inode. */
    public boolean isDirectory(byte[] path) throws ErrnoException {
        before(Operation.STAT, null, path);
        return lookup.look(null, path, false, MountPoint::isDirectory);
    }

    /** lstat(2) without the cost of an exception where the last name is missing. */
    @Nullable
    public Stat findStat(byte[] path) throws ErrnoException {
        before(Operation.STAT, null, path);
        return lookup.findStat(path);
    }

    /** fchmodat(2): without follow, a link is EOPNOTSUPP. */
    public void chmod(@Nullable OpenFile at, byte[] path, int mode, boolean follow) throws ErrnoException {
        before(Operation.CHMOD, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            if (node instanceof LinkNode) {
                mount.requireWritable();
                throw ErrnoException.of(Errno.EOPNOTSUPP);
            }
            Attributes.chmod(mount, node, mode, now);
        });
    }

    /** fchownat(2): -1 leaves as is. */
    public void chown(@Nullable OpenFile at, byte[] path, long uid, long gid, boolean follow) throws ErrnoException {
        before(Operation.CHOWN, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            Attributes.chown(mount, node, uid, gid, now);
        });
    }

    public void truncate(@Nullable OpenFile at, byte[] path, long size) throws ErrnoException {
        before(Operation.TRUNCATE, at, path);
        if (size < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        lookup.change(at, path, true, (mount, node, now) -> {
            if (!(node instanceof FileNode file)) {
                throw ErrnoException.of(node.isDirectory() ? Errno.EISDIR : Errno.EINVAL);
            }
            Permissions.require(mount.user(), file, Permissions.WRITE);
            mount.requireWritable();
            mount.server().tree().resize(file, size, Permissions.clearedByWrite(mount.user(), file), false, now);
        });
    }

    /** utimensat(2): times in ns since 1970, or {@link #UTIME_NOW}, {@link #UTIME_OMIT}. */
    public void utimens(@Nullable OpenFile at, byte[] path, long atimeNs, long mtimeNs, boolean follow)
            throws ErrnoException {
        before(Operation.UTIMES, at, path);
        if (atimeNs == UTIME_OMIT && mtimeNs == UTIME_OMIT) {
            return;
        }
        lookup.change(at, path, follow, (mount, node, now) -> {
            Attributes.utimens(mount, node, atimeNs, mtimeNs, now);
        });
    }

    /** access(2): bits of WANT_READ, WANT_WRITE, WANT_EXECUTE, or 0 for existence. */
    public void access(@Nullable OpenFile at, byte[] path, int want) throws ErrnoException {
        before(Operation.ACCESS, at, path);
        lookup.look(at, path, true, (mount, node, now) -> {
            Permissions.require(mount.user(), node, want);
            if ((want & WANT_WRITE) != 0) {
                mount.requireWritable();
            }
            return true;
        });
    }

    /** The name includes its name space: {@code user.colour}. ENODATA if there is none. */
    public byte[] getxattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        return lookup.look(at, path, follow, (mount, node, now) -> ExtendedAttributes.get(mount.user(), node, name));
    }

    public void setxattr(@Nullable OpenFile at, byte[] path, byte[] name, byte[] value, boolean follow)
            throws ErrnoException {
        before(Operation.XATTR, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            ExtendedAttributes.set(mount, node, name, value, now);
        });
    }

    public List<byte[]> listxattr(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        return lookup.look(at, path, follow, (mount, node, now) -> ExtendedAttributes.list(node));
    }

    public void removexattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            ExtendedAttributes.remove(mount, node, name, now);
        });
    }

    public StatFs statfs(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.STATFS, at, path);
        return lookup.look(at, path, true, (mount, node, now) -> StatFs.of(mount, node));
    }

    /** Returns the user and the mount for a person: {@code 2001:2001 on projects/p1, read-only}. */
    @Override
    public String toString() {
        return description;
    }

    private void before(Operation operation, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        for (Server server : table.servers()) {
            if (server.isAsking() && table.isProbablyOn(server, at, path)) {
                server.before(operation, path, this);
            }
        }
    }
}
