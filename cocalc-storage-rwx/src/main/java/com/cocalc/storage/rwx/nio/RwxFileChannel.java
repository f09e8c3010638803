package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel to an open file. Reads and writes without a position move that of the channel. Checks follow the order of
 * the JDK, which decides the exception that a caller sees.
 */
final class RwxFileChannel extends FileChannel {
    private final RwxFileSystem fileSystem;
    private final OpenFile file;
    private final boolean isReadable;
    private final boolean isWritable;
    private final OpenResources.Place place;
    private final BlockingCalls calls = new BlockingCalls(this);
    private volatile boolean isLockedOnce;
    private final boolean isAppending;
    private final Object positionLock = new Object();
    private long position;

    private RwxFileChannel(RwxFileSystem fileSystem, OpenFile file, int flags) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.isReadable = (flags & OpenFlags.READ) != 0;
        this.isWritable = (flags & OpenFlags.WRITE) != 0;
        this.isAppending = (flags & OpenFlags.APPEND) != 0;
        this.place = new OpenResources.Place(this);
    }

    static RwxFileChannel open(@Nullable OpenFile base, RwxPath path, ChannelOptions options, int mode)
            throws IOException {
        RwxFileSystem fileSystem = path.getFileSystem();
        int flags = options.openFlags();
        byte[] name = base == null ? path.callBytes() : path.bytes();
        try {
            if (options.isCreatingNew() && path.endsInDot()) {
                // The JDK does not even ask the kernel, which might say something confusing.
                throw ErrnoException.of(Errno.EEXIST);
            }
            OpenFile file = fileSystem.syscalls().open(base, name, flags, mode);
            RwxFileChannel channel = new RwxFileChannel(fileSystem, file, flags);
            fileSystem.opened(channel, channel.place);
            if (options.isDeletingOnClose()) {
                channel.deleteEarly(base, name);
            }
            return channel;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ELOOP && !options.isFollowing()) {
                throw new IOException(e.errno().text() + " (NOFOLLOW_LINKS specified)");
            }
            throw Failures.of(e, path);
        }
    }

    /** Removes the name of the file, as the JDK does at once for a file to be deleted at the end. */
    private void deleteEarly(@Nullable OpenFile base, byte[] name) throws IOException {
        boolean isDone = false;
        try {
            FileCopy.ignoring(() -> fileSystem.syscalls().unlink(base, name));
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        requireOpen();
        requireReadable();
        calls.requireNoInterrupt();
        requireNotReadOnly(dst);
        if (!dst.hasRemaining()) {
            return 0; // the JDK makes no system call then, so nothing can fail
        }
        synchronized (positionLock) {
            int count = (int) calls.perform(() -> file.readNext(dst, position));
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
        calls.requireNoInterrupt();
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
        calls.requireNoInterrupt();
        if (!src.hasRemaining()) {
            return 0;
        }
        synchronized (positionLock) {
            int count = (int) calls.perform(() -> file.writeNext(src, position));
            position += count;
            return count;
        }
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, srcs.length);
        requireOpen();
        requireWritable();
        calls.requireNoInterrupt();
        BufferGroup group = BufferGroup.of(srcs, offset, length);
        int count = write(group.gather());
        group.skip(count);
        return count;
    }

    /** Returns the position, which for appending always is the size, as in the JDK. */
    @Override
    public long position() throws IOException {
        requireOpen();
        calls.requireNoInterrupt();
        if (isAppending) {
            return size();
        }
        requireSeekable();
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
        calls.requireNoInterrupt();
        requireSeekable();
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
        calls.requireNoInterrupt();
        requireSeekable();
        synchronized (positionLock) {
            try {
                if (size < file.size()) {
                    file.truncate(size);
                }
            } catch (ErrnoException e) {
                throw calls.failure(e);
            }
            position = Math.min(position, size);
        }
        calls.requireNoInterrupt();
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

    @Override
    public int read(ByteBuffer dst, long at) throws IOException {
        Objects.requireNonNull(dst);
        requirePosition(at);
        requireOpen();
        requireReadable();
        calls.requireNoInterrupt();
        requireNotReadOnly(dst);
        if (!dst.hasRemaining()) {
            return 0;
        }
        return (int) calls.perform(() -> file.read(dst, at));
    }

    @Override
    public int write(ByteBuffer src, long at) throws IOException {
        Objects.requireNonNull(src);
        requirePosition(at);
        requireOpen();
        requireWritable();
        calls.requireNoInterrupt();
        if (!src.hasRemaining()) {
            return 0;
        }
        return (int) calls.perform(() -> file.write(src, at));
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        calls.requireNoInterrupt();
        return calls.perform(file::size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        requireOpen();
        calls.requireNoInterrupt();
        calls.perform(() -> {
            file.fsync(metaData);
            return 0;
        });
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
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
        requireSeekable();
        return ChannelTransfer.to(this, from, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long at, long count) throws IOException {
        requireOpen();
        if (!src.isOpen()) {
            throw new ClosedChannelException();
        }
        requireWritable();
        if (at < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        requireSeekable();
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
     * Refuses to map, after the checks of the JDK: a mapped buffer cannot use memory that the JVM did not map itself.
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

    /** Makes interrupts neither close the channel nor end a wait for the other end of a FIFO. */
    void ignoreInterrupts() {
        calls.ignoreInterrupts();
        file.ignoreInterrupts();
    }

    void requireOpen() throws ClosedChannelException {
        calls.requireOpen();
    }

    void requireReadable() {
        if (!isReadable) {
            throw new NonReadableChannelException();
        }
    }

    void requireWritable() {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
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

    private void requireSeekable() throws IOException {
        if (!file.isSeekable()) {
            throw Failures.onChannel(ErrnoException.of(Errno.ESPIPE));
        }
    }

    static void requirePosition(long at) {
        if (at < 0) {
            throw new IllegalArgumentException("Negative position");
        }
    }

    static void requireNotReadOnly(ByteBuffer dst) {
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
    }

    BlockingCalls calls() {
        return calls;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        fileSystem.resources().remove(place);
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
