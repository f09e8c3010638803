package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
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

    abstract void chmod(int mode) throws IOException;

    abstract void chown(long uid, long gid) throws IOException;

    /** At least one time is given; the other is kept. */
    abstract void setTimes(@Nullable Long atimeNs, @Nullable Long mtimeNs) throws IOException;

    final RwxPosixFileAttributes attributes() throws IOException {
        return new RwxPosixFileAttributes(stat(), fileSystem.accounts());
    }

    final RwxFileAttributes basicAttributes() throws IOException {
        return new RwxFileAttributes(stat());
    }

    /** Names both times in one call, as the JDK does: the one to keep is read first. */
    static void setTimes(OpenFile file, @Nullable Long atimeNs, @Nullable Long mtimeNs) throws ErrnoException {
        Stat stat = atimeNs == null || mtimeNs == null ? file.stat() : null;
        long atime = atimeNs == null && stat != null ? stat.atimeNs() : orZero(atimeNs);
        long mtime = mtimeNs == null && stat != null ? stat.mtimeNs() : orZero(mtimeNs);
        file.utimens(Times.accepted(atime, mtime), Times.accepted(mtime, atime));
    }

    static long orZero(@Nullable Long time) {
        return time == null ? 0 : time;
    }
}
