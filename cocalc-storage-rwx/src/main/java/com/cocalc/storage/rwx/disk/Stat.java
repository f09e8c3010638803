package com.cocalc.storage.rwx.disk;

/**
 * The answer of statx(2).
 *
 * @param mode the type bits and the twelve permission bits, as {@code st_mode}
 * @param btimeNs when the file was made, as {@code stx_btime}
 */
public record Stat(
        int mode,
        long uid,
        long gid,
        int nlink,
        long size,
        long ino,
        long dev,
        long atimeNs,
        long mtimeNs,
        long ctimeNs,
        long btimeNs) {
    public static final int TYPE_MASK = 0170000;
    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;
    public static final int FIFO = 0010000;

    public boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }

    public boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    public boolean isLink() {
        return (mode & TYPE_MASK) == LINK;
    }

    public boolean isFifo() {
        return (mode & TYPE_MASK) == FIFO;
    }

    /** The twelve permission bits alone. */
    public int permissions() {
        return mode & 07777;
    }
}
