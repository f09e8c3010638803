package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Stat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open file description: what open(2) gives. Safe for use by many threads; it has no position of its own. */
public final class OpenFile {
    private final Syscalls system;
    private final MountPoint mount;
    private final Inode node;
    private final int flags;
    /** What it was opened by. */
    private final byte[] path;

    /** Where it was found, for those who watch. */
    private final @Nullable DirectoryNode foundIn;

    private final LastName name;
    private final int startOfServer;
    private final Description description;

    /** What all share who have it in their hands. */
    private static final class Description {
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private final @Nullable Pipe pipe;
        /** How often the other end of a FIFO had been opened before. */
        private long partnersBefore;

        /** What came in the way of writing behind, to be told once. */
        private @Nullable Errno postponed;

        private volatile boolean isInterruptible = true;

        private Description(@Nullable Pipe pipe) {
            this.pipe = pipe;
        }
    }

    /** The inode counts this handle among its holders already, and the lock of the volume is held. */
    OpenFile(
            Syscalls system,
            MountPoint mount,
            Inode node,
            int flags,
            byte[] path,
            @Nullable DirectoryNode foundIn,
            LastName name) {
        this.system = system;
        this.mount = mount;
        this.node = node;
        this.flags = flags;
        this.path = path;
        this.foundIn = foundIn;
        this.name = name;
        this.startOfServer = mount.server().starts();
        boolean isPipe = node instanceof FifoNode && !has(OpenFlags.PATH);
        this.description = new Description(isPipe ? mount.pipe((FifoNode) node) : null);
        if (description.pipe != null) {
            description.partnersBefore = description.pipe.opened(isReadable(), isWritable());
            server().lock().signalChange();
        }
        OpenHandles handles = server().handles();
        if (handles != null) {
            handles.opened(description, path, system);
        }
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.opened(node);
        }
    }

    private OpenFile(Syscalls system, OpenFile shared) {
        this.system = system;
        this.mount = shared.mount.usedBy(system.table().root().user());
        this.node = shared.node;
        this.flags = shared.flags;
        this.path = shared.path;
        this.foundIn = shared.foundIn;
        this.name = shared.name;
        this.startOfServer = shared.startOfServer;
        this.description = shared.description;
    }

    /** The same description in the hands of another user, as after passing it to another process. */
    public OpenFile usedBy(Syscalls other) {
        return new OpenFile(other, this);
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
        requireOpen();
        return node;
    }

    boolean isReadable() {
        return has(OpenFlags.READ) && !has(OpenFlags.NO_DATA);
    }

    boolean isWritable() {
        return has(OpenFlags.WRITE) && !has(OpenFlags.NO_DATA);
    }

    /** Whether it has positions: a FIFO has none. */
    public boolean isSeekable() {
        return description.pipe == null;
    }

    public boolean isAppending() {
        return has(OpenFlags.APPEND);
    }

    /** What is done with it while the lock of its volume is held. */
    @FunctionalInterface
    private interface Use<R extends @Nullable Object> {
        R use(long now) throws ErrnoException;
    }

    private <R extends @Nullable Object> R perform(Operation operation, Use<R> use) throws ErrnoException {
        requireNotClosed();
        if (server().isAsking()) {
            server().before(operation, path, system);
        }
        server().lock().lock();
        try {
            requireOpen();
            return use.use(system.table().tick());
        } finally {
            server().lock().unlock();
        }
    }

    /** Waits in {@link #read} and {@link #write} of a FIFO no longer end when the thread is interrupted. */
    public void ignoreInterrupts() {
        description.isInterruptible = false;
    }

    /** After opening a FIFO: waits until somebody has opened its other end. */
    void awaitPartner() throws ErrnoException {
        Pipe pipe = description.pipe;
        if (pipe == null || isReadable() == isWritable() || has(OpenFlags.NONBLOCK)) {
            return;
        }
        boolean isDone = false;
        try (PipeWait wait = new PipeWait(server(), false, this::requireOpen)) {
            server().lock().lock();
            try {
                pipe.awaitPartner(isReadable(), description.partnersBefore, wait);
            } finally {
                server().lock().unlock();
            }
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
            requireReadable();
            if (description.pipe != null) {
                throw ErrnoException.of(Errno.ESPIPE);
            }
            return read(dst, position, now);
        });
    }

    /** read(2) of one who keeps the position: the same, but that a FIFO has none. */
    public int readNext(ByteBuffer dst, long position) throws ErrnoException {
        return perform(Operation.READ, now -> {
            requireReadable();
            return description.pipe != null ? readPipe(description.pipe, dst, now) : read(dst, position, now);
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

    private int readPipe(Pipe pipe, ByteBuffer dst, long now) throws ErrnoException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        try (PipeWait wait = pipeWait()) {
            int count = pipe.read(dst, wait);
            if (count > 0) {
                touch(now);
                server().lock().signalChange();
            }
            return count;
        }
    }

    private PipeWait pipeWait() {
        return new PipeWait(server(), description.isInterruptible, () -> {
            requireOpen();
            if (has(OpenFlags.NONBLOCK)) {
                throw ErrnoException.of(Errno.EAGAIN);
            }
        });
    }

    /**
     * pwrite(2), or with APPEND a write at the end: returns the bytes written, which are fewer when the volume fills
     * up.
     */
    public int write(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            requireWritable();
            if (description.pipe != null) {
                throw ErrnoException.of(Errno.ESPIPE);
            }
            requireRange(src, position);
            return write(src, position, isAppending(), now);
        });
    }

    /** write(2) of one who keeps the position: the same, but that a FIFO has none. */
    public int writeNext(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            requireWritable();
            if (description.pipe != null) {
                return writePipe(description.pipe, src, now);
            }
            requireRange(src, position);
            return write(src, position, isAppending(), now);
        });
    }

    private int writePipe(Pipe pipe, ByteBuffer src, long now) throws ErrnoException {
        try (PipeWait wait = pipeWait()) {
            int count = pipe.write(src, wait);
            node.mtime = now;
            node.ctime = now;
            modified();
            return count;
        }
    }

    /** A write at the end, atomically: returns the position behind what was written. */
    public long append(ByteBuffer src) throws ErrnoException {
        return append(src, 0);
    }

    /** The same from a position that does not matter, but has to leave room for as many bytes. */
    public long append(ByteBuffer src, long position) throws ErrnoException {
        return perform(Operation.WRITE, now -> {
            requireWritable();
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
        if (has(OpenFlags.SYNC | OpenFlags.DSYNC)) {
            requireWrittenBehind();
            server().tree().force(file, has(OpenFlags.SYNC));
        }
        modified();
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
            if (description.postponed == null) {
                description.postponed = e.errno();
            }
            src.position(src.limit());
        }
        return src.position() - start;
    }

    private void requireWrittenBehind() throws ErrnoException {
        Errno errno = description.postponed;
        description.postponed = null;
        if (errno != null) {
            throw ErrnoException.of(errno);
        }
    }

    /** ftruncate(2). */
    public void truncate(long size) throws ErrnoException {
        perform(Operation.TRUNCATE, now -> {
            if (size < 0 || !isWritable() || !(node instanceof FileNode file)) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            requireByServer(Permissions.WRITE);
            server().tree().resize(file, size, Permissions.clearedByWrite(mount.user(), file), true, now);
            modified();
            return true;
        });
    }

    /** fsync(2), or fdatasync(2) without metaData. On a directory: forces its names. */
    public void fsync(boolean metaData) throws ErrnoException {
        perform(Operation.FORCE, now -> {
            if (description.pipe != null) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            requireWrittenBehind();
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
            requireReadable();
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
            modified();
            return true;
        });
    }

    private void modified() {
        server().watches().modified(node, foundIn, name);
    }

    /**
     * fcntl(F_SETLK): false if another owner (another {@link Syscalls}) holds a lock in the way. size 0 is "to the
     * end".
     */
    public boolean tryLock(long position, long size, boolean shared) throws ErrnoException {
        return perform(Operation.LOCK, now -> {
            requireLockable(position, size, shared);
            return server().locks().tryLock(node, system, position, size, shared);
        });
    }

    /** fcntl(F_SETLKW): waits, and can be interrupted. False if it was closed meanwhile. */
    public boolean lock(long position, long size, boolean shared) throws ErrnoException, InterruptedException {
        perform(Operation.LOCK, now -> {
            requireLockable(position, size, shared);
            return true;
        });
        return server().locks().lock(node, system, position, size, shared, () -> isOpen() && !isStale());
    }

    public void unlock(long position, long size) throws ErrnoException {
        perform(Operation.LOCK, now -> {
            server().locks().unlock(node, system, position, size);
            return true;
        });
    }

    /** close(2): also releases all locks of this owner on the file. Closing twice does nothing. */
    public void close() throws ErrnoException {
        if (!description.isClosed.compareAndSet(false, true)) {
            return;
        }
        boolean isAllowed = false;
        try {
            if (server().isAsking()) {
                server().before(Operation.CLOSE, path, system);
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
                requireWrittenBehind();
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
        if (description.pipe != null) {
            description.pipe.closed(isReadable(), isWritable());
            mount.forgetUnusedPipe((FifoNode) node);
            server().lock().signalChange();
        }
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.closed(node, server());
        }
        server().tree().release(node);
    }

    boolean isOpen() {
        return !description.isClosed.get();
    }

    private void requireNotClosed() throws ErrnoException {
        if (description.isClosed.get()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    private void requireOpen() throws ErrnoException {
        requireNotClosed();
        if (isStale() || (node.nlink == 0 && mount.nfs() != null)) {
            throw ErrnoException.of(Errno.ESTALE);
        }
    }

    private boolean isStale() {
        return server().isGone() || startOfServer != server().starts();
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private void touch(long now) {
        if (!mount.isReadOnly()) {
            node.touch(now);
        }
    }

    private void requireReadable() throws ErrnoException {
        if (!isReadable()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    private void requireWritable() throws ErrnoException {
        if (!isWritable()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    private void requireLockable(long position, long size, boolean shared) throws ErrnoException {
        if (position < 0 || size < 0 || position + size < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        if (shared ? !isReadable() : !isWritable()) {
            throw ErrnoException.of(Errno.EBADF);
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
