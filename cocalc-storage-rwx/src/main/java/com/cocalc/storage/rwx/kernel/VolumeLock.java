package com.cocalc.storage.rwx.kernel;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one lock of a volume. A system call holds it for a fraction of a microsecond. A thread that finds it taken looks
 * again only after several microseconds, so that the other thread makes a series of calls in between: if the lock
 * changed hands after each call, so would all that the calls touch in the processors' caches, and two threads together
 * would get a third of the work done that one does alone.
 */
public final class VolumeLock {
    private static final int LOOKS = 100;
    private static final int PAUSES = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Takes the lock, once more if this thread holds it already. */
    public void lock() {
        if (!lock.tryLock()) {
            lockLater();
        }
    }

    private void lockLater() {
        for (int look = 0; look < LOOKS; look++) {
            for (int pause = 0; pause < PAUSES; pause++) {
                Thread.onSpinWait();
            }
            if (lock.tryLock()) {
                return;
            }
        }
        // Its holder does something long, or has lost its processor.
        lock.lock();
    }

    /** Releases the lock, which is free when it was released as often as it was taken. */
    public void unlock() {
        lock.unlock();
    }

    /**
     * Releases the lock, which this thread holds, waits for {@link #signalChange} and takes it again. It may return for
     * no reason: callers look for what they wait for, and call it again.
     */
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
    void awaitChange() throws InterruptedException {
        changed.await();
    }

    /** Wakes up all that wait for a change. This thread holds the lock. */
    void signalChange() {
        changed.signalAll();
    }
}
