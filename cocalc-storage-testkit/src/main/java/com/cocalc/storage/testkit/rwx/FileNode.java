package com.cocalc.storage.testkit.rwx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A regular file. Contents up to one page are one array of about their size; larger ones are {@link Pages}. */
final class FileNode extends Inode {
    private static final int UNLOCKED_TRIES = 4;
    private static final byte[] ZEROS = new byte[Pages.SIZE];

    private long size;
    /** Null, or the array of page 0 (which ends anywhere), or Pages. */
    private @Nullable Object contents;

    FileNode(long ino, int mode, int uid, int gid, long now) {
        super(ino, Stat.REGULAR | mode, uid, gid, now);
    }

    @Override
    long size() {
        return size;
    }

    /** Reads as of one moment: the number of bytes, or -1 at the end. */
    int read(ByteBuffer dst, long position) {
        int start = dst.position();
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = version();
            if ((before & 1) == 0) {
                int count = readNow(dst, position);
                if (isUnchanged(before)) {
                    return count;
                }
                dst.position(start);
            }
            Thread.onSpinWait();
        }
        synchronized (this) {
            return readNow(dst, position);
        }
    }

    private int readNow(ByteBuffer dst, long position) {
        long available = size - position;
        if (available <= 0) {
            return dst.hasRemaining() ? -1 : 0;
        }
        int count = (int) Math.min(available, dst.remaining());
        int left = count;
        long at = position;
        while (left > 0) {
            byte[] page = page(at >>> Pages.SHIFT);
            int offset = (int) at & Pages.SIZE - 1;
            int part = Math.min(left, Pages.SIZE - offset);
            int known = page == null ? 0 : Math.min(part, Math.max(0, page.length - offset));
            if (known > 0) {
                dst.put(page, offset, known);
            }
            if (known < part) {
                dst.put(ZEROS, 0, part - known);
            }
            at += part;
            left -= part;
        }
        return count;
    }

    /** The page of a number, null for a hole; page 0 may be shorter than a page. */
    byte @Nullable [] page(long number) {
        Object now = contents;
        if (now instanceof Pages pages) {
            return pages.page(number);
        }
        return number == 0 ? (byte[]) now : null;
    }

    /**
     * Writes as much as there is space for; between beginChange and endChange.
     *
     * @return what stopped it, or null if all of it was written
     */
    @Nullable
    Errno write(ByteBuffer src, long position, Space space) {
        long at = position;
        while (src.hasRemaining()) {
            long number = at >>> Pages.SHIFT;
            int offset = (int) at & Pages.SIZE - 1;
            int part = Math.min(src.remaining(), Pages.SIZE - offset);
            byte[] page = page(number);
            if (page == null) {
                Errno errno = space.takePage(quota);
                if (errno != null) {
                    return errno;
                }
            }
            if (page == null && offset == 0 && (part == Pages.SIZE || isOneArray(number))) {
                keep(number, next(src, part));
            } else {
                src.get(
                        page != null && page.length >= offset + part ? page : roomFor(number, page, offset + part),
                        offset,
                        part);
            }
            at += part;
            if (at > size) {
                size = at;
            }
        }
        return null;
    }

    /** The next bytes as an array of their own, which nobody has to fill with zeros before. */
    private static byte[] next(ByteBuffer src, int count) {
        if (!src.hasArray()) {
            byte[] bytes = new byte[count];
            src.get(bytes);
            return bytes;
        }
        int start = src.position();
        src.position(start + count);
        return Arrays.copyOfRange(src.array(), src.arrayOffset() + start, src.arrayOffset() + start + count);
    }

    /** A new or longer page of zeros behind what it held. */
    private byte[] roomFor(long number, byte @Nullable [] page, int length) {
        byte[] larger;
        if (page != null) {
            larger = Arrays.copyOf(page, Math.min(Pages.SIZE, Math.max(length, page.length * 2)));
        } else {
            larger = new byte[isOneArray(number) ? length : Pages.SIZE];
        }
        keep(number, larger);
        return larger;
    }

    /** Whether this page is one that ends anywhere: the first, as long as there is no other. */
    private boolean isOneArray(long number) {
        return number == 0 && !(contents instanceof Pages);
    }

    private void keep(long number, byte[] page) {
        if (isOneArray(number)) {
            contents = page;
            return;
        }
        if (!(contents instanceof Pages)) {
            Pages many = new Pages();
            if (contents != null) {
                many.put(0, Arrays.copyOf((byte[]) contents, Pages.SIZE));
            }
            contents = many;
        }
        ((Pages) contents).put(number, page);
    }

    /** Sets the size; between beginChange and endChange. */
    void resize(long newSize, Space space) {
        if (newSize < size) {
            shrink(newSize, space);
        }
        size = newSize;
    }

    private void shrink(long newSize, Space space) {
        long kept = (newSize >>> Pages.SHIFT) + ((newSize & Pages.SIZE - 1) == 0 ? 0 : 1);
        if (contents instanceof Pages pages) {
            space.givePages(quota, pages.dropFrom(kept));
        } else if (contents != null && kept == 0) {
            space.givePages(quota, 1);
        }
        if (kept == 0) {
            contents = null;
            return;
        }
        int tail = (int) newSize & Pages.SIZE - 1;
        byte[] last = page(kept - 1);
        if (tail != 0 && last != null && tail < last.length) {
            Arrays.fill(last, tail, last.length, (byte) 0);
        }
    }

    /** The number of the first page with data at or after this one, or -1. */
    long nextPage(long from) {
        if (contents instanceof Pages pages) {
            return pages.next(from);
        }
        return contents != null && from == 0 ? 0 : -1;
    }

    long countPages() {
        long count = 0;
        for (long page = nextPage(0); page >= 0; page = nextPage(page + 1)) {
            count++;
        }
        return count;
    }
}
