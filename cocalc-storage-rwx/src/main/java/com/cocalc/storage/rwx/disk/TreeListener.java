package com.cocalc.storage.rwx.disk;

/** A listener for changes of the names of a volume, by any mount, while the lock of the volume is held. */
public interface TreeListener {
    /** A directory has a name more, or a name that leads to something else. */
    void named(DirectoryNode directory, byte[] name);

    /** A directory has a name less. */
    void unnamed(DirectoryNode directory, byte[] name);

    /** A directory is gone: it has no name, and nobody has it open. */
    void removed(DirectoryNode directory);
}
