package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel to an open file, with a position of its own: what reads and writes there moves it. The JDK's checks stand
 * in the JDK's order.
 */
final class RwxFileChannel extends PositionalChannel {
    private final boolean isAppending;
    private final Object positionLock = new Object();
    private long position;

    private RwxFileChannel(RwxFileSystem fileSystem, OpenFile file, int flags) {
        super(fileSystem, file, flags);
        this.isAppending = (flags & OpenFlags.APPEND) != 0;
    }

    static RwxFileChannel open(@Nullable OpenFile base, RwxPath path, ChannelOptions options, int mode)
            throws IOException {
        RwxFileSystem fileSystem = path.getFileSystem();
        int flags = options.openFlags();
        byte[] name = base == null ? path.callBytes() : path.bytes();
        try {
            if (options.isCreatingNew() && path.endsInDot()) {
                // The JDK does not even ask the kernel, which might say something confusing.
                throw Errno.EEXIST.exception();
            }
            OpenFile file = fileSystem.syscalls().open(base, name, flags, mode);
            if (options.isDeletingOnClose()) {
                FileCopy.ignoring(() -> fileSystem.syscalls().unlink(base, name));
            }
            RwxFileChannel channel = new RwxFileChannel(fileSystem, file, flags);
            fileSystem.requireOpenFor(channel);
            return channel;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ELOOP && !options.isFollowing()) {
                throw new IOException(e.errno().text() + " (NOFOLLOW_LINKS specified)");
            }
            throw Failures.of(e, path);
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        requireOpen();
        requireReadable();
        requireNoInterrupt();
        requireNotReadOnly(dst);
        if (!dst.hasRemaining()) {
            return 0; // the JDK asks the kernel for nothing then: there is no error of a directory, nor a fault
        }
        synchronized (positionLock) {
            int count = readAt(dst, position);
            if (count > 0) {
                position += count;
            }
            return count;
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        requireOpen();
        requireReadable();
        requireNoInterrupt();
        BufferGroup group = BufferGroup.toRead(dsts, offset, length);
        ByteBuffer read = group.room();
        int count = read(read);
        group.scatter(read.flip());
        return count;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        requireOpen();
        requireWritable();
        requireNoInterrupt();
        if (!src.hasRemaining()) {
            return 0;
        }
        synchronized (positionLock) {
            int count = writeAt(src, position);
            position += count;
            return count;
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        requireOpen();
        requireWritable();
        requireNoInterrupt();
        BufferGroup group = BufferGroup.of(srcs, offset, length);
        int count = write(group.gather());
        group.skip(count);
        return count;
    }

    /** For appending it is always the size, as the JDK answers. */
    @Override
    public long position() throws IOException {
        requireOpen();
        requireNoInterrupt();
        if (isAppending) {
            return size();
        }
        synchronized (positionLock) {
            return position;
        }
    }

    @Override
    public RwxFileChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException();
        }
        requireNoInterrupt();
        synchronized (positionLock) {
            position = newPosition;
        }
        return this;
    }

    @Override
    public RwxFileChannel truncate(long size) throws IOException {
        requireOpen();
        if (size < 0) {
            throw new IllegalArgumentException("Negative size");
        }
        requireWritable();
        requireNoInterrupt();
        synchronized (positionLock) {
            try {
                if (size < file().size()) {
                    file().truncate(size);
                }
            } catch (ErrnoException e) {
                throw failure(e);
            }
            position = Math.min(position, size);
        }
        requireNoInterrupt();
        return this;
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
        return RwxFileLock.lock(this, at, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long at, long size, boolean shared) throws IOException {
        return RwxFileLock.tryLock(this, at, size, shared);
    }
}
