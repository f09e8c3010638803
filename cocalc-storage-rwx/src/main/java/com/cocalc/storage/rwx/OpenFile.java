package com.cocalc.storage.rwx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An open file description: what open(2) gives. Safe for use by many threads; it has no position of its own. */
final class OpenFile extends OpenInode {
    /** What came in the way of writing behind, to be told once. */
    private final AtomicReference<@Nullable Errno> postponed;

    /** The inode counts this handle among its holders already. */
    OpenFile(Syscalls system, MountPoint mount, Inode node, int flags, byte[] path) {
        super(system, mount, node, flags, path);
        this.postponed = new AtomicReference<>();
    }

    private OpenFile(Syscalls system, OpenFile shared) {
        super(system, shared);
        this.postponed = shared.postponed;
    }

    /** The same description in the hands of another user, as after passing it to another process. */
    OpenFile usedBy(Syscalls other) {
        return new OpenFile(other, this);
    }

    boolean isReadable() {
        return has(OpenFlags.READ) && !has(OpenFlags.NO_DATA);
    }

    boolean isWritable() {
        return has(OpenFlags.WRITE) && !has(OpenFlags.NO_DATA);
    }

    boolean isAppending() {
        return has(OpenFlags.APPEND);
    }

    /** pread(2): returns the number of bytes read, -1 at the end of the file (0 if dst has no room). */
    int read(ByteBuffer dst, long position) throws ErrnoException {
        long now = start(Operation.READ);
        if (!isReadable()) {
            throw Errno.EBADF.exception();
        }
        requireRange(dst, position);
        if (!(node instanceof FileNode file)) {
            throw Errno.EISDIR.exception();
        }
        requireByServer(Permissions.READ);
        int count = file.read(dst, position);
        requireStillOpen();
        touch(now);
        return count;
    }

    /**
     * pwrite(2), or with APPEND a write at the end: returns the bytes written, which are fewer when the volume fills
     * up.
     */
    int write(ByteBuffer src, long position) throws ErrnoException {
        long now = start(Operation.WRITE);
        FileNode file = requireForWriting();
        requireRange(src, position);
        synchronized (file) {
            long start = isAppending() ? end(file, now) : position;
            requireByServer(Permissions.WRITE);
            requireStillOpen();
            return write(file, src, start, now);
        }
    }

    /** A write at the end, atomically: returns the position behind what was written. */
    long append(ByteBuffer src) throws ErrnoException {
        return append(src, 0);
    }

    /** The same from a position that does not matter, but has to leave room for as many bytes. */
    long append(ByteBuffer src, long position) throws ErrnoException {
        long now = start(Operation.WRITE);
        FileNode file = requireForWriting();
        requireRange(src, position);
        synchronized (file) {
            long end = end(file, now);
            requireByServer(Permissions.WRITE);
            requireStillOpen();
            return end + write(file, src, end, now);
        }
    }

    /** Where appended bytes go. NFS knows no append: a client writes to where it believes the end to be. */
    private long end(FileNode file, long now) {
        return mount.nfs() == null ? file.size() : mount.stat(file, now).size();
    }

    private int write(FileNode file, ByteBuffer src, long position, long now) throws ErrnoException {
        int count = mount.nfs() == null
                ? Contents.write(mount, mount.user(), file, src, position, now)
                : writeBehind(file, src, position, now);
        mount.learn(file, now);
        if (has(OpenFlags.SYNC | OpenFlags.DSYNC)) {
            requireWrittenBehind();
            mount.server().force(file, has(OpenFlags.SYNC));
        }
        return count;
    }

    private int writeBehind(FileNode file, ByteBuffer src, long position, long now) throws ErrnoException {
        int start = src.position();
        try {
            long next = position;
            do {
                next += Contents.write(mount, mount.user(), file, src, next, now);
            } while (src.hasRemaining() && next < Long.MAX_VALUE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOSPC && e.errno() != Errno.EDQUOT) {
                throw e;
            }
            // A client takes all that it is given and asks the server later, which then is a matter of force or close.
            postponed.compareAndSet(null, e.errno());
            src.position(src.limit());
        }
        return src.position() - start;
    }

