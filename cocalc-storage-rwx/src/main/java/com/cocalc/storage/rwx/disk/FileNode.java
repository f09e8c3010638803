package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.call.Errno;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A regular file. Contents up to one page are one array of about their size; larger ones are {@link Pages}. */
public final class FileNode extends Inode {
    private long size;
    /** Null, or the array of page 0 (which ends anywhere), or Pages. */
    private @Nullable Object contents;

    public FileNode(long ino, int mode, int uid, int gid, long now) {
        super(ino, Stat.REGULAR | mode, uid, gid, now);
    }

    @Override
    public long size() {
        return size;
    }

    /** The number of bytes read, or -1 at the end. */
    public int read(ByteBuffer dst, long position) {
        long available = size - position;
        if (available <= 0) {
            return dst.hasRemaining() ? -1 : 0;
        }
        int count = (int) Math.min(available, dst.remaining());
        if (contents instanceof Pages pages) {
            pages.read(dst, position, count);
        } else {
            readFirst((byte @Nullable []) contents, dst, position, count);
        }
        return count;
    }

    private static void readFirst(byte @Nullable [] page, ByteBuffer dst, long position, int count) {
        int known = page == null ? 0 : (int) Math.max(0, Math.min(page.length - position, count));
        if (known > 0) {
            dst.put(page, (int) position, known);
        }
        Pages.putZeros(dst, count - known);
    }

    /** A copy of the page of a number, null for a hole; page 0 may be shorter than a page. */
    public byte @Nullable [] copyOfPage(long number) {
        if (!(contents instanceof Pages pages)) {
            byte[] page = (byte @Nullable []) contents;
            return page == null || number > 0 ? null : page.clone();
        }
        byte[] array = pages.array(number);
        if (array == null) {
            return null;
        }
        int offset = Pages.offset(array, number << Pages.SHIFT);
        return Arrays.copyOfRange(array, offset, offset + Pages.SIZE);
    }

    /**
     * Writes as much as there is space for.
     *
     * @return what stopped it, or null if all of it was written
     */
    @Nullable
    Errno write(ByteBuffer src, long position, Space space) {
        return !(contents instanceof Pages) && position + src.remaining() <= Pages.SIZE
                ? writeFirst(src, (int) position, space)
                : writePages(manyPages(), src, position, space);
    }

    /** Writes to page 0 of a file that has no other. */
    private @Nullable Errno writeFirst(ByteBuffer src, int offset, Space space) {
        byte[] page = (byte @Nullable []) contents;
        int end = offset + src.remaining();
        if (page == null) {
            Errno errno = src.hasRemaining() ? space.takePage(quota) : null;
            if (errno != null || !src.hasRemaining()) {
                return errno;
            }
            contents = Pages.arrayOf(src, offset, end);
        } else {
            if (page.length < end) {
                page = Arrays.copyOf(page, Math.min(Pages.SIZE, Math.max(end, page.length * 2)));
                contents = page;
            }
            src.get(page, offset, end - offset);
        }
        size = Math.max(size, end);
        return null;
    }

    private Pages manyPages() {
        if (contents instanceof Pages pages) {
            return pages;
        }
        Pages pages = new Pages();
        byte[] first = (byte @Nullable []) contents;
        if (first != null) {
            pages.put(0, first.length == Pages.SIZE ? first : Arrays.copyOf(first, Pages.SIZE));
        }
        contents = pages;
        return pages;
    }

    private @Nullable Errno writePages(Pages pages, ByteBuffer src, long position, Space space) {
        long at = position;
        while (src.hasRemaining()) {
            long number = at >>> Pages.SHIFT;
            byte[] array = pages.array(number);
            int part;
            if (array != null) {
                int offset = Pages.offset(array, at);
                part = Math.min(src.remaining(), array.length - offset);
                src.get(array, offset, part);
            } else {
                int offset = (int) at & Pages.SIZE - 1;
                int room = offset == 0 ? pages.room(number, src.remaining()) : Pages.SIZE;
                if (room > Pages.SIZE && space.takePages(quota, room >>> Pages.SHIFT) != null) {
                    room = Pages.SIZE;
                }
                Errno errno = room == Pages.SIZE ? space.takePage(quota) : null;
                if (errno != null) {
                    return errno;
                }
                part = Math.min(src.remaining(), room - offset);
                pages.put(number, Pages.arrayOf(src, offset, room));
            }
            at += part;
            size = Math.max(size, at);
        }
        return null;
    }

    /** Sets the size. */
    void resize(long newSize, Space space) {
        if (newSize < size) {
            shrink(newSize, space);
        }
        size = newSize;
    }

    private void shrink(long newSize, Space space) {
        int tail = (int) newSize & Pages.SIZE - 1;
        long kept = (newSize >>> Pages.SHIFT) + (tail == 0 ? 0 : 1);
        if (contents instanceof Pages pages) {
            space.givePages(quota, pages.dropFrom(kept));
            byte[] last = tail == 0 ? null : pages.array(kept - 1);
            if (last != null) {
                int end = Pages.offset(last, newSize);
                Arrays.fill(last, end, end + Pages.SIZE - tail, (byte) 0);
            }
        } else if (contents instanceof byte[] page) {
            if (kept == 0) {
                space.givePages(quota, 1);
            } else if (newSize < page.length) {
                Arrays.fill(page, tail, page.length, (byte) 0);
            }
        }
        if (kept == 0) {
            contents = null;
        }
    }

    /** The number of the first page with data at or after this one, or -1. */
    public long nextPage(long from) {
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
