package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import org.jspecify.annotations.Nullable;

/** A lock that other mounts see, as on one server. Within one file system an overlap is an exception, as in one JVM. */
final class RwxFileLock extends FileLock {
    private final RwxFileChannel channel;
    private volatile boolean isReleased;

    private RwxFileLock(RwxFileChannel channel, long position, long size, boolean shared) {
        super(channel, position, size, shared);
        this.channel = channel;
    }

    static RwxFileLock lock(RwxFileChannel channel, long position, long size, boolean shared) throws IOException {
        return registered(channel, position, size, shared).waitedFor();
    }

    /** Waits until no other owner has the lock. */
    RwxFileLock waitedFor() throws IOException {
        boolean isHeld = false;
        try {
            channel.calls().requireNoInterrupt();
            isHeld = channel.file().lock(position(), callSize(), isShared());
            if (!channel.isOpen()) {
                isHeld = false;
                throw new AsynchronousCloseException();
            }
            if (!isHeld) {
                throw ErrnoException.of(Errno.ESTALE);
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(channel);
        } catch (ClosedByInterruptException e) {
            throw new FileLockInterruptionException();
        } catch (ErrnoException e) {
            throw failure(channel, e);
        } finally {
            if (!isHeld) {
                abandon();
            }
        }
    }

    /** Releases a lock after {@link #registered}. */
    void abandon() {
        channel.fileSystem().locks().remove(this);
    }

    /** Closes the channel after an interrupted wait, as any other interrupted operation does. */
    private static FileLockInterruptionException interrupted(RwxFileChannel channel) {
        FileLockInterruptionException exception = new FileLockInterruptionException();
        channel.calls().closeInterrupted(exception);
        return exception;
    }

    static @Nullable RwxFileLock tryLock(RwxFileChannel channel, long position, long size, boolean shared)
            throws IOException {
        RwxFileLock lock = registered(channel, position, size, shared);
        boolean isHeld = false;
        try {
            isHeld = channel.file().tryLock(position, lock.callSize(), shared);
            return isHeld ? lock : null;
        } catch (ErrnoException e) {
            throw failure(channel, e);
        } finally {
            if (!isHeld) {
                lock.abandon();
            }
        }
    }

    /** Registers a lock; refuses one that overlaps with a lock that this file system has or waits for. */
    static RwxFileLock registered(RwxFileChannel channel, long position, long size, boolean shared) throws IOException {
        channel.requireLockable(shared);
        RwxFileLock lock = new RwxFileLock(channel, position, size, shared);
        try {
            Stat stat = channel.file().stat();
            channel.fileSystem().locks().add(new HeldLocks.File(stat.dev(), stat.ino()), lock);
            return lock;
        } catch (ErrnoException e) {
            throw failure(channel, e);
        }
    }

    /** Returns the exception for a failure, which is that of a closed channel if it was closed in the meantime. */
    private static IOException failure(RwxFileChannel channel, ErrnoException cause) {
        return channel.isOpen() ? Failures.onChannel(cause) : new AsynchronousCloseException();
    }

    /** Returns the size for fcntl(2), where 0 means "to the end". */
    private long callSize() {
        return size() == Long.MAX_VALUE ? 0 : size();
    }

    RwxFileChannel rwxChannel() {
        return channel;
    }

    @Override
    public boolean isValid() {
        return !isReleased && channel.isOpen();
    }

    void invalidate() {
        isReleased = true;
    }

    @Override
    public void release() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        synchronized (this) {
            if (isReleased) {
                return;
            }
            try {
                channel.file().unlock(position(), callSize());
            } catch (ErrnoException e) {
                throw failure(channel, e);
            }
            isReleased = true;
        }
        channel.fileSystem().locks().remove(this);
    }
}
