package com.cocalc.storage.rwx.disk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name by which an inode was opened. It follows renames of that name, and stays as it was when the name is removed,
 * as a directory entry in the cache of Linux.
 */
public final class OpenName {
    private DirectoryNode directory;
    private byte[] name;
    /** The next one of the inode. */
    @Nullable
    OpenName next;

    /** For an inode that has this name. */
    public OpenName(DirectoryNode directory, byte[] name) {
        this.directory = directory;
        this.name = name;
    }

    public DirectoryNode directory() {
        return directory;
    }

    /** The name itself, not to be changed. */
    public byte[] name() {
        return name;
    }

    boolean is(DirectoryNode inDirectory, byte[] bytes) {
        return directory == inDirectory && Arrays.equals(name, bytes);
    }

    void become(DirectoryNode inDirectory, byte[] bytes) {
        directory = inDirectory;
        name = bytes;
    }
}
