package com.cocalc.storage.rwx.call;

/** The capabilities of Linux that a file system checks. */
public enum Capability {
    /** Allows giving files to other users and groups. */
    CHOWN,
    /** Passes every check of permission bits, except for executing a file without any execute bit. */
    DAC_OVERRIDE,
    /** Allows reading every file, and listing and searching every directory. */
    DAC_READ_SEARCH,
    /** Allows what is reserved to the owner: chmod, utimens, removing names from a sticky directory. */
    FOWNER,
    /** Keeps set-user-id and set-group-id bits on write, chmod and creation. */
    FSETID
}
