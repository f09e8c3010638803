package com.cocalc.storage.files.outcome;

/** What ended an operation on files, or kept it from beginning. */
public enum Problem {
    /** The source does not exist. */
    SOURCE_MISSING,
    /** The target project has no home directory yet. */
    HOME_MISSING,
    /** A name on the way is a symbolic link or no directory. */
    NOT_A_DIRECTORY,
    /** Source and target are the same. */
    ONTO_ITSELF,
    /** The target lies in the source. */
    INTO_ITSELF,
    /** A file would replace a directory, or a directory a file. */
    OTHER_KIND,
    /** It is a link or a FIFO, which cannot be published. */
    NOT_PUBLISHABLE,
    /** There is more than the request allows. */
    TOO_MUCH,
    /** The time of the request is up. */
    TIME_UP,
    /** Somebody cancelled the operation. */
    CANCELLED,
    /** A name could not be opened in time: it is a FIFO, or the file system does not answer. */
    BLOCKED,
    /** Another publisher is at work on the share. */
    BUSY,
    /** The file system cannot do what safety needs. */
    UNSAFE,
    /** The service may not do this. */
    DENIED,
    /** The file system failed: no space, a quota, a stale handle, a broken disk. */
    FAILED
}
