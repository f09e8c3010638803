package com.cocalc.storage.files.tree;

import com.cocalc.storage.files.outcome.Problem;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one operation. The newest job is done first, so that a tree is walked in depth and few jobs wait. The
 * calling thread does no file work: it watches over the others.
 */
public final class Workers {

    private static final long TICK_MILLIS = 100;

    @FunctionalInterface
    public interface IoCall {
        public void run() throws IOException;
    }

    /** What the calling thread looks at again and again; an exception ends the operation. */
    @FunctionalInterface
    public interface Watch {
        void look();
    }

    private final int threads;
    private final OpenLimit openLimit;
    private final Stopwatch stopwatch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final Deque<Job> jobs = new ArrayDeque<>();
    private int active;
    private boolean closing;
    private @Nullable Throwable failure;
    private volatile boolean stopped;
    private volatile boolean lostThread;

    public Workers(int threads, OpenLimit openLimit, Stopwatch stopwatch) {
        this.threads = threads;
        this.openLimit = openLimit;
        this.stopwatch = stopwatch;
    }

    public int threads() {
        return threads;
    }

    public long elapsedNanos() {
        return stopwatch.elapsedNanos();
    }

    boolean isStopped() {
        return stopped;
    }

    public void submit(Job job) {
        lock.lock();
        try {
            jobs.push(job);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many jobs wait that the caller does better to do the next one itself. */
    public boolean isBusy() {
        lock.lock();
        try {
            return jobs.size() >= 4 * threads;
        } finally {
            lock.unlock();
        }
    }

    /** Waits on a worker's thread, at most until the operation is stopped. */
    public void pause(long nanos) throws StoppedException {
        long left = nanos;
        lock.lock();
        try {
            while (left > 0 && !stopped) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stoppedBy(e);
        } finally {
            lock.unlock();
        }
        if (stopped) {
            throw new StoppedException();
        }
    }

    private static StoppedException stoppedBy(InterruptedException cause) {
        StoppedException stop = new StoppedException();
        stop.initCause(cause);
        return stop;
    }

    /** Does a job and all that follow from it. Returns, or throws, when no thread works any more. */
    public void run(Job first, Watch watch) throws IOException {
        submit(first);
        List<Worker> workers = new ArrayList<>(threads);
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker(this, i);
            workers.add(worker);
            start(worker);
        }
        boolean interrupted = false;
        boolean gone = false;
        while (!gone) {
            try {
                gone = awaitTick();
                if (!gone && !stopped) {
                    watch.look();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                fail(new OperationException(Problem.CANCELLED, "the calling thread was interrupted"));
            } catch (RuntimeException | Error e) {
                fail(e);
            }
            ForeignName lost = gone ? null : endBlocked(workers);
            if (lost != null) {
                workers.forEach(worker -> worker.leaveBehind(lost));
                lostThread = true;
                gone = true;
            }
        }
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throwFailure();
    }

    /** Starts a thread; where the system gives no more threads, the operation ends when those that it has are done. */
    private void start(Worker worker) {
        Thread thread = new Thread(() -> work(worker), "cocalc-storage-files-" + worker.number);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            fail(e);
        }
    }

    /** Whether a thread could not be freed: the FIFO that it opens has no name any more. It is left behind. */
    public boolean hasLostThread() {
        return lostThread;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller looks again after each tick, whatever ended it
    private boolean awaitTick() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (active == 0 && jobs.isEmpty()) {
                return true;
            }
            ended.await(openLimit.tickMillis(TICK_MILLIS), TimeUnit.MILLISECONDS);
            return active == 0 && jobs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Frees threads that block in an open; names one that cannot be freed, so that waiting for it is in vain. */
    private @Nullable ForeignName endBlocked(List<Worker> workers) {
        ForeignName lost = null;
        for (Worker worker : workers) {
            Worker.Opening opening = worker.opening();
            if (opening == null || !openLimit.isPast(elapsedNanos() - opening.sinceNanos())) {
                continue;
            }
            ForeignName foreign = opening.foreign().get();
            fail(new OperationException(
                    Problem.BLOCKED,
                    foreign.text() + " blocks when it is opened, as a FIFO does that nobody writes to; "
                            + "remove it and copy again"));
            release(opening);
            if (openLimit.isLongPast(elapsedNanos() - opening.sinceNanos())) {
                lost = foreign;
            }
        }
        return lost;
    }

    /** The other end of the FIFO, from a thread that nobody waits for: the name may be another FIFO by now. */
    private static void release(Worker.Opening opening) {
        Thread thread = new Thread(
                () -> {
                    try (SeekableByteChannel other = opening.directory().release(opening.name())) {
                        other.isOpen();
                    } catch (IOException | RuntimeException e) {
                        // The name is no FIFO any more: then there is nothing to open from its other end, and the
                        // next look at the worker finds out whether it still blocks.
                        Thread.currentThread().setName("cocalc-storage-files-release-failed");
                    }
                },
                "cocalc-storage-files-release");
        thread.setDaemon(true);
        thread.start();
    }

    private void work(Worker worker) {
        Job job = take(false);
        while (job != null) {
            worker.begin();
            try {
                if (!stopped) {
                    job.run(worker);
                }
            } catch (StoppedException e) {
                // The reason is kept in failure already.
                stopped = true;
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } finally {
                worker.end();
            }
            job = take(true);
        }
    }

    OpenLimit openLimit() {
        return openLimit;
    }

    private @Nullable Job take(boolean done) {
        lock.lock();
        try {
            if (done && --active == 0 && jobs.isEmpty()) {
                ended.signalAll();
            }
            while (jobs.isEmpty()) {
                if (closing) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            active++;
            return jobs.pop();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the operation; the first reason counts. */
    void fail(Throwable reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            } else if (failure != reason) {
                failure.addSuppressed(reason);
            }
            stopped = true;
            jobs.clear();
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws IOException {
        Throwable reason;
        lock.lock();
        try {
            reason = failure;
        } finally {
            lock.unlock();
        }
        if (reason instanceof IOException e) {
            throw e;
        }
        if (reason instanceof RuntimeException e) {
            throw e;
        }
        if (reason instanceof Error e) {
            throw e;
        }
    }
}
