package com.cocalc.storage.testkit.rwx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of one container: its mount table and the user who acts in it. A path is what a C program would
 * pass, byte by byte. A call with {@code at} starts relative paths there; without, at the container's root.
 */
final class Syscalls {
    static final long UTIME_NOW = Long.MIN_VALUE;
    static final long UTIME_OMIT = Long.MIN_VALUE + 1;

    static final int WANT_EXECUTE = 1;
    static final int WANT_WRITE = 2;
    static final int WANT_READ = 4;

    Syscalls() {}

    OpenFile open(@Nullable OpenFile at, byte[] path, int flags, int mode) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void mkdir(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void rmdir(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void unlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** renameat(2). Either base may be of another {@link Syscalls}: that is EXDEV, unless something else is wrong first. */
    void rename(@Nullable OpenFile at, byte[] from, @Nullable OpenFile toAt, byte[] to) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** linkat(2): a symbolic link at the end of {@code existing} gets a second name itself. */
    void link(@Nullable OpenFile at, byte[] existing, @Nullable OpenFile toAt, byte[] link) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void symlink(byte[] target, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    byte[] readlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    Stat stat(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fchmodat(2): without follow, a link is EOPNOTSUPP. */
    void chmod(@Nullable OpenFile at, byte[] path, int mode, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fchownat(2): -1 leaves as is. */
    void chown(@Nullable OpenFile at, byte[] path, long uid, long gid, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void truncate(@Nullable OpenFile at, byte[] path, long size) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** utimensat(2): times in ns since 1970, or {@link #UTIME_NOW}, {@link #UTIME_OMIT}. */
    void utimens(@Nullable OpenFile at, byte[] path, long atimeNs, long mtimeNs, boolean follow)
            throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** access(2): bits of WANT_READ, WANT_WRITE, WANT_EXECUTE, or 0 for existence. */
    void access(@Nullable OpenFile at, byte[] path, int want) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** The name includes its name space: {@code user.colour}. ENODATA if there is none. */
    byte[] getxattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void setxattr(@Nullable OpenFile at, byte[] path, byte[] name, byte[] value, boolean follow)
            throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    List<byte[]> listxattr(@Nullable OpenFile at, byte[] path, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void removexattr(@Nullable OpenFile at, byte[] path, byte[] name, boolean follow) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    StatFs statfs(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** realpath(3): absolute inside this container, links resolved. */
    byte[] realpath(byte[] path) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** Who and what, for people: {@code 2001:2001 on projects/p1 (read-only)}. */
    @Override
    public String toString() {
        return "syscalls";
    }
}
