package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file by its path. Following links, calls take the path; else the JDK opens the file, which a link refuses. */
final class PathTarget extends FileTarget {
    private final RwxPath path;
    private final boolean isFollowing;

    PathTarget(RwxPath path, boolean isFollowing) {
        super(path.getFileSystem());
        this.path = path;
        this.isFollowing = isFollowing;
    }

    @Override
    Stat stat() throws IOException {
        try {
            return fileSystem.syscalls().stat(null, path.callBytes(), isFollowing);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    void chmod(int mode) throws IOException {
        if (!isFollowing) {
            opened(file -> file.chmod(mode));
            return;
        }
        try {
            fileSystem.syscalls().chmod(null, path.callBytes(), mode, true);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    void chown(long uid, long gid) throws IOException {
        try {
            fileSystem.syscalls().chown(null, path.callBytes(), uid, gid, isFollowing);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    void setTimes(@Nullable Long atimeNs, @Nullable Long mtimeNs) throws IOException {
        Stat stat = isFollowing ? null : stat();
        if (stat == null || !stat.isLink()) {
            opened(file -> setTimes(file, atimeNs, mtimeNs));
            return;
        }
        long atime = atimeNs == null ? stat.atimeNs() : atimeNs;
        long mtime = mtimeNs == null ? stat.mtimeNs() : mtimeNs;
        try {
            // lutimes(3), which counts in microseconds.
            fileSystem.syscalls().utimens(null, path.callBytes(), micros(atime), micros(mtime), false);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    private static long micros(long nanoseconds) {
        return Math.max(0, nanoseconds - nanoseconds % 1000);
    }

    void opened(Use use) throws IOException {
        try {
            OpenFile file = open();
            try {
                use.with(file);
            } finally {
                file.close();
            }
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    /** Opens the file to read or set attributes of it. */
    OpenFile open() throws ErrnoException {
        int flags = isFollowing ? OpenFlags.READ : OpenFlags.READ | OpenFlags.NOFOLLOW;
        return fileSystem.syscalls().open(null, path.callBytes(), flags, 0);
    }

    RwxPath path() {
        return path;
    }
}
