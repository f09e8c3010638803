package com.cocalc.storage.files.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread of an operation, with its buffer.
 *
 * <p>Opening a FIFO blocks until its other end is opened, and somebody may put one in place of any name at any moment.
 * So a worker notes each foreign name that it opens; the thread that waits for the operation finds the one that takes
 * too long, ends the operation, and opens the FIFO's other end.
 */
public final class Worker {

    private static final int BUFFER_BYTES = 256 * 1024;

    /** An open that has not returned yet. */
    record Opening(OpenDirectory directory, Path name, Supplier<ForeignName> foreign, long sinceNanos) {}

    @FunctionalInterface
    interface Open<T extends Closeable> {
        T open() throws IOException;
    }

    final int number;
    private final Workers workers;
    private @Nullable ByteBuffer buffer;
    private volatile @Nullable Opening opening;
    private boolean busy;
    private @Nullable ForeignName leftBehindFor;

    Worker(Workers workers, int number) {
        this.workers = workers;
        this.number = number;
    }

    public Workers workers() {
        return workers;
    }

    /** A buffer whose content lasts until the next use. */
    public ByteBuffer buffer() {
        ByteBuffer own = buffer;
        if (own == null) {
            own = ByteBuffer.allocateDirect(BUFFER_BYTES);
            buffer = own;
        }
        return own.clear();
    }

    public OpenDirectory enter(OpenDirectory directory, Path name, Supplier<ForeignName> foreign) throws IOException {
        return watched(directory, name, foreign, () -> directory.enter(name));
    }

    public SeekableByteChannel read(OpenDirectory directory, Path name, Supplier<ForeignName> foreign)
            throws IOException {
        return watched(directory, name, foreign, () -> directory.read(name));
    }

    <T extends Closeable> T watched(OpenDirectory directory, Path name, Supplier<ForeignName> foreign, Open<T> open)
            throws IOException {
        checkStopped();
        opening = new Opening(directory, name, foreign, workers.elapsedNanos());
        T opened;
        try {
            opened = open.open();
        } finally {
            opening = null;
        }
        if (workers.isStopped()) {
            opened.close();
            throw new StoppedException();
        }
        return opened;
    }

    synchronized void begin() {
        busy = true;
    }

    synchronized void end() {
        busy = false;
        ForeignName blocked = leftBehindFor;
        if (blocked != null) {
            leftBehindFor = null;
            workers.openLimit().find(blocked.owner());
        }
    }

    /** Counts the thread as lost until its job ends, if it has one: it opens this name, or waits for one that does. */
    synchronized void leaveBehind(ForeignName blocked) {
        if (busy) {
            leftBehindFor = blocked;
            workers.openLimit().lose(blocked.owner());
        }
    }

    /** An opening for its side effect alone. */
    public void watchedCall(OpenDirectory directory, Path name, Supplier<ForeignName> foreign, Workers.IoCall call)
            throws IOException {
        watched(directory, name, foreign, () -> {
            call.run();
            return () -> {};
        });
    }

    @Nullable
    Opening opening() {
        return opening;
    }

    public void checkStopped() throws StoppedException {
        if (workers.isStopped()) {
            throw new StoppedException();
        }
    }
}
