package com.cocalc.storage.files;

/** What is kept of a file beside its content. */
public enum CopyAttribute {
    /** The nine permission bits. Without it, a new file gets what the process's umask leaves of the source's bits. */
    MODE,
    /**
     * The time of the last modification, to the microsecond. Without it, each file is copied again each time, as an
     * unchanged file is known by its time.
     */
    TIMES
}
