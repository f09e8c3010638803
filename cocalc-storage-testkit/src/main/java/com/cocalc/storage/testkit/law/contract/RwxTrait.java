package com.cocalc.storage.testkit.law.contract;

/** A promise that a shared storage may make beyond what CoCalc needs. */
public enum RwxTrait {
    /** A client sees at once what another did, even if it has looked before. NFS clients believe for seconds. */
    SHOWS_CHANGES_AT_ONCE("that a client sees at once what another did"),
    /** Two clients that append to one file never overwrite each other. NFS has no append. */
    APPENDS_ACROSS_CLIENTS("that appending clients do not overwrite each other"),
    /** A file that another client removed can be read on while it is open. On NFS it is stale. */
    KEEPS_FILES_REMOVED_ELSEWHERE("that an open file outlives its removal by another client"),
    /**
     * A lock of one client keeps the other off. Promise it only where the two clients are two owners of locks: on two
     * mounts of a fake volume, or two clients of NFSv4. Elsewhere on Linux a process is one owner, and its locks never
     * keep itself off.
     */
    LOCKS_ACROSS_CLIENTS("that a lock of one client keeps the other off"),
    /** Root may give files away: an export without root squash, used as root. */
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
