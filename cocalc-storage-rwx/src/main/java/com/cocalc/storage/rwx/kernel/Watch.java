package com.cocalc.storage.rwx.kernel;

/** Somebody who is told what happens in one directory, as inotify(7) tells it, while the lock of the volume is held. */
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
