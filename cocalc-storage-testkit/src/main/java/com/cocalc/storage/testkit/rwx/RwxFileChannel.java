package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel to an open file: a position, and the JDK's checks in the JDK's order. */
final class RwxFileChannel extends FileChannel {
    private final RwxFileSystem fileSystem;
    private final OpenFile file;
    private final boolean isReadable;
    private final boolean isWritable;
    private final boolean isAppending;
    private final Object positionLock = new Object();
    private volatile boolean isLockedOnce;
    private long position;

    private RwxFileChannel(RwxFileSystem fileSystem, OpenFile file, int flags) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.isReadable = (flags & OpenFlags.READ) != 0;
        this.isWritable = (flags & OpenFlags.WRITE) != 0;
        this.isAppending = (flags & OpenFlags.APPEND) != 0;
    }

    static RwxFileChannel open(@Nullable OpenFile base, RwxPath path, ChannelOptions options, int mode)
            throws IOException {
        RwxFileSystem fileSystem = path.getFileSystem();
        int flags = options.openFlags();
        try {
            if (options.isCreatingNew() && path.endsInDot()) {
                // The JDK does not even ask the kernel, which might say something confusing.
                throw Errno.EEXIST.exception();
            }
            OpenFile file = fileSystem.syscalls().open(base, path.callBytes(), flags, mode);
            if (options.isDeletingOnClose()) {
                FileCopy.ignoring(() -> fileSystem.syscalls().unlink(base, path.callBytes()));
            }
            return new RwxFileChannel(fileSystem, file, flags);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ELOOP && !options.isFollowing()) {
                throw new IOException(e.errno().text() + " (NOFOLLOW_LINKS specified)");
            }
            throw Failures.of(e, path);
        }
    }

    RwxFileSystem fileSystem() {
        return fileSystem;
    }

    OpenFile file() {
        return file;
    }

    boolean isReadable() {
        return isReadable;
    }

    boolean isWritable() {
        return isWritable;
    }

    /** Memory never blocks, so an interrupt can only have come before: as the JDK does, it closes the channel. */
    private void requireUsable() throws IOException {
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
    }

    void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void requireReadable() {
        if (!isReadable) {
            throw new NonReadableChannelException();
        }
    }

    private void requireWritable() {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
    }

    private static void requirePosition(long at) {
        if (at < 0) {
            throw new IllegalArgumentException("Negative position");
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        requireUsable();
        requireReadable();
        requireNotReadOnly(dst);
        synchronized (positionLock) {
            try {
                int count = file.read(dst, position);
                if (count > 0) {
                    position += count;
                }
                return count;
            } catch (ErrnoException e) {
                throw failure(e);
            }
        }
    }

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        Objects.requireNonNull(dst);
        requirePosition(at);
        requireUsable();
        requireReadable();
        requireNotReadOnly(dst);
        try {
            return file.read(dst, at);
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    private static void requireNotReadOnly(ByteBuffer dst) {
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, dsts.length);
        requireUsable();
        requireReadable();
        synchronized (positionLock) {
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                int wanted = dsts[i].remaining();
                int count = wanted == 0 ? 0 : read(dsts[i]);
                if (count < 0) {
                    return total == 0 ? -1 : total;
                }
                total += count;
                if (count < wanted) {
                    return total;
                }
            }
            return total;
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        requireUsable();
        requireWritable();
        synchronized (positionLock) {
            try {
                int count = file.write(src, position);
                position += count;
                return count;
            } catch (ErrnoException e) {
                throw failure(e);
            }
        }
    }

    @Override
    public int write(ByteBuffer src, long at) throws IOException {
        Objects.requireNonNull(src);
        requirePosition(at);
        requireUsable();
        requireWritable();
        try {
            return file.write(src, at);
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        requireUsable();
        requireWritable();
        synchronized (positionLock) {
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                int wanted = srcs[i].remaining();
                int count = wanted == 0 ? 0 : write(srcs[i]);
                total += count;
                if (count < wanted) {
                    break;
                }
            }
            return total;
        }
    }

    /** For appending it is always the size, as the JDK answers. */
    @Override
    public long position() throws IOException {
        requireUsable();
        if (isAppending) {
            return size();
        }
        synchronized (positionLock) {
            return position;
        }
    }

    @Override
    public RwxFileChannel position(long newPosition) throws IOException {
        requireUsable();
        if (newPosition < 0) {
            throw new IllegalArgumentException();
        }
        synchronized (positionLock) {
            position = newPosition;
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        requireUsable();
        try {
            return file.size();
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public RwxFileChannel truncate(long size) throws IOException {
        requireUsable();
        if (size < 0) {
            throw new IllegalArgumentException("Negative size");
        }
        requireWritable();
        synchronized (positionLock) {
            try {
                if (size < file.size()) {
                    file.truncate(size);
                }
            } catch (ErrnoException e) {
                throw failure(e);
            }
            position = Math.min(position, size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        requireUsable();
        try {
            file.fsync(metaData);
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        requireUsable();
        if (!target.isOpen()) {
            throw new ClosedChannelException();
        }
        requireReadable();
        if (target instanceof RwxFileChannel channel) {
            channel.requireWritable();
        }
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        return ChannelTransfer.to(this, from, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long at, long count) throws IOException {
        requireUsable();
        if (!src.isOpen()) {
            throw new ClosedChannelException();
        }
        requireWritable();
        if (at < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        return at > size() ? 0 : ChannelTransfer.from(src, this, at, count);
    }

    /**
     * Refuses, after the checks that the JDK makes: a mapped buffer cannot be made of memory that the JVM did not map
     * itself.
     */
    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
        requireOpen();
        if (Objects.requireNonNull(mode) != MapMode.READ_ONLY) {
            requireWritable();
        }
        requireReadable();
        requirePosition(at);
        if (size < 0) {
            throw new IllegalArgumentException("Negative size");
        }
        if (at + size < 0) {
            throw new IllegalArgumentException("Position + size overflow");
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Size exceeds Integer.MAX_VALUE");
        }
        throw new UnsupportedOperationException(
                "map must be asked of files on disk, but this file is in memory; read it into a ByteBuffer");
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
        return RwxFileLock.lock(this, at, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long at, long size, boolean shared) throws IOException {
        return RwxFileLock.tryLock(this, at, size, shared);
    }

    void requireLockable(boolean shared) throws IOException {
        requireOpen();
        isLockedOnce = true;
        if (shared) {
            requireReadable();
        } else {
            requireWritable();
        }
    }

    private IOException failure(ErrnoException cause) {
        if (!isOpen()) {
            return new AsynchronousCloseException();
        }
        return Failures.onChannel(cause);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (isLockedOnce) {
            fileSystem.locks().releaseAll(this);
        }
        try {
            file.close();
        } catch (ErrnoException e) {
            throw Failures.onChannel(e);
        }
    }
}
