package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/**
 * The system calls of a channel that may block on a disk. As in the JDK, an interrupt closes the channel, and closing
 * the channel in another thread ends the call.
 */
final class BlockingCalls {
    private final Channel channel;
    private volatile boolean isInterruptible = true;

    BlockingCalls(Channel channel) {
        this.channel = channel;
    }

    /** A system call, which returns a number. */
    @FunctionalInterface
    interface Call {
        long perform() throws ErrnoException;
    }

    /** Performs a call after all checks. */
    long perform(Call call) throws IOException {
        try {
            long result = call.perform();
            requireNoInterrupt();
            return result;
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** Makes the channel ignore interrupts, as the channels of streams and asynchronous ones do. */
    void ignoreInterrupts() {
        isInterruptible = false;
    }

    void requireOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    void requireNoInterrupt() throws ClosedByInterruptException {
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

    /** Closes the channel because of an interrupt; a failure to close is added to the exception as suppressed. */
    void closeInterrupted(IOException exception) {
        try {
            channel.close();
        } catch (IOException e) {
            exception.addSuppressed(e);
        }
    }

    /** Returns the exception of an operation whose system call failed. */
    IOException failure(ErrnoException cause) {
        if (isInterrupted()) {
            return closedByInterrupt();
        }
        return channel.isOpen() ? Failures.onChannel(cause) : new AsynchronousCloseException();
    }
}
