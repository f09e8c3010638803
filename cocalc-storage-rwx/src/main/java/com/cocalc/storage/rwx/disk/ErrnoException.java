package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.call.Errno;
import java.util.Arrays;

/** A system call failed. It has no stack trace: what a user sees is the exception that is made of it. */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;
    // One per error: it carries neither stack trace nor suppressed exceptions, so it can be thrown any number of times.
    private static final ErrnoException[] BY_ERRNO =
            Arrays.stream(Errno.values()).map(ErrnoException::new).toArray(ErrnoException[]::new);

    private final Errno errno;

    private ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /** The exception for an error. */
    public static ErrnoException of(Errno errno) {
        return BY_ERRNO[errno.ordinal()];
    }

    public Errno errno() {
        return errno;
    }
}
