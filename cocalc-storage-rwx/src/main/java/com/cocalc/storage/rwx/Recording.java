package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.OperationEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The operations of a volume from the start of the recording until it is closed, in the order in which they started,
 * except those during a pause.
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
     * {@return a copy of the operations that were recorded so far, or of the last ones if the recording keeps only
     * those}
     */
    public List<OperationEvent> operations() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** {@return the number of recorded operations, including those that are no longer kept} */
    public long count() {
        synchronized (events) {
            return count;
        }
    }

    /** Stops recording until {@link #resume()} is called. */
    public void pause() {
        synchronized (events) {
            isPaused = true;
        }
    }

    /** Continues recording after {@link #pause()}. */
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

    /** Ends the recording and keeps what was recorded. */
    @Override
    public void close() {
        interception.stop(this);
    }
}
