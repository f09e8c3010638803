package com.cocalc.storage.rwx.disk;

/** The state of an inode on the disk, and its changes since. */
abstract sealed class DiskNode permits DiskDirectory, DiskFile, DiskLeaf {
    final long ino;

    DiskNode(long ino) {
        this.ino = ino;
    }

    /** The inode has other attributes now. */
    abstract void changed(SavedAttributes now);
}
