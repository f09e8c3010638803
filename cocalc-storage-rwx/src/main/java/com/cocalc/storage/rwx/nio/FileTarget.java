package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of an attribute view, and the system calls with which the JDK reaches it. */
abstract class FileTarget {
    final RwxFileSystem fileSystem;

    FileTarget(RwxFileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** An action on an open file. */
    interface Use {
        void with(OpenFile file) throws ErrnoException;
    }

    abstract Stat stat() throws IOException;

    /**
     * Returns the attributes of an open file, for the times to keep, or null if both times are given and the JDK does
     * not read them.
     */
    static @Nullable Stat kept(OpenFile file, @Nullable FileTime accessed, @Nullable FileTime modified)
            throws ErrnoException {
        return accessed == null || modified == null ? file.stat() : null;
    }

    abstract void setPermissions(Set<PosixFilePermission> permissions) throws IOException;

    /** Refuses an owner or group that is null, where the JDK does so with an exception of its own. */
    abstract void requireGiven(@Nullable UserPrincipal principal);

    abstract void chown(long uid, long gid) throws IOException;

    /** Sets times; a time that is not given is kept. */
    abstract void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws IOException;

    final RwxPosixFileAttributes attributes() throws IOException {
        return new RwxPosixFileAttributes(stat(), fileSystem.accounts());
    }

    final RwxFileAttributes basicAttributes() throws IOException {
        return new RwxFileAttributes(stat());
    }
}
