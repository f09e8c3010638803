package com.cocalc.storage.rwx.call;

/** The capabilities of root, as Linux divides them. Only those that a file system asks for. */
public enum Capability {
    /** Give files to other users and groups. */
    CHOWN,
    /** Pass every check of permission bits, except for executing a file without any execute bit. */
    DAC_OVERRIDE,
    /** Read every file, and list and search every directory. */
    DAC_READ_SEARCH,
    /** Pass where only the owner may: chmod, utimens, removing names from a sticky directory. */
    FOWNER,
    /** Keep set-user-id and set-group-id bits on write, chmod and creation. */
    FSETID
}
