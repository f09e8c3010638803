package com.cocalc.storage.rwx.nio;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several buffers that one system call reads into or writes from, so that another caller sees all of it or nothing. */
final class BufferGroup {
    /**
     * The largest number of buffers in one call of Linux (IOV_MAX); of more buffers, the JDK passes only the first
     * ones.
     */
    private static final int MOST_BUFFERS = 1024;

    /** The largest number of bytes in one call of Linux (MAX_RW_COUNT). */
    private static final int MOST_BYTES = 0x7fff_f000;

    private final List<ByteBuffer> buffers;
    private final int remaining;

    private BufferGroup(List<ByteBuffer> buffers, int remaining) {
        this.buffers = buffers;
        this.remaining = remaining;
    }

    /** Returns the buffers with space; a read-only buffer is refused, with space or without, as in the JDK. */
    static BufferGroup toRead(ByteBuffer[] buffers, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            RwxFileChannel.requireNotReadOnly(buffers[i]);
        }
        return of(buffers, offset, length);
    }

    static BufferGroup of(ByteBuffer[] buffers, int offset, int length) {
        List<ByteBuffer> parts = new ArrayList<>(Math.min(length, MOST_BUFFERS));
        long bytes = 0;
        for (int i = offset; i < offset + length && parts.size() < MOST_BUFFERS; i++) {
            if (buffers[i].hasRemaining()) {
                parts.add(buffers[i]);
                bytes += buffers[i].remaining();
            }
        }
        return new BufferGroup(parts, (int) Math.min(bytes, MOST_BYTES));
    }

    /** Returns a buffer of zeros with as much space. */
    ByteBuffer room() {
        return ByteBuffer.allocate(remaining);
    }

    /** Distributes what was read. */
    void scatter(ByteBuffer read) {
        for (ByteBuffer part : buffers) {
            int count = Math.min(part.remaining(), read.remaining());
            part.put(read.slice().limit(count));
            read.position(read.position() + count);
        }
    }

    /** Returns a copy of everything to write; the positions do not change. */
    ByteBuffer gather() {
        ByteBuffer all = room();
        for (ByteBuffer part : buffers) {
            all.put(part.duplicate().limit(part.position() + Math.min(part.remaining(), all.remaining())));
        }
        return all.flip();
    }

    /** Advances the positions by the bytes that were written. */
    void skip(int written) {
        int left = written;
        for (ByteBuffer part : buffers) {
            int count = Math.min(part.remaining(), left);
            part.position(part.position() + count);
            left -= count;
        }
    }
}
