package com.cocalc.storage.testkit.rwx;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations of a volume from the start of the recording until it is closed, in the order in which they started.
 */
public final class Recording implements AutoCloseable {
    private final Interception interception;
    private final List<OperationEvent> events = new ArrayList<>();

    Recording(Interception interception) {
        this.interception = interception;
    }

    /**
     * Returns what was recorded so far.
     *
     * @return the operations; a copy
     */
    public List<OperationEvent> operations() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    void add(OperationEvent event) {
        synchronized (events) {
            events.add(event);
        }
    }

    /** Ends the recording; what was recorded stays. */
    @Override
    public void close() {
        interception.stop(this);
    }
}
