package com.cocalc.storage.rwx.kernel;

/** Where the times of system calls come from, in nanoseconds since 1970. */
public interface Ticks {
    /** The time now. */
    long now();

    /** The time of a system call that starts now. */
    long next();
}
