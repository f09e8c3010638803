package com.cocalc.storage.rwx;

/**
 * What statx(2) answers.
 *
 * @param mode the type bits and the twelve permission bits, as {@code st_mode}
 * @param changes another number after each change, whatever the clock says, as {@code stx_change_cookie}
 * @param btimeNs when the file was made, as {@code stx_btime}
 */
record Stat(
        int mode,
        long uid,
        long gid,
        int nlink,
        int changes,
        long size,
        long ino,
        long dev,
        long atimeNs,
        long mtimeNs,
        long ctimeNs,
        long btimeNs) {
    static final int TYPE_MASK = 0170000;
    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;

    boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }

    boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    boolean isLink() {
        return (mode & TYPE_MASK) == LINK;
    }

    /** The twelve permission bits alone. */
    int permissions() {
        return mode & 07777;
    }
}
