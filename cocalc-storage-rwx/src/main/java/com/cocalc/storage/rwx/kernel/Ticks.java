package com.cocalc.storage.rwx.kernel;

/** The source of the times of system calls, in nanoseconds since 1970. */
public interface Ticks {
    /** The time now. */
    long now();

    /** The time of a system call that starts now. */
    long next();
}
