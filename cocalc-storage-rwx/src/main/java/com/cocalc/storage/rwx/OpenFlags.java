package com.cocalc.storage.rwx;

/** The flags of open(2) as bits. {@code O_RDONLY} is READ, {@code O_RDWR} is READ | WRITE. */
final class OpenFlags {
    static final int READ = 1;
    static final int WRITE = 1 << 1;
    static final int CREAT = 1 << 2;
    static final int EXCL = 1 << 3;
    static final int TRUNC = 1 << 4;
    static final int APPEND = 1 << 5;
    static final int NOFOLLOW = 1 << 6;
    static final int DIRECTORY = 1 << 7;
    /** O_PATH: no permission on the object is asked for, and the handle serves as a base of paths alone. */
    static final int PATH = 1 << 8;

    /** Access mode 3: permission to read and write is asked for, and the handle can do neither. */
    static final int NO_DATA = 1 << 9;

    /** O_SYNC: what is written is forced with all attributes. */
    static final int SYNC = 1 << 10;

    /** O_DSYNC: what is written is forced with the size. */
    static final int DSYNC = 1 << 11;

    private OpenFlags() {}
}
