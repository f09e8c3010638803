package com.cocalc.storage.rwx;

/** A system call failed. It has no stack trace: what a user sees is the exception that is made of it. */
final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
