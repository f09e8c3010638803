package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The file that an attribute view is about, and the system calls by which the JDK reaches it. */
abstract class FileTarget {
    final RwxFileSystem fileSystem;

    FileTarget(RwxFileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** Something to do with an open file. */
    interface Use {
        void with(OpenFile file) throws ErrnoException;
    }

    abstract Stat stat() throws IOException;

    /** What an open file has, for the times to keep; the JDK does not ask where both are given. */
    static @Nullable Stat kept(OpenFile file, @Nullable FileTime accessed, @Nullable FileTime modified)
            throws ErrnoException {
        return accessed == null || modified == null ? file.stat() : null;
    }

    abstract void chmod(int mode) throws IOException;

    abstract void chown(long uid, long gid) throws IOException;

    /** A time that is not given is kept. */
    abstract void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws IOException;

    final RwxPosixFileAttributes attributes() throws IOException {
        return new RwxPosixFileAttributes(stat(), fileSystem.accounts());
    }

    final RwxFileAttributes basicAttributes() throws IOException {
        return new RwxFileAttributes(stat());
    }
}
