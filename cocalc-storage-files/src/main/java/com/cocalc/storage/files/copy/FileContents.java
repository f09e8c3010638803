package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.UnsafeFileSystemException;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from one open file to another. Pages of zeros are not written, so a hole stays one. All reads name their
 * position: a FIFO, which may have taken the place of a file before it was opened, refuses that.
 */
public final class FileContents {

    private static final int PAGE = 4096;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PAGE).asReadOnlyBuffer();

    /** What one thread takes of a large file. */
    private static final long PIECE = 8L << 20;

    private static final long LARGE = 4 * PIECE;

    private final Pace pace;
    private final AtomicLong moved;

    /**
     * Creates the mover of one operation.
     *
     * @param moved counts each byte as soon as it is copied
     */
    FileContents(Pace pace, AtomicLong moved) {
        this.pace = pace;
        this.moved = moved;
    }

    static FileChannel channel(SeekableByteChannel opened) throws IOException {
        if (opened instanceof FileChannel channel) {
            return channel;
        }
        opened.close();
        throw new UnsafeFileSystemException("its files cannot be read at a position");
    }

    /** Copies so many bytes, or fewer if the source ends before; returns how many. */
    long copy(Worker worker, FileChannel in, FileChannel out, long size) throws IOException {
        if (size >= LARGE && worker.workers().threads() > 1) {
            return new Pieces(in, out, size).copy(worker);
        }
        return copyRange(worker, in, out, 0, size, size);
    }

    private long copyRange(Worker worker, FileChannel in, FileChannel out, long from, long to, long size)
            throws IOException {
        long position = from;
        boolean endsInHole = false;
        while (position < to) {
            worker.checkStopped();
            ByteBuffer buffer = worker.buffer();
            int wanted = (int) Math.min(buffer.capacity(), to - position);
            buffer.limit(wanted);
            if (!fill(in, buffer, position)) {
                return position - from;
            }
            buffer.flip();
            endsInHole = writeData(buffer, out, position);
            position += wanted;
            moved.addAndGet(wanted);
            pace.take(worker, wanted);
        }
        if (to == size && endsInHole) {
            out.write(ByteBuffer.allocate(1), size - 1);
        }
        return to - from;
    }

    private static boolean fill(FileChannel in, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer, position + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes what is no hole; true if the last page is one. */
    private static boolean writeData(ByteBuffer buffer, FileChannel out, long position) throws IOException {
        int length = buffer.limit();
        int start = 0;
        boolean endsInHole = false;
        while (start < length) {
            int end = start;
            while (end < length && !isHole(buffer, end, length)) {
                end = Math.min(length, end + PAGE);
            }
            if (end > start) {
                writeAll(buffer, start, end, out, position);
            }
            start = end;
            while (start < length && isHole(buffer, start, length)) {
                start += PAGE;
            }
            endsInHole = start > end && start == length;
        }
        return endsInHole;
    }

    private static void writeAll(ByteBuffer buffer, int start, int end, FileChannel out, long position)
            throws IOException {
        buffer.limit(end).position(start);
        while (buffer.hasRemaining()) {
            out.write(buffer, position + buffer.position());
        }
        buffer.clear();
    }

    private static boolean isHole(ByteBuffer buffer, int start, int length) {
        return start + PAGE <= length
                && buffer.getLong(start) == 0
                && buffer.slice(start, PAGE).mismatch(ZEROS.duplicate()) < 0;
    }

    /** Whether two files have the same bytes. */
    boolean isEqual(Worker worker, FileChannel one, FileChannel other, long size) throws IOException {
        ByteBuffer second = ByteBuffer.allocate(worker.buffer().capacity());
        long position = 0;
        while (position < size) {
            worker.checkStopped();
            ByteBuffer first = worker.buffer();
            int wanted = (int) Math.min(first.capacity(), size - position);
            first.limit(wanted);
            second.clear().limit(wanted);
            if (!fill(one, first, position) || !fill(other, second, position)) {
                return false;
            }
            if (first.flip().mismatch(second.flip()) >= 0) {
                return false;
            }
            position += wanted;
            pace.take(worker, wanted);
        }
        return true;
    }

    /** A large file that several threads copy. Whoever comes too late finds nothing to do. */
    private final class Pieces {
        private final FileChannel in;
        private final FileChannel out;
        private final long size;
        private final AtomicLong next = new AtomicLong();
        private final AtomicInteger helping = new AtomicInteger();
        private final AtomicLong copied = new AtomicLong();
        private boolean over;
        private @Nullable IOException failure;

        Pieces(FileChannel in, FileChannel out, long size) {
            this.in = in;
            this.out = out;
            this.size = size;
        }

        long copy(Worker worker) throws IOException {
            for (int i = 1; i < worker.workers().threads(); i++) {
                worker.workers().submit(this::help);
            }
            IOException failed = null;
            try {
                work(worker);
            } catch (IOException e) {
                failed = e;
            }
            synchronized (this) {
                over = true;
                boolean interrupted = false;
                while (helping.get() > 0) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                failed = failed == null ? failure : failed;
            }
            if (failed != null) {
                throw failed;
            }
            return copied.get();
        }

        private void help(Worker worker) {
            synchronized (this) {
                if (over) {
                    return;
                }
                helping.incrementAndGet();
            }
            IOException failed = null;
            try {
                work(worker);
            } catch (IOException e) {
                failed = e;
            } finally {
                synchronized (this) {
                    failure = failure == null ? failed : failure;
                    helping.decrementAndGet();
                    notifyAll();
                }
            }
        }

        private void work(Worker worker) throws IOException {
            while (true) {
                long from = next.getAndAdd(PIECE);
                if (from >= size) {
                    return;
                }
                long to = Math.min(size, from + PIECE);
                long part = copyRange(worker, in, out, from, to, size);
                copied.addAndGet(part);
                if (part < to - from) {
                    next.set(size);
                }
            }
        }
    }
}
