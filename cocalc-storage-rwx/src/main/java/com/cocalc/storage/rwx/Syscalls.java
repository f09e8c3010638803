package com.cocalc.storage.rwx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of one container: its mount table and the user who acts in it. A path is what a C program would
 * pass, byte by byte. A call with {@code at} starts relative paths there; without, at the container's root.
 */
final class Syscalls {
    static final long UTIME_NOW = Long.MIN_VALUE;
    static final long UTIME_OMIT = Long.MIN_VALUE + 1;

    static final int WANT_EXECUTE = Permissions.EXECUTE;
    static final int WANT_WRITE = Permissions.WRITE;
    static final int WANT_READ = Permissions.READ;

    private final MountTable table;
    private final DirectLookup direct;
    private final Lookup lookup;
    private final Naming naming;
    private final Shortcut shortcut;
    private final String description;
    private final boolean isOfTest;

    Syscalls(MountTable table, String description) {
        this(table, description, false);
    }

    private Syscalls(MountTable table, String description, boolean isOfTest) {
        this.isOfTest = isOfTest;
        this.table = table;
        this.direct = new DirectLookup(table);
        this.lookup = new Lookup(table, direct);
        this.naming = new Naming(table);
        this.shortcut = new Shortcut(table);
        this.description = description;
    }

    /** Calls that are neither hooked nor recorded, take no time and do not fail by a fault. */
    static Syscalls ofTest(MountTable table, String description) {
        return new Syscalls(table, description, true);
    }

    boolean isOfTest() {
        return isOfTest;
    }

    MountTable table() {
        return table;
    }

    /** Several of these calls in one. */
    Shortcut shortcut() {
        return shortcut;
    }

    /** Single calls without a walk. */
    DirectLookup direct() {
        return direct;
    }

    OpenFile open(@Nullable OpenFile at, byte[] path, int flags, int mode) throws ErrnoException {
        before(Operation.OPEN, at, path);
        return new Opening(this, flags, mode).open(at, path);
    }

    void mkdir(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        before(Operation.MKDIR, at, path);
        naming.mkdir(at, path, mode);
    }

    void rmdir(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.RMDIR, at, path);
        naming.rmdir(at, path);
    }

    void unlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.UNLINK, at, path);
        naming.unlink(at, path);
    }

    /**
     * renameat(2). Either base may be of another {@link Syscalls}: that is EXDEV, unless something else is wrong first.
     */
    void rename(@Nullable OpenFile at, byte[] from, @Nullable OpenFile toAt, byte[] to) throws ErrnoException {
        before(Operation.RENAME, at, from);
        Renaming.rename(table, at, from, toAt, to);
    }

    /** linkat(2): a symbolic link at the end of {@code existing} gets a second name itself. */
    void link(@Nullable OpenFile at, byte[] existing, @Nullable OpenFile toAt, byte[] link) throws ErrnoException {
        before(Operation.LINK, toAt, link);
        naming.link(at, existing, toAt, link);
    }

    void symlink(byte[] target, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.SYMLINK, at, path);
        naming.symlink(target, at, path);
    }

    byte[] readlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.READLINK, at, path);
        return lookup.look(at, path, false, (mount, node, now) -> {
            if (!(node instanceof LinkNode link)) {
                throw Errno.EINVAL.exception();
            }
            if (!mount.isReadOnly()) {
                link.touch(now);
            }
            return link.target().clone();
        });
    }

    Stat stat(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        before(Operation.STAT, at, path);
        return lookup.look(at, path, follow, MountPoint::stat);
    }

    /** lstat(2) for one who only asks what it is. */
    boolean isDirectory(byte[] path) throws ErrnoException {
        before(Operation.STAT, null, path);
        return lookup.look(null, path, false, MountPoint::isDirectory);
    }

    /** lstat(2) for one who expects that the last name may be missing, and then does not want to pay for an error. */
    @Nullable
    Stat findStat(byte[] path) throws ErrnoException {
        before(Operation.STAT, null, path);
        return lookup.findStat(path);
    }

    /** fchmodat(2): without follow, a link is EOPNOTSUPP. */
    void chmod(@Nullable OpenFile at, byte[] path, int mode, boolean follow) throws ErrnoException {
        before(Operation.CHMOD, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            if (node instanceof LinkNode) {
                mount.requireWritable();
                throw Errno.EOPNOTSUPP.exception();
            }
            Attributes.chmod(mount, mount.user(), node, mode, now);
            return true;
        });
    }

    /** fchownat(2): -1 leaves as is. */
    void chown(@Nullable OpenFile at, byte[] path, long uid, long gid, boolean follow) throws ErrnoException {
        before(Operation.CHOWN, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            Attributes.chown(mount, mount.user(), node, uid, gid, now);
            return true;
        });
    }

    void truncate(@Nullable OpenFile at, byte[] path, long size) throws ErrnoException {
        before(Operation.TRUNCATE, at, path);
        if (size < 0) {
            throw Errno.EINVAL.exception();
        }
        lookup.change(at, path, true, (mount, node, now) -> {
            if (!(node instanceof FileNode file)) {
                throw Errno.EISDIR.exception();
            }
            Permissions.require(mount.user(), file, Permissions.WRITE);
            mount.requireWritable();
            Contents.resize(mount, mount.user(), file, size, now, false);
            return true;
        });
    }

    /** utimensat(2): times in ns since 1970, or {@link #UTIME_NOW}, {@link #UTIME_OMIT}. */
    void utimens(@Nullable OpenFile at, byte[] path, long atimeNs, long mtimeNs, boolean follow) throws ErrnoException {
        before(Operation.UTIMES, at, path);
        if (atimeNs == UTIME_OMIT && mtimeNs == UTIME_OMIT) {
            return;
        }
        lookup.change(at, path, follow, (mount, node, now) -> {
            Attributes.utimens(mount, mount.user(), node, atimeNs, mtimeNs, now);
            return true;
        });
    }

    /** access(2): bits of WANT_READ, WANT_WRITE, WANT_EXECUTE, or 0 for existence. */
    void access(@Nullable OpenFile at, byte[] path, int want) throws ErrnoException {
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
    byte[] getxattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        return lookup.look(at, path, follow, (mount, node, now) -> ExtendedAttributes.get(mount.user(), node, name));
    }

    void setxattr(@Nullable OpenFile at, byte[] path, byte[] name, byte[] value, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            ExtendedAttributes.set(mount, mount.user(), node, name, value, now);
            return true;
        });
    }

    List<byte[]> listxattr(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        return lookup.look(at, path, follow, (mount, node, now) -> ExtendedAttributes.list(node));
    }

    void removexattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        before(Operation.XATTR, at, path);
        lookup.change(at, path, follow, (mount, node, now) -> {
            ExtendedAttributes.remove(mount, mount.user(), node, name, now);
            return true;
        });
    }

    StatFs statfs(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        before(Operation.STATFS, at, path);
        return lookup.look(at, path, true, (mount, node, now) -> StatFs.of(mount, node));
    }

    /** Who and what, for people: {@code 2001:2001 on projects/p1, read-only}. */
    @Override
    public String toString() {
        return description;
    }

    private void before(Operation operation, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        for (Server server : table.servers()) {
            if (server.isIntercepted() && table.isProbablyOn(server, at, path)) {
                server.before(operation, path, this);
            }
        }
    }
}
