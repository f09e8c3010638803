package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.OpenName;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The state of one open(2), shared by all users of the {@link OpenFile}: how the inode was opened, whether it is still
 * open, and the end of a FIFO.
 */
final class OpenDescription {
    final Inode node;
    final byte[] path;

    private final MountPoint mount;
    private final int flags;

    /** The name by which it was opened, for watches; null if that was none, or one that a mount covers. */
    private final @Nullable OpenName name;

    private final int startOfServer;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile boolean isInterruptible = true;

    private final @Nullable Pipe pipe;
    /** How often the other end of the FIFO had been opened and closed again before this one was opened. */
    private final long partnersBefore;

    /** The error of an NFS client's write that the server refused later; reported once. */
    private @Nullable Errno postponed;

    /** The inode already counts this description among its holders, and the lock of the volume is held. */
    OpenDescription(
            MountPoint mount, Inode node, int flags, byte[] path, @Nullable DirectoryNode foundIn, LastName name) {
        this.mount = mount;
        this.node = node;
        this.flags = flags;
        this.path = path;
        this.name = foundIn == null ? null : name.openName(foundIn, node);
        if (this.name != null) {
            node.opened(this.name);
        }
        startOfServer = server().starts();
        pipe = node instanceof FifoNode fifo && !has(OpenFlags.PATH) ? mount.pipe(fifo) : null;
        partnersBefore = pipe == null ? 0 : pipe.opened(isReadable(), isWritable());
        if (pipe != null) {
            server().lock().signalChange();
        }
    }

    private Server server() {
        return mount.server();
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isReadable() {
        return has(OpenFlags.READ) && !has(OpenFlags.NO_DATA);
    }

    boolean isWritable() {
        return has(OpenFlags.WRITE) && !has(OpenFlags.NO_DATA);
    }

    void requireReadable() throws ErrnoException {
        if (!isReadable()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    void requireWritable() throws ErrnoException {
        if (!isWritable()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    void requireLockable(long position, long size, boolean shared) throws ErrnoException {
        if (position < 0 || size < 0 || position + size < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        if (shared ? !isReadable() : !isWritable()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    boolean isOpen() {
        return !isClosed.get();
    }

    void requireNotClosed() throws ErrnoException {
        if (isClosed.get()) {
            throw ErrnoException.of(Errno.EBADF);
        }
    }

    void requireOpen() throws ErrnoException {
        requireNotClosed();
        if (isStale() || (node.nlink == 0 && mount.nfs() != null)) {
            throw ErrnoException.of(Errno.ESTALE);
        }
    }

    boolean isStale() {
        return server().isGone() || startOfServer != server().starts();
    }

    /** Reports a change of the inode to watches. */
    void modified() {
        server().watches().modified(node, name);
    }

    /** Postpones the first error of a write until {@link #requireWrittenBehind}. */
    void postpone(Errno errno) {
        if (postponed == null) {
            postponed = errno;
        }
    }

    void requireWrittenBehind() throws ErrnoException {
        Errno errno = postponed;
        postponed = null;
        if (errno != null) {
            throw ErrnoException.of(errno);
        }
    }

    boolean isPipe() {
        return pipe != null;
    }

    /** After this an interrupt no longer ends a wait for the other end of a FIFO. */
    void ignoreInterrupts() {
        isInterruptible = false;
    }

    /** Waits until the other end of a FIFO is open. */
    void awaitPartner() throws ErrnoException {
        if (pipe == null || isReadable() == isWritable() || has(OpenFlags.NONBLOCK)) {
            return;
        }
        try (PipeWait wait = new PipeWait(server(), false, this::requireOpen)) {
            server().lock().lock();
            try {
                pipe.awaitPartner(isReadable(), partnersBefore, wait);
            } finally {
                server().lock().unlock();
            }
        }
    }

    /** read(2) of a FIFO: -1 if it is empty and nobody has it open for writing. */
    int readPipe(ByteBuffer dst) throws ErrnoException {
        if (pipe == null || !dst.hasRemaining()) {
            return 0;
        }
        try (PipeWait wait = pipeWait()) {
            int count = pipe.read(dst, wait);
            if (count > 0) {
                server().lock().signalChange();
            }
            return count;
        }
    }

    /** write(2) to a FIFO. */
    int writePipe(ByteBuffer src) throws ErrnoException {
        if (pipe == null) {
            return 0;
        }
        try (PipeWait wait = pipeWait()) {
            return pipe.write(src, wait);
        }
    }

    private PipeWait pipeWait() {
        return new PipeWait(server(), isInterruptible, () -> {
            requireOpen();
            if (has(OpenFlags.NONBLOCK)) {
                throw ErrnoException.of(Errno.EAGAIN);
            }
        });
    }

    /** Marks it as closed. False if it was closed before. */
    boolean startClosing() {
        return isClosed.compareAndSet(false, true);
    }

    /** Forgets the name by which it was opened. */
    void releaseName() {
        if (name != null) {
            node.closed(name);
        }
    }

    /** Closes the end of a FIFO. */
    void releasePipe() {
        if (pipe != null) {
            pipe.closed(isReadable(), isWritable());
            mount.forgetUnusedPipe((FifoNode) node);
            server().lock().signalChange();
        }
    }
}
