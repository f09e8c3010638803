package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;

/** An open file as a channel: what the JDK checks around each operation, and how a channel ends. */
abstract sealed class CheckedChannel extends FileChannel permits PositionalChannel {
    private final RwxFileSystem fileSystem;
    private final OpenFile file;
    private final boolean isReadable;
    private final boolean isWritable;
    private final int place;
    private volatile boolean isInterruptible = true;
    private volatile boolean isLockedOnce;

    CheckedChannel(RwxFileSystem fileSystem, OpenFile file, int flags) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.isReadable = (flags & OpenFlags.READ) != 0;
        this.isWritable = (flags & OpenFlags.WRITE) != 0;
        this.place = fileSystem.resources().add(this);
    }

    final RwxFileSystem fileSystem() {
        return fileSystem;
    }

    final OpenFile file() {
        return file;
    }

    final boolean isReadable() {
        return isReadable;
    }

    final boolean isWritable() {
        return isWritable;
    }

    /** Interrupts close it no more, as those of streams and asynchronous channels do not. */
    final void ignoreInterrupts() {
        isInterruptible = false;
    }

    final void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    final void requireReadable() {
        if (!isReadable) {
            throw new NonReadableChannelException();
        }
    }

    final void requireWritable() {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
    }

    final void requireLockable(boolean shared) throws IOException {
        requireOpen();
        isLockedOnce = true;
        if (shared) {
            requireReadable();
        } else {
            requireWritable();
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

    /** Before and after what could block if this were a disk: there an interrupt closes the channel. */
    final void requireNoInterrupt() throws ClosedByInterruptException {
        if (isInterrupted()) {
            throw closedByInterrupt();
        }
    }

    private boolean isInterrupted() {
        return isInterruptible && Thread.currentThread().isInterrupted();
    }

    private ClosedByInterruptException closedByInterrupt() {
        ClosedByInterruptException exception = new ClosedByInterruptException();
        closeInterrupted(exception);
        return exception;
    }

    /** The interrupt is told; that closing failed too is beside it. */
    final void closeInterrupted(IOException exception) {
        try {
            close();
        } catch (IOException e) {
            exception.addSuppressed(e);
        }
    }

    /** What an operation throws that failed. */
    final IOException failure(ErrnoException cause) {
        if (isInterrupted()) {
            return closedByInterrupt();
        }
        return isOpen() ? Failures.onChannel(cause) : new AsynchronousCloseException();
    }

    @Override
    protected final void implCloseChannel() throws IOException {
        fileSystem.resources().remove(this, place);
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
