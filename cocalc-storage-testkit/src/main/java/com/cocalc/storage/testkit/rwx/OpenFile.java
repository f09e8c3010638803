package com.cocalc.storage.testkit.rwx;

import java.nio.ByteBuffer;
import java.util.List;

/** An open file description: what open(2) gives. Safe for use by many threads; it has no position of its own. */
final class OpenFile {
    boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    boolean isReadable() {
        throw new UnsupportedOperationException();
    }

    boolean isWritable() {
        throw new UnsupportedOperationException();
    }

    boolean isAppending() {
        throw new UnsupportedOperationException();
    }

    /** pread(2): returns the number of bytes read, -1 at the end of the file (0 if dst has no room). */
    int read(ByteBuffer dst, long position) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** pwrite(2), or with APPEND a write at the end: returns the bytes written, which are fewer when the volume fills up. */
    int write(ByteBuffer src, long position) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** A write at the end, atomically: returns the position behind what was written. */
    long append(ByteBuffer src) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** ftruncate(2). */
    void truncate(long size) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fsync(2), or fdatasync(2) without metaData. On a directory: forces its names. */
    void fsync(boolean metaData) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fstat(2). */
    Stat stat() throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    long size() throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void chmod(int mode) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fchown(2): -1 leaves as is. */
    void chown(long uid, long gid) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** futimens(3): times in ns since 1970, or {@link Syscalls#UTIME_NOW}, {@link Syscalls#UTIME_OMIT}. */
    void utimens(long atimeNs, long mtimeNs) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    byte[] getxattr(byte[] name) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void setxattr(byte[] name, byte[] value) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    List<byte[]> listxattr() throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    void removexattr(byte[] name) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** The names as of now without . and .., oldest first. ENOTDIR for anything but a directory. */
    List<byte[]> readdir() throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fcntl(F_SETLK): false if another owner (another {@link Syscalls}) holds a lock in the way. size 0 is "to the end". */
    boolean tryLock(long position, long size, boolean shared) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** fcntl(F_SETLKW): waits, and can be interrupted. */
    void lock(long position, long size, boolean shared) throws ErrnoException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    void unlock(long position, long size) throws ErrnoException {
        throw new UnsupportedOperationException();
    }

    /** close(2): also releases all locks of this owner on the file. Closing twice does nothing. */
    void close() throws ErrnoException {
        throw new UnsupportedOperationException();
    }
}
