package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Stat;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open file in the hands of one user, as open(2) returns it. Safe for use by many threads; it has no position of its
 * own.
 */
public final class OpenFile {
    private final Syscalls system;
    private final MountPoint mount;
    private final OpenDescription description;
    private final Inode node;

    private OpenFile(Syscalls system, MountPoint mount, OpenDescription description) {
        this.system = system;
        this.mount = mount;
        this.description = description;
        this.node = description.node;
    }

    /** Opens an inode that already counts this handle among its holders, while the lock of the volume is held. */
    static OpenFile open(Syscalls system, MountPoint mount, OpenDescription description) {
        OpenHandles handles = mount.server().handles();
        if (handles != null) {
            handles.opened(description, description.path, system);
        }
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.opened(description.node);
        }
        return new OpenFile(system, mount, description);
    }

    /** The same description in the hands of another user, as after passing it to another process. */
    public OpenFile usedBy(Syscalls other) {
        return new OpenFile(other, mount.usedBy(other.table().root().user()), description);
    }

    MountPoint mount() {
        return mount;
    }

    MountTable table() {
        return system.table();
    }

    private Server server() {
        return mount.server();
    }

    Inode nodeAsBase() throws ErrnoException {
        description.requireOpen();
        return node;
    }

    boolean isReadable() {
        return description.isReadable();
    }

    boolean isWritable() {
        return description.isWritable();
    }

    /** Whether it has positions: a FIFO has none. */
    public boolean isSeekable() {
        return !description.isPipe();
    }

    public boolean isAppending() {
        return description.has(OpenFlags.APPEND);
    }

    /** What is done with it while the lock of its volume is held. */
    @FunctionalInterface
    private interface Use<R extends @Nullable Object> {
        R use(long now) throws ErrnoException;
    }

    private <R extends @Nullable Object> R perform(Operation operation, Use<R> use) throws ErrnoException {
        description.requireNotClosed();
        if (server().isAsking()) {
            server().before(operation, description.path, system);
        }
        server().lock().lock();
        try {
            description.requireOpen();
            return use.use(system.table().tick());
        } finally {
            server().lock().unlock();
        }
    }

    /** After this an interrupt no longer ends a wait in {@link #read} or {@link #write} of a FIFO. */
    public void ignoreInterrupts() {
        description.ignoreInterrupts();
    }

    /** After opening a FIFO: waits until its other end is open. */
    void awaitPartner() throws ErrnoException {
        boolean isDone = false;
        try {
            description.awaitPartner();
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
    }

    /** pread(2): returns the number of bytes read, -1 at the end of the file (0 if dst has no room). */
    public int read(ByteBuffer dst, long position) throws ErrnoException {
        return perform(Operation.READ, now -> {
            description.requireReadable();
            if (description.isPipe()) {
                throw ErrnoException.of(Errno.ESPIPE);
            }
            return read(dst, position, now);
        });
    }

    /** read(2) by a caller that keeps the position itself. A FIFO has no position. */
    public int readNext(ByteBuffer dst, long position) throws ErrnoException {
        return perform(Operation.READ, now -> {
            description.requireReadable();
            return description.isPipe() ? readPipe(dst, now) : read(dst, position, now);
        });
    }

    private int read(ByteBuffer dst, long position, long now) throws ErrnoException {
        requireRange(dst, position);
        if (!(node instanceof FileNode file)) {
            throw ErrnoException.of(Errno.EISDIR);
        }
        requireByServer(Permissions.READ);
        int count = file.read(dst, position);
        touch(now);
        return count;
    }

    private int readPipe(ByteBuffer dst, long now) throws ErrnoException {
        int count = description.readPipe(dst);
        if (count > 0) {
            touch(now);
        }
        return count;
    }

    /**
     * pwrite(2), or with APPEND a write at the end: returns the bytes written, which are fewer when the volume fills
     * up.
     */
    public int write(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            description.requireWritable();
            if (description.isPipe()) {
                throw ErrnoException.of(Errno.ESPIPE);
            }
            requireRange(src, position);
            return write(src, position, isAppending(), now);
        });
    }

    /** write(2) by a caller that keeps the position itself. A FIFO has no position. */
    public int writeNext(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            description.requireWritable();
            if (description.isPipe()) {
                return writePipe(src, now);
            }
            requireRange(src, position);
            return write(src, position, isAppending(), now);
        });
    }

    private int writePipe(ByteBuffer src, long now) throws ErrnoException {
        int count = description.writePipe(src);
        node.mtime = now;
        node.ctime = now;
        description.modified();
        return count;
    }

    /** A write at the end, atomically: returns the position behind what was written. */
    public long append(ByteBuffer src) throws ErrnoException {
        return append(src, 0);
    }

    /** The same from a position that does not matter, but has to leave room for as many bytes. */
    public long append(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            description.requireWritable();
            requireRange(src, position);
            long end = end(now);
            return end + write(src, end, false, now);
        });
    }

    /** NFS knows no append: a client writes to where it believes the end to be. */
    private long end(long now) {
        return mount.nfs() == null ? node.size() : mount.stat(node, now).size();
    }

    private int write(ByteBuffer src, long position, boolean isAtEnd, long now) throws ErrnoException {
        if (!(node instanceof FileNode file)) {
            throw ErrnoException.of(Errno.EBADF);
        }
        long start = isAtEnd ? end(now) : position;
        requireByServer(Permissions.WRITE);
        int count = mount.nfs() == null ? store(file, src, start, now) : writeBehind(file, src, start, now);
        mount.learn(file, now);
        if (description.has(OpenFlags.SYNC | OpenFlags.DSYNC)) {
            description.requireWrittenBehind();
            server().tree().force(file, description.has(OpenFlags.SYNC));
        }
        description.modified();
        return count;
    }

    private int store(FileNode file, ByteBuffer src, long position, long now) throws ErrnoException {
        int cleared = Permissions.clearedByWrite(mount.user(), file);
        return server().tree().write(file, src, position, cleared, now);
    }

    private int writeBehind(FileNode file, ByteBuffer src, long position, long now) throws ErrnoException {
        int start = src.position();
        try {
            long next = position;
            do {
                next += store(file, src, next, now);
            } while (src.hasRemaining() && next < Long.MAX_VALUE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOSPC && e.errno() != Errno.EDQUOT) {
                throw e;
            }
            // A client takes all that it is given and asks the server later, which then is a matter of force or close.
            description.postpone(e.errno());
            src.position(src.limit());
        }
        return src.position() - start;
    }

    /** ftruncate(2). */
    public void truncate(long size) throws ErrnoException {
        perform(Operation.TRUNCATE, now -> {
            if (size < 0 || !isWritable() || !(node instanceof FileNode file)) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            requireByServer(Permissions.WRITE);
            server().tree().resize(file, size, Permissions.clearedByWrite(mount.user(), file), true, now);
            description.modified();
            return true;
        });
    }

    /** fsync(2), or fdatasync(2) without metaData. On a directory: forces its names. */
    public void fsync(boolean metaData) throws ErrnoException {
        perform(Operation.FORCE, now -> {
            if (description.isPipe()) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            description.requireWrittenBehind();
            server().tree().force(node, metaData);
            return true;
        });
    }

    /** The names as of now without . and .., oldest first. ENOTDIR for anything but a directory. */
    public List<byte[]> readdir() throws ErrnoException {
        return perform(Operation.LIST, now -> {
            if (!(node instanceof DirectoryNode directory)) {
                throw ErrnoException.of(Errno.ENOTDIR);
            }
            description.requireReadable();
            mount.forget(directory);
            List<byte[]> names = directory.names().list();
            touch(now);
            return names;
        });
    }

    /** Tells what happens in this directory from now on. */
    public void watch(Watch watch) throws ErrnoException {
        server().lock().lock();
        try {
            if (!(nodeAsBase() instanceof DirectoryNode directory)) {
                throw ErrnoException.of(Errno.ENOTDIR);
            }
            server().watches().add(directory, watch);
        } finally {
            server().lock().unlock();
        }
    }

    /** The end of {@link #watch}, also when this is closed. */
    public void unwatch(Watch watch) {
        server().lock().lock();
        try {
            if (node instanceof DirectoryNode directory) {
                server().watches().remove(directory, watch);
            }
        } finally {
            server().lock().unlock();
        }
    }

    /** fstat(2). */
    public Stat stat() throws ErrnoException {
        return perform(Operation.STAT, now -> mount.stat(node, now));
    }

    public long size() throws ErrnoException {
        return stat().size();
    }

    public void chmod(int mode) throws ErrnoException {
        change(Operation.CHMOD, now -> Attributes.chmod(mount, node, mode, now));
    }

    /** fchown(2): -1 leaves as is. */
    public void chown(long uid, long gid) throws ErrnoException {
        change(Operation.CHOWN, now -> Attributes.chown(mount, node, uid, gid, now));
    }

    /** futimens(3): times in ns since 1970, or {@link Syscalls#UTIME_NOW}, {@link Syscalls#UTIME_OMIT}. */
    public void utimens(long atimeNs, long mtimeNs) throws ErrnoException {
        change(Operation.UTIMES, now -> Attributes.utimens(mount, node, atimeNs, mtimeNs, now));
    }

    public byte[] getxattr(byte[] key) throws ErrnoException {
        return perform(Operation.XATTR, now -> ExtendedAttributes.get(mount.user(), node, key));
    }

    public void setxattr(byte[] key, byte[] value) throws ErrnoException {
        change(Operation.XATTR, now -> ExtendedAttributes.set(mount, node, key, value, now));
    }

    public List<byte[]> listxattr() throws ErrnoException {
        return perform(Operation.XATTR, now -> ExtendedAttributes.list(node));
    }

    public void removexattr(byte[] key) throws ErrnoException {
        change(Operation.XATTR, now -> ExtendedAttributes.remove(mount, node, key, now));
    }

    /** What changes attributes. */
    @FunctionalInterface
    private interface Change {
        void perform(long now) throws ErrnoException;
    }

    private void change(Operation operation, Change change) throws ErrnoException {
        perform(operation, now -> {
            mount.forget(node);
            change.perform(now);
            description.modified();
            return true;
        });
    }

    /**
     * fcntl(F_SETLK): false if another owner (another {@link Syscalls}) holds a conflicting lock. size 0 is "to the
     * end".
     */
    public boolean tryLock(long position, long size, boolean shared) throws ErrnoException {
        return perform(Operation.LOCK, now -> {
            description.requireLockable(position, size, shared);
            return server().locks().tryLock(node, system, position, size, shared);
        });
    }

    /** fcntl(F_SETLKW): waits, and can be interrupted. False if it was closed meanwhile. */
    public boolean lock(long position, long size, boolean shared) throws ErrnoException, InterruptedException {
        perform(Operation.LOCK, now -> {
            description.requireLockable(position, size, shared);
            return true;
        });
        return server().locks().lock(node, system, position, size, shared, () -> isOpen() && !description.isStale());
    }

    public void unlock(long position, long size) throws ErrnoException {
        perform(Operation.LOCK, now -> {
            server().locks().unlock(node, system, position, size);
            return true;
        });
    }

    /** close(2): also releases all locks of this owner on the file. Closing twice does nothing. */
    public void close() throws ErrnoException {
        if (!description.startClosing()) {
            return;
        }
        boolean isAllowed = false;
        try {
            if (server().isAsking()) {
                server().before(Operation.CLOSE, description.path, system);
            }
            isAllowed = true;
        } finally {
            release(isAllowed);
        }
    }

    /** Releases it even where close(2) reports an error. */
    private void release(boolean isToReport) throws ErrnoException {
        server().lock().lock();
        try {
            release();
            if (isToReport && !server().isGone()) {
                description.requireWrittenBehind();
            }
        } finally {
            server().lock().unlock();
        }
    }

    /** Lets go of the inode, with all locks of this owner. */
    private void release() {
        OpenHandles handles = server().handles();
        if (handles != null) {
            handles.closed(description);
        }
        if (server().locks().releaseAll(node, system)) {
            server().lock().signalChange();
        }
        description.releaseName();
        description.releasePipe();
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.closed(node, server());
        }
        server().tree().release(node);
    }

    boolean isOpen() {
        return description.isOpen();
    }

    private void touch(long now) {
        if (!mount.isReadOnly()) {
            node.touch(now);
        }
    }

    /** No read or write may reach beyond the largest offset, whatever the size of the file. */
    private static void requireRange(ByteBuffer buffer, long position) throws ErrnoException {
        if (position < 0 || position + buffer.remaining() < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
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
