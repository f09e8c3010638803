package com.cocalc.storage.rwx;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Changes of what a file holds, with what they do to its set-id bits and times. The file's monitor must be held. */
final class Contents {
    private Contents() {}

    /**
     * Writes at a position, as much as there is space for.
     *
     * @return the number of bytes, which are fewer than there were where the volume is full
     * @throws ErrnoException if nothing could be written
     */
    static int write(MountPoint mount, Credentials user, FileNode file, ByteBuffer src, long position, long now)
            throws ErrnoException {
        if (!src.hasRemaining()) {
            return 0;
        }
        if (position == Long.MAX_VALUE) {
            throw Errno.EFBIG.exception();
        }
        int start = src.position();
        int limit = src.limit();
        src.limit(start + (int) Math.min(src.remaining(), Long.MAX_VALUE - position));
        file.beginChange();
        file.mode &= ~Permissions.clearedByWrite(user, file);
        file.mtime = now;
        file.ctime = now;
        @Nullable Errno errno = file.write(src, position, mount.server().space());
        file.endChange();
        src.limit(limit);
        int written = src.position() - start;
        if (written > 0) {
            mount.wrote(file, position, written);
        }
        if (written == 0 && errno != null) {
            throw errno.exception();
        }
        return written;
    }

    static void truncateOnOpen(MountPoint mount, FileNode file, long now) {
        resize(mount, mount.user(), file, 0, now, true);
    }

    /**
     * Sets the size. Where a file has this size already, its times stay as they are only if it holds no data and was
     * named by its path: that is how tmpfs does it.
     */
    static void resize(MountPoint mount, Credentials user, FileNode file, long size, long now, boolean isByHandle) {
        mount.resizing(file, size);
        file.beginChange();
        file.mode &= ~Permissions.clearedByWrite(user, file);
        if (isByHandle || size != file.size() || file.nextPage(0) >= 0) {
            file.mtime = now;
            file.ctime = now;
        }
        file.resize(size, mount.server().space());
        file.endChange();
        mount.changed(file);
    }
}
