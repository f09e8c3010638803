package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.OperationEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The operations of a volume from the start of the recording until it is closed, in the order in which they started,
 * but for what happened while it paused.
 */
public final class Recording implements AutoCloseable {
    private final Interception interception;
    private final int longest;
    private final Deque<OperationEvent> events = new ArrayDeque<>();
    private long count;
    private boolean isPaused;

    Recording(Interception interception, int longest) {
        this.interception = interception;
        this.longest = longest;
    }

    /**
     * Returns what was recorded so far.
     *
     * @return the operations; a copy. Of a recording that keeps the last ones: those
     */
    public List<OperationEvent> operations() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /**
     * Returns how many operations there were.
     *
     * @return their number, also of those that are not kept
     */
    public long count() {
        synchronized (events) {
            return count;
        }
    }

    /** Leaves out what happens from now on, until {@link #resume()}. */
    public void pause() {
        synchronized (events) {
            isPaused = true;
        }
    }

    /** Goes on after {@link #pause()}. */
    public void resume() {
        synchronized (events) {
            isPaused = false;
        }
    }

    void add(OperationEvent event) {
        synchronized (events) {
            if (isPaused) {
                return;
            }
            count++;
            if (events.size() == longest) {
                events.removeFirst();
            }
            events.addLast(event);
        }
    }

    /** Ends the recording; what was recorded stays. */
    @Override
    public void close() {
        interception.stop(this);
    }
}
