package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.call.Errno;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Thrown when a system call fails. It has no stack trace: what a user sees is the exception that is made of it. */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;
    // One per error: it carries neither stack trace nor suppressed exceptions, so it can be thrown any number of times.
    private static final Map<Errno, ErrnoException> BY_ERRNO = new EnumMap<>(Errno.class);

    static {
        for (Errno errno : Errno.values()) {
            BY_ERRNO.put(errno, new ErrnoException(errno));
        }
    }

    private final Errno errno;

    private ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /** The exception for an error. */
    public static ErrnoException of(Errno errno) {
        return Objects.requireNonNull(BY_ERRNO.get(errno));
    }

    public Errno errno() {
        return errno;
    }
}
