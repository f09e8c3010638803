package com.cocalc.storage.testkit.law.contract;

/** A promise that a shared storage may make in addition to what CoCalc needs. */
public enum RwxTrait {
    /**
     * A client sees at once what another client did, even if it has read the same before. NFS clients cache for
     * seconds.
     */
    SHOWS_CHANGES_AT_ONCE("that a client sees at once what another did"),
    /** Two clients that append to one file never overwrite each other. NFS has no append. */
    APPENDS_ACROSS_CLIENTS("that appending clients do not overwrite each other"),
    /** A file that another client removed can still be read while it is open. On NFS it is stale. */
    KEEPS_FILES_REMOVED_ELSEWHERE("that an open file outlives its removal by another client"),
    /**
     * A lock of one client excludes the other client. Promise this only if the two clients are two owners of locks: on
     * two mounts of a fake volume, or on two clients of NFSv4. Otherwise a process on Linux is one owner, and its locks
     * never exclude itself.
     */
    LOCKS_ACROSS_CLIENTS("that a lock of one client excludes the other"),
    /** Root may change owners: an export without root squash, used as root. */
    ROOT_GIVES_AWAY("that root may give files away");

    private final String words;

    RwxTrait(String words) {
        this.words = words;
    }

    /** Returns the promise in words. */
    @Override
    public String toString() {
        return words;
    }
}
