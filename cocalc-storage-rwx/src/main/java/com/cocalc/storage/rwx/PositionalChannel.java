package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * An open file as a channel, as far as the caller says where in the file: no position of the channel is moved. As
 * pread(2) and pwrite(2) are to read(2) and write(2).
 */
abstract sealed class PositionalChannel extends CheckedChannel permits RwxFileChannel {

    PositionalChannel(RwxFileSystem fileSystem, OpenFile file, int flags) {
        super(fileSystem, file, flags);
    }

    @Override
    public final int read(ByteBuffer dst, long at) throws IOException {
        Objects.requireNonNull(dst);
        requirePosition(at);
        requireOpen();
        requireReadable();
        requireNoInterrupt();
        requireNotReadOnly(dst);
        if (!dst.hasRemaining()) {
            return 0;
        }
        return readAt(dst, at);
    }

    @Override
    public final int write(ByteBuffer src, long at) throws IOException {
        Objects.requireNonNull(src);
        requirePosition(at);
        requireOpen();
        requireWritable();
        requireNoInterrupt();
        if (!src.hasRemaining()) {
            return 0;
        }
        return writeAt(src, at);
    }

    /** After all checks. */
    final int readAt(ByteBuffer dst, long at) throws IOException {
        try {
            int count = file().read(dst, at);
            requireNoInterrupt();
            return count;
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** After all checks. */
    final int writeAt(ByteBuffer src, long at) throws IOException {
        try {
            int count = file().write(src, at);
            requireNoInterrupt();
            return count;
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public final long size() throws IOException {
        requireOpen();
        requireNoInterrupt();
        try {
            long size = file().size();
            requireNoInterrupt();
            return size;
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public final void force(boolean metaData) throws IOException {
        requireOpen();
        requireNoInterrupt();
        try {
            file().fsync(metaData);
            requireNoInterrupt();
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    @Override
    public final long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        requireOpen();
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
    public final long transferFrom(ReadableByteChannel src, long at, long count) throws IOException {
        requireOpen();
        if (!src.isOpen()) {
            throw new ClosedChannelException();
        }
        requireWritable();
        if (at < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        if (at > size()) {
            return 0;
        }
        if (src instanceof RwxFileChannel channel) {
            channel.requireReadable();
            // What is there at the start counts: a file that is copied onto itself does not run after its own end.
            return ChannelTransfer.from(src, this, at, Math.min(count, channel.size() - channel.position()));
        }
        return ChannelTransfer.from(src, this, at, count);
    }

    /**
     * Refuses, after the checks that the JDK makes: a mapped buffer cannot be made of memory that the JVM did not map
     * itself.
     */
    @Override
    public final MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
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
}
