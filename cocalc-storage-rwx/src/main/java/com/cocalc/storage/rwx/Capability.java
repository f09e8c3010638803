package com.cocalc.storage.rwx;

/** What root may do, in the parts that Linux divides it into. Only those that a file system asks for. */
public enum Capability {
    /** Give files to other users and groups. */
    CHOWN(1),
    /** Pass every check of permission bits, but for executing a file that nobody may execute. */
    DAC_OVERRIDE(1 << 1),
    /** Read every file, and list and search every directory. */
    DAC_READ_SEARCH(1 << 2),
    /** Pass where only the owner may: chmod, utimens, removing names from a sticky directory. */
    FOWNER(1 << 3),
    /** Keep set-user-id and set-group-id bits on write, chmod and creation. */
    FSETID(1 << 4);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
