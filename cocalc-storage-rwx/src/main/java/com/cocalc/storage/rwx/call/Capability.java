package com.cocalc.storage.rwx.call;

/** What root may do, in the parts that Linux divides it into. Only those that a file system asks for. */
public enum Capability {
    /** Give files to other users and groups. */
    CHOWN,
    /** Pass every check of permission bits, but for executing a file that nobody may execute. */
    DAC_OVERRIDE,
    /** Read every file, and list and search every directory. */
    DAC_READ_SEARCH,
    /** Pass where only the owner may: chmod, utimens, removing names from a sticky directory. */
    FOWNER,
    /** Keep set-user-id and set-group-id bits on write, chmod and creation. */
    FSETID
}
