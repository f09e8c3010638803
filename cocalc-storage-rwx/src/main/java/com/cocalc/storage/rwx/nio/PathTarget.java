package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file by its path. If links are followed, calls use the path; otherwise the JDK opens the file, which fails for a
 * link.
 */
public final class PathTarget extends FileTarget {
    private final RwxPath path;
    private final boolean isFollowing;

    public PathTarget(RwxPath path, boolean isFollowing) {
        super(path.getFileSystem());
        this.path = path;
        this.isFollowing = isFollowing;
    }

    @Override
    public Stat stat() throws IOException {
        try {
            return fileSystem.syscalls().stat(null, path.callBytes(), isFollowing);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        chmod(ModeBits.of(permissions));
    }

    @Override
    void requireGiven(@Nullable UserPrincipal principal) {
        Objects.requireNonNull(principal, "'owner' is null");
    }

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
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws IOException {
        if (accessed == null && modified == null) {
            return; // the JDK does not even look
        }
        Stat stat = isFollowing ? null : stat();
        if (stat == null || !stat.isLink()) {
            opened(file -> setTimes(file, accessed, modified));
            return;
        }
        long atime = Times.cut(accessed, stat.atimeNs());
        long mtime = Times.cut(modified, stat.mtimeNs());
        try {
            // lutimes(3), which counts in microseconds.
            fileSystem
                    .syscalls()
                    .utimens(null, path.callBytes(), Times.accepted(atime, mtime), Times.accepted(mtime, atime), false);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    /** Sets both times in one call, as the JDK does, which reads the one to keep first. */
    private static void setTimes(OpenFile file, @Nullable FileTime accessed, @Nullable FileTime modified)
            throws ErrnoException {
        Stat kept = kept(file, accessed, modified);
        long atime = Times.nanoseconds(accessed, kept == null ? 0 : kept.atimeNs());
        long mtime = Times.nanoseconds(modified, kept == null ? 0 : kept.mtimeNs());
        file.utimens(Times.accepted(atime, mtime), Times.accepted(mtime, atime));
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
