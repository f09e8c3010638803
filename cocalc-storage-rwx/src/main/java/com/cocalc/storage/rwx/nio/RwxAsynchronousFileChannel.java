package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A file channel whose operations run on an executor. */
final class RwxAsynchronousFileChannel extends AsynchronousFileChannel {
    private static final String NO_HANDLER = "'handler' is null";

    private final RwxFileChannel channel;
    private final Executor executor;

    /** Creates a channel. Without an executor each operation has its own thread, as a lock may wait for any time. */
    RwxAsynchronousFileChannel(RwxFileChannel channel, @Nullable Executor executor) {
        this.channel = channel;
        channel.ignoreInterrupts();
        this.executor = executor == null ? RwxAsynchronousFileChannel::runOnThread : executor;
    }

    private static void runOnThread(Runnable operation) {
        Thread thread = new Thread(operation, "rwx-asynchronous-file-channel");
        thread.setDaemon(true);
        thread.start();
    }

    private <T> Future<T> start(Callable<T> operation) {
        Result<T> result = new Result<>(this);
        Runnable task = () -> {
            try {
                result.complete(operation.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        };
        if (operation instanceof Known) {
            task.run();
        } else {
            execute(operation, task);
        }
        return result;
    }

    private <T, A extends @Nullable Object> void start(
            Callable<T> operation, A attachment, CompletionHandler<T, ? super A> handler) {
        execute(operation, () -> {
            complete(operation, attachment, handler);
            Thread.interrupted(); // as the JDK does after each handler
        });
    }

    private static <T, A extends @Nullable Object> void complete(
            Callable<T> operation, A attachment, CompletionHandler<T, ? super A> handler) {
        T result;
        try {
            result = operation.call();
        } catch (Exception e) {
            handler.failed(e, attachment);
            return;
        }
        handler.completed(result, attachment);
    }

    /** Executes an operation, and releases its lock if the executor refuses it. */
    private void execute(Callable<?> operation, Runnable task) {
        boolean isAccepted = false;
        try {
            executor.execute(task);
            isAccepted = true;
        } catch (RejectedExecutionException e) {
            throw operation instanceof Known ? new ShutdownChannelGroupException() : e;
        } finally {
            if (!isAccepted && operation instanceof Locking locking) {
                locking.lock.abandon();
            }
        }
    }

    private Callable<Integer> reading(ByteBuffer dst, long position) {
        requirePosition(position);
        if (!channel.isReadable()) {
            throw new NonReadableChannelException();
        }
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
        return transfer(dst, () -> channel.read(dst, position));
    }

    private Callable<Integer> writing(ByteBuffer src, long position) {
        requirePosition(position);
        if (!channel.isWritable()) {
            throw new NonWritableChannelException();
        }
        return transfer(src, () -> channel.write(src, position));
    }

    /** Returns a transfer that fails like a running one when the channel is closed before it is its turn. */
    private Callable<Integer> transfer(ByteBuffer buffer, Callable<Integer> operation) {
        if (!channel.isOpen()) {
            return failure(new ClosedChannelException());
        }
        if (!buffer.hasRemaining()) {
            return (Known<Integer>) () -> 0;
        }
        return () -> {
            try {
                return operation.call();
            } catch (ClosedChannelException e) {
                throw e instanceof AsynchronousCloseException ? e : new AsynchronousCloseException();
            }
        };
    }

    private static void requirePosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("Negative position");
        }
    }

    /**
     * Returns the operation that waits for a lock. Refusals of the channel and overlapping locks are thrown at once;
     * only a closed channel is reported later.
     */
    private Callable<FileLock> locking(long position, long size, boolean shared) {
        requireLockable(shared);
        try {
            return new Locking(this, RwxFileLock.registered(channel, position, size, shared));
        } catch (IOException e) {
            return failure(e);
        }
    }

    private void requireLockable(boolean shared) {
        if (shared && !channel.isReadable()) {
            throw new NonReadableChannelException();
        }
        if (!shared && !channel.isWritable()) {
            throw new NonWritableChannelException();
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public AsynchronousFileChannel truncate(long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("Negative size");
        }
        if (!channel.isWritable()) {
            throw new NonWritableChannelException();
        }
        if (!isOpen()) {
            throw new AsynchronousCloseException(); // so the JDK, for a cut alone
        }
        channel.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        channel.force(metaData);
    }

    @Override
    public <A extends @Nullable Object> void lock(
            long position, long size, boolean shared, A attachment, CompletionHandler<FileLock, ? super A> handler) {
        Objects.requireNonNull(handler, NO_HANDLER);
        start(locking(position, size, shared), attachment, handler);
    }

    @Override
    public Future<FileLock> lock(long position, long size, boolean shared) {
        return start(locking(position, size, shared));
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        requireLockable(shared);
        FileLock lock = channel.tryLock(position, size, shared);
        return lock == null ? null : new Lock(this, lock);
    }

    @Override
    public <A extends @Nullable Object> void read(
            ByteBuffer dst, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
        Objects.requireNonNull(handler, NO_HANDLER);
        start(reading(dst, position), attachment, handler);
    }

    @Override
    public Future<Integer> read(ByteBuffer dst, long position) {
        return start(reading(dst, position));
    }

    @Override
    public <A extends @Nullable Object> void write(
            ByteBuffer src, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
        Objects.requireNonNull(handler, NO_HANDLER);
        start(writing(src, position), attachment, handler);
    }

    @Override
    public Future<Integer> write(ByteBuffer src, long position) {
        return start(writing(src, position));
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A lock that names the asynchronous channel as its acquirer. */
    private static final class Lock extends FileLock {
        private final FileLock held;

        private Lock(AsynchronousFileChannel channel, FileLock held) {
            super(channel, held.position(), held.size(), held.isShared());
            this.held = held;
        }

        @Override
        public boolean isValid() {
            return held.isValid();
        }

        @Override
        public void release() throws IOException {
            held.release();
        }
    }

    /** A result whose forceful cancellation closes the channel, as in the JDK. */
    private static final class Result<T> extends CompletableFuture<T> {
        private final AsynchronousFileChannel channel;

        private Result(AsynchronousFileChannel channel) {
            this.channel = channel;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean isCancelled = completeExceptionally(new CancellationException());
            if (isCancelled && mayInterruptIfRunning) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // Cancelling has no way to report it.
                }
            }
            return isCancelled;
        }
    }

    /** An outcome that is known at once: a future has it without the executor, and a handler gets it from there. */
    private interface Known<T> extends Callable<T> {}

    private static <T> Known<T> failure(IOException failure) {
        return () -> {
            throw failure;
        };
    }

    private record Locking(RwxAsynchronousFileChannel channel, RwxFileLock lock) implements Callable<FileLock> {
        @Override
        public FileLock call() throws IOException {
            return new Lock(channel, lock.waitedFor());
        }
    }
}
