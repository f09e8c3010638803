package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;

/** How one system call waits for the other end of a FIFO: on the lock of the volume, which it lets go meanwhile. */
final class PipeWait implements Pipe.Wait, AutoCloseable {
    private final Server server;
    private final boolean isInterruptible;
    private final Check before;
    private boolean wasInterrupted;

    /** What is wrong, before each wait. */
    @FunctionalInterface
    interface Check {
        void perform() throws ErrnoException;
    }

    PipeWait(Server server, boolean isInterruptible, Check before) {
        this.server = server;
        this.isInterruptible = isInterruptible;
        this.before = before;
    }

    @Override
    public void once() throws ErrnoException {
        before.perform();
        try {
            server.lock().awaitChange();
        } catch (InterruptedException e) {
            wasInterrupted = true;
            if (isInterruptible) {
                throw ErrnoException.of(Errno.EINTR);
            }
        }
        before.perform();
    }

    @Override
    public void changed() {
        server.lock().signalChange();
    }

    /** Tells the thread again that it was interrupted. */
    @Override
    public void close() {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
