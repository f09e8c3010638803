package com.cocalc.storage.rwx.call;

/** The errors of system calls, by the names of {@code errno.h}. */
public enum Errno {
    /** The operation is reserved to the owner or a capability. */
    EPERM("Operation not permitted"),
    /** A name does not exist. */
    ENOENT("No such file or directory"),
    /** A signal came while the call waited. */
    EINTR("Interrupted system call"),
    /** The device failed. */
    EIO("Input/output error"),
    /** The handle is closed, or was opened for the other direction. */
    EBADF("Bad file descriptor"),
    /** A FIFO without a reader was opened for writing without waiting. */
    ENXIO("No such device or address"),
    /** A value is longer than the system takes. */
    E2BIG("Argument list too long"),
    /** Another owner holds a lock, or the call would have to wait. */
    EAGAIN("Resource temporarily unavailable"),
    /** A permission bit is missing. */
    EACCES("Permission denied"),
    /** A mount point, or a name that is never removed. */
    EBUSY("Device or resource busy"),
    /** The name exists already. */
    EEXIST("File exists"),
    /** Two names on different mounts. */
    EXDEV("Invalid cross-device link"),
    /** Something other than a directory, where a directory is required. */
    ENOTDIR("Not a directory"),
    /** A directory, where something else is required. */
    EISDIR("Is a directory"),
    /** Arguments that the call does not allow together. */
    EINVAL("Invalid argument"),
    /** The file would become too large. */
    EFBIG("File too large"),
    /** The volume has no free blocks or inodes. */
    ENOSPC("No space left on device"),
    /** A FIFO has no positions. */
    ESPIPE("Illegal seek"),
    /** The mount is read-only. */
    EROFS("Read-only file system"),
    /** The inode has as many names as it can have. */
    EMLINK("Too many links"),
    /** A FIFO has no reader. */
    EPIPE("Broken pipe"),
    /** A number or buffer is too small for the result. */
    ERANGE("Numerical result out of range"),
    /** A deadlock between lock owners would follow. */
    EDEADLK("Resource deadlock avoided"),
    /** A name or path is too long. */
    ENAMETOOLONG("File name too long"),
    /** No record locks are available. */
    ENOLCK("No locks available"),
    /** A directory has entries. */
    ENOTEMPTY("Directory not empty"),
    /** Too many symbolic links in one walk. */
    ELOOP("Too many levels of symbolic links"),
    /** An extended attribute does not exist. */
    ENODATA("No data available"),
    /** The server did not answer in time. */
    ETIMEDOUT("Connection timed out"),
    /** Not supported by this file system. */
    EOPNOTSUPP("Operation not supported"),
    /** The server has forgotten the file behind a handle. */
    ESTALE("Stale file handle"),
    /** A quota is used up. */
    EDQUOT("Disk quota exceeded");

    private final String text;

    Errno(String text) {
        this.text = text;
    }

    /** {@return the text of {@code strerror}, as the JDK shows it on Linux, for example {@code Permission denied}} */
    public String text() {
        return text;
    }
}
