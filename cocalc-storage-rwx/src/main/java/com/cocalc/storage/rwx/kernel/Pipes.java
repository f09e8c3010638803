package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.FifoNode;
import java.util.HashMap;
import java.util.Map;

/** The FIFOs that are open. Its bytes are gone when it is no longer open. The lock of the volume must be held. */
final class Pipes {
    private final Map<Place, Pipe> open = new HashMap<>();

    /** A FIFO on a host. Neither is equal to another one. */
    private record Place(Object host, FifoNode fifo) {}

    /**
     * The pipe of a FIFO that is about to be opened.
     *
     * @param host the host that opens it: an NFS server keeps the names of FIFOs alone, and what they hold is its
     *     clients' matter
     */
    Pipe of(Object host, FifoNode fifo) {
        return open.computeIfAbsent(new Place(host, fifo), unseen -> new Pipe());
    }

    /** After a handle was closed. */
    void forgetUnused(Object host, FifoNode fifo) {
        open.computeIfPresent(new Place(host, fifo), (same, pipe) -> pipe.isUnused() ? null : pipe);
    }

    /** Lets all go on that wait for the other end of one. */
    void release() {
        open.values().forEach(Pipe::release);
    }
}
