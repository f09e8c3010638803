package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file relative to an open directory, or that directory itself. Changes go through a handle, so the JDK needs read
 * permission for them.
 */
final class EntryTarget extends FileTarget {
    private final RwxDirectoryStream directory;
    private final @Nullable RwxPath path;
    private final boolean isFollowing;

    EntryTarget(RwxDirectoryStream directory, @Nullable RwxPath path, boolean isFollowing) {
        super(path == null ? directory.fileSystem() : path.getFileSystem());
        this.directory = directory;
        this.path = path;
        this.isFollowing = isFollowing;
    }

    @Override
    Stat stat() throws IOException {
        RwxPath entry = path;
        return directory.whileOpen(
                entry,
                base -> entry == null ? base.stat() : fileSystem.syscalls().stat(base, entry.bytes(), isFollowing));
    }

    /** Sets permissions, and looks at them only when the file is open. */
    @Override
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        opened(file -> file.chmod(ModeBits.of(permissions)));
    }

    @Override
    void requireGiven(@Nullable UserPrincipal principal) {
        // To the JDK it is one of another provider.
    }

    @Override
    void chown(long uid, long gid) throws IOException {
        opened(file -> file.chown(uid, gid));
    }

    /** Sets times. Even without a time to set, the JDK reads the present ones and sets them again. */
    @Override
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws IOException {
        opened(file -> {
            Stat kept = kept(file, accessed, modified);
            file.utimens(
                    Times.wholeMicroseconds(accessed, kept == null ? 0 : kept.atimeNs()),
                    Times.wholeMicroseconds(modified, kept == null ? 0 : kept.mtimeNs()));
        });
    }

    private void opened(Use use) throws IOException {
        RwxPath entry = path;
        directory.whileOpen(entry, base -> {
            if (entry == null) {
                use.with(base);
                return null;
            }
            int flags = isFollowing ? OpenFlags.READ : OpenFlags.READ | OpenFlags.NOFOLLOW;
            OpenFile file = fileSystem.syscalls().open(base, entry.bytes(), flags, 0);
            try {
                use.with(file);
            } finally {
                file.close();
            }
            return null;
        });
    }
}
