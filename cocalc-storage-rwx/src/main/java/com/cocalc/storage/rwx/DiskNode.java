package com.cocalc.storage.rwx;

/** What the disk has of an inode, and what has happened to it since. */
abstract sealed class DiskNode permits DiskDirectory, DiskFile, DiskLink {
    final long ino;

    DiskNode(long ino) {
        this.ino = ino;
    }

    /** The inode has other attributes now. */
    abstract void changed(SavedAttributes now);
}
