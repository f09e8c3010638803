package com.cocalc.storage.files;

/** When what was copied is on the disk, beyond the reach of a power failure. */
public enum ForcePolicy {
    /** When the file system sees fit. After a crash of the machine a new file may be empty. */
    NEVER,
    /** Each file before it appears under its name, and each directory when it is complete. */
    EVERYTHING
}
