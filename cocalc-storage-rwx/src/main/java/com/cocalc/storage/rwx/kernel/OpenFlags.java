package com.cocalc.storage.rwx.kernel;

/** The flags of open(2) as bits. {@code O_RDONLY} is READ, {@code O_RDWR} is READ | WRITE. */
public final class OpenFlags {
    public static final int READ = 1;
    public static final int WRITE = 1 << 1;
    public static final int CREAT = 1 << 2;
    public static final int EXCL = 1 << 3;
    public static final int TRUNC = 1 << 4;
    public static final int APPEND = 1 << 5;
    public static final int NOFOLLOW = 1 << 6;
    public static final int DIRECTORY = 1 << 7;
    /** O_PATH: no permission on the object is asked for, and the handle serves as a base of paths alone. */
    public static final int PATH = 1 << 8;

    /** Access mode 3: permission to read and write is asked for, and the handle can do neither. */
    public static final int NO_DATA = 1 << 9;

    /** O_SYNC: what is written is forced with all attributes. */
    public static final int SYNC = 1 << 10;

    /** O_DSYNC: what is written is forced with the size. */
    public static final int DSYNC = 1 << 11;

    /** O_NONBLOCK: neither opening nor using a FIFO waits. */
    public static final int NONBLOCK = 1 << 12;

    private OpenFlags() {}
}
