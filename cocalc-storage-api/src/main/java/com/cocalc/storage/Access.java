package com.cocalc.storage;

/** The access that a mount gives to its container, in addition to the permissions of the files. */
public enum Access {
    /** Reading only: writing fails with "Read-only file system". */
    READ_ONLY,
    /** Reading and writing, as far as the permissions of the files allow. */
    READ_WRITE;

    /** {@return whether this is {@link #READ_ONLY}, so that nothing can be written} */
    public boolean isReadOnly() {
        return this == READ_ONLY;
    }

    /** {@return the words {@code read-only} or {@code read-write}} */
    @Override
    public String toString() {
        return isReadOnly() ? "read-only" : "read-write";
    }
}
