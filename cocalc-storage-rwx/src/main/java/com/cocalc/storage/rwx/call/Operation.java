package com.cocalc.storage.rwx.call;

/** The kinds of system calls, as faults, latency, hooks and recordings name them. */
public enum Operation {
    /** Opening a file or directory, which may create or truncate a file. */
    OPEN,
    /** Reading from an open file. */
    READ,
    /** Writing to an open file, at a position or at its end. */
    WRITE,
    /** Setting the size of a file, by its name or an open file. */
    TRUNCATE,
    /** Forcing a file or directory to the disk. */
    FORCE,
    /** Closing an open file. It is closed even if it fails. */
    CLOSE,
    /** Listing an open directory. */
    LIST,
    /** Reading attributes, by a name or an open file. */
    STAT,
    /** Checking permissions. */
    ACCESS,
    /** Creating a directory. */
    MKDIR,
    /** Creating a FIFO. */
    MKFIFO,
    /** Removing a directory. */
    RMDIR,
    /** Removing the name of anything else. */
    UNLINK,
    /** Renaming. */
    RENAME,
    /** Creating a hard link. */
    LINK,
    /** Creating a symbolic link. */
    SYMLINK,
    /** Reading the target of a symbolic link. */
    READLINK,
    /** Changing permission bits. */
    CHMOD,
    /** Changing owner or group. */
    CHOWN,
    /** Setting times. */
    UTIMES,
    /** Reading, listing or changing extended attributes. */
    XATTR,
    /** Reading the space of the volume. */
    STATFS,
    /** Locking or unlocking a range of an open file. */
    LOCK
}
