package com.cocalc.storage.rwx.disk;

/** What the disk has of an inode, and what has happened to it since. */
abstract sealed class DiskNode permits DiskDirectory, DiskFile, DiskLeaf {
    final long ino;

    DiskNode(long ino) {
        this.ino = ino;
    }

    /** The inode has other attributes now. */
    abstract void changed(SavedAttributes now);
}
