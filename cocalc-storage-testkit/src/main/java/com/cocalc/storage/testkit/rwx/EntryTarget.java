package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
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
        super(directory.fileSystem());
        this.directory = directory;
        this.path = path;
        this.isFollowing = isFollowing;
    }

    @Override
    Stat stat() throws IOException {
        RwxPath entry = path;
        return directory.whileOpen(
                entry,
                base -> entry == null ? base.stat() : fileSystem.syscalls().stat(base, entry.callBytes(), isFollowing));
    }

    @Override
    void chmod(int mode) throws IOException {
        opened(file -> file.chmod(mode));
    }

    @Override
    void chown(long uid, long gid) throws IOException {
        opened(file -> file.chown(uid, gid));
    }

    @Override
    void setTimes(@Nullable Long atimeNs, @Nullable Long mtimeNs) throws IOException {
        opened(file -> setTimes(file, atimeNs, mtimeNs));
    }

    private void opened(Use use) throws IOException {
        RwxPath entry = path;
        directory.whileOpen(entry, base -> {
            if (entry == null) {
                use.with(base);
                return null;
            }
            int flags = isFollowing ? OpenFlags.READ : OpenFlags.READ | OpenFlags.NOFOLLOW;
            OpenFile file = fileSystem.syscalls().open(base, entry.callBytes(), flags, 0);
            try {
                use.with(file);
            } finally {
                file.close();
            }
            return null;
        });
    }
}
