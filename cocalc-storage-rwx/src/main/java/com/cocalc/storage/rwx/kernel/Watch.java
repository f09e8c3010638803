package com.cocalc.storage.rwx.kernel;

/** A listener for the events of one directory, as inotify(7) reports them, while the lock of the volume is held. */
public interface Watch {
    /** What happened to an entry. */
    enum Kind {
        CREATED,
        MODIFIED,
        DELETED
    }

    void happened(Kind kind, byte[] name);

    /** The directory is gone, or its server: nothing more will happen. */
    void ended();
}