    private void requireWrittenBehind() throws ErrnoException {
        Errno errno = postponed.getAndSet(null);
        if (errno != null) {
            throw errno.exception();
        }
    }

    /** ftruncate(2). */
    void truncate(long size) throws ErrnoException {
        long now = start(Operation.TRUNCATE);
        if (size < 0 || !isWritable() || !(node instanceof FileNode file)) {
            throw Errno.EINVAL.exception();
        }
        requireByServer(Permissions.WRITE);
        synchronized (file) {
            Contents.resize(mount, mount.user(), file, size, now, true);
        }
    }

    /** fsync(2), or fdatasync(2) without metaData. On a directory: forces its names. */
    void fsync(boolean metaData) throws ErrnoException {
        start(Operation.FORCE);
        requireWrittenBehind();
        mount.server().force(node, metaData);
    }

    /** The names as of now without . and .., oldest first. ENOTDIR for anything but a directory. */
    List<byte[]> readdir() throws ErrnoException {
        long now = start(Operation.LIST);
        if (!(node instanceof DirectoryNode directory)) {
            throw Errno.ENOTDIR.exception();
        }
        if (!isReadable()) {
            throw Errno.EBADF.exception();
        }
        mount.forget(directory);
        List<byte[]> names = directory.list();
        touch(now);
        return names;
    }

    /**
     * fcntl(F_SETLK): false if another owner (another {@link Syscalls}) holds a lock in the way. size 0 is "to the
     * end".
     */
    boolean tryLock(long position, long size, boolean shared) throws ErrnoException {
        requireLockable(position, size, shared);
        return mount.server().locks().tryLock(node, system, position, size, shared);
    }

    /** fcntl(F_SETLKW): waits, and can be interrupted. False if it was closed meanwhile. */
    boolean lock(long position, long size, boolean shared) throws ErrnoException, InterruptedException {
        requireLockable(position, size, shared);
        return mount.server().locks().lock(node, system, position, size, shared, () -> isOpen() && !isStale());
    }

    void unlock(long position, long size) throws ErrnoException {
        start(Operation.LOCK);
        mount.server().locks().unlock(node, system, position, size);
    }

    /** close(2): also releases all locks of this owner on the file. Closing twice does nothing. */
    void close() throws ErrnoException {
        if (!markClosed()) {
            return;
        }
        try {
            mount.server().before(Operation.CLOSE, path(), system);
        } finally {
            release();
        }
        if (!mount.server().isGone()) {
            requireWrittenBehind();
        }
    }

    /** Closing may have taken the contents away in the meantime. */
    private void requireStillOpen() throws ErrnoException {
        if (!isOpen()) {
            throw Errno.EBADF.exception();
        }
    }

    private void requireLockable(long position, long size, boolean shared) throws ErrnoException {
        start(Operation.LOCK);
        if (position < 0 || size < 0 || position + size < 0) {
            throw Errno.EINVAL.exception();
        }
        if (shared ? !isReadable() : !isWritable()) {
            throw Errno.EBADF.exception();
        }
    }

    /** No read or write may reach beyond the largest offset, whatever the size of the file. */
    private static void requireRange(ByteBuffer buffer, long position) throws ErrnoException {
        if (position < 0 || position + buffer.remaining() < 0) {
            throw Errno.EINVAL.exception();
        }
    }

    private FileNode requireForWriting() throws ErrnoException {
        if (!isWritable() || !(node instanceof FileNode file)) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    /**
     * NFS has no open files: the server looks at each request, but lets the owner pass, so that handles outlive a
     * chmod.
     */
    private void requireByServer(int want) throws ErrnoException {
        if (want == Permissions.WRITE) {
            mount.forget(node);
        }
        if (mount.nfs() != null && node.uid != mount.user().uid) {
            Permissions.require(mount.user(), node, want);
        }
    }
}
