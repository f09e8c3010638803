package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import java.nio.ByteBuffer;

/**
 * The bytes of a FIFO while it is open, as pipe(7) describes it. The caller holds the lock of the volume, and waits on
 * it.
 */
final class Pipe {
    private static final int CAPACITY = 1 << 16;
    /** PIPE_BUF: so many bytes are written at once or not at all. */
    private static final int ATOMIC = 4096;

    private final byte[] bytes = new byte[CAPACITY];
    private int start;
    private int count;
    private int readers;
    private int writers;
    /**
     * How often it was opened to read and to write: shows those that wait that the other end was opened, even if it is
     * closed again.
     */
    private long readersEver;

    private long writersEver;

    /** How a system call waits. */
    interface Wait {
        /** Waits for the next change. */
        void once() throws ErrnoException;

        /** Wakes the others that wait. */
        void changed();
    }

    /**
     * Counts one more end. Returns how often the other end was opened and closed again, for {@link #awaitPartner}: one
     * that is open at this moment is a partner, even if it is closed before the wait begins.
     */
    long opened(boolean isReading, boolean isWriting) {
        if (isReading) {
            readers++;
            readersEver++;
        }
        if (isWriting) {
            writers++;
            writersEver++;
        }
        return isReading ? writersEver - writers : readersEver - readers;
    }

    void closed(boolean isReading, boolean isWriting) {
        readers -= isReading ? 1 : 0;
        writers -= isWriting ? 1 : 0;
    }

    boolean isUnused() {
        return readers == 0 && writers == 0;
    }

    /** Returns whether it is open for reading. */
    boolean isRead() {
        return readers > 0;
    }

    /** Ends all waits for the other end, as if it had been opened and closed. */
    void release() {
        readersEver++;
        writersEver++;
    }

    /** After {@link #opened}: waits until the other end was opened as well. */
    void awaitPartner(boolean isReading, long before, Wait wait) throws ErrnoException {
        while ((isReading ? writersEver : readersEver) == before) {
            wait.once();
        }
    }

    /** Waits for bytes; returns -1 if there are none and it is no longer open for writing. */
    int read(ByteBuffer dst, Wait wait) throws ErrnoException {
        while (count == 0) {
            if (writers == 0) {
                return -1;
            }
            wait.once();
        }
        int read = Math.min(dst.remaining(), count);
        int first = Math.min(read, CAPACITY - start);
        dst.put(bytes, start, first).put(bytes, 0, read - first);
        start = (start + read) % CAPACITY;
        count -= read;
        return read;
    }

    /** Waits for room, until all is written. */
    int write(ByteBuffer src, Wait wait) throws ErrnoException {
        int written = 0;
        int wanted = src.remaining() <= ATOMIC ? src.remaining() : 1;
        while (src.hasRemaining()) {
            if (readers == 0 && written > 0) {
                return written;
            }
            if (readers == 0) {
                throw ErrnoException.of(Errno.EPIPE);
            }
            if (CAPACITY - count >= Math.min(wanted, src.remaining())) {
                written += put(src);
                wait.changed();
            } else if (written > 0) {
                try {
                    wait.once();
                } catch (ErrnoException e) {
                    return written;
                }
            } else {
                wait.once();
            }
        }
        return written;
    }

    private int put(ByteBuffer src) {
        int part = Math.min(src.remaining(), CAPACITY - count);
        int end = (start + count) % CAPACITY;
        int first = Math.min(part, CAPACITY - end);
        src.get(bytes, end, first).get(bytes, 0, part - first);
        count += part;
        return part;
    }
}
