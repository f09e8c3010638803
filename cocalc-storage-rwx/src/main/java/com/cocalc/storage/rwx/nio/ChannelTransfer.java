package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Transfers bytes between channels. The position of the file whose method is called does not move. */
final class ChannelTransfer {
    private static final int BUFFER_BYTES = 1 << 16;

    private ChannelTransfer() {}

    static long to(RwxFileChannel source, long position, long count, WritableByteChannel target) throws IOException {
        long available = Math.min(count, source.size() - position);
        long done = 0;
        ByteBuffer buffer = buffer(available);
        while (done < available) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), available - done));
            if (source.read(buffer, position + done) <= 0) {
                break;
            }
            buffer.flip();
            int wanted = buffer.remaining();
            int written = target.write(buffer);
            done += written;
            if (written < wanted) {
                break;
            }
        }
        return done;
    }

    static long from(ReadableByteChannel source, RwxFileChannel target, long position, long count) throws IOException {
        long done = 0;
        ByteBuffer buffer = buffer(count);
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (source.read(buffer) <= 0) {
                break;
            }
            buffer.flip();
            int wanted = buffer.remaining();
            int written = target.write(buffer, position + done);
            done += written;
            if (written < wanted) {
                break;
            }
        }
        return done;
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate((int) Math.max(0, Math.min(BUFFER_BYTES, bytes)));
    }
}
