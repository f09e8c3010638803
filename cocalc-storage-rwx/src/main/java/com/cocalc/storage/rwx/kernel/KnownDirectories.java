package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the directories that walks of one container reached recently, by the text of the path. This is the one
 * cache of this package: without it the speed of a path grows with its depth. What is remembered holds until the
 * {@linkplain com.cocalc.storage.rwx.disk.Tree#shape shape} of a volume changes. Only rmdir does not change that; but a
 * directory above another one is not removed, so it is enough that the remembered one is still there, and what the
 * mounts on the way are mounted on. That holds for plain names alone: a walk through a link or {@code ..} has been in
 * directories that are not above its end, and is not remembered.
 */
final class KnownDirectories {
    private static final int SLOTS = 256;
    private static final int HASHED = 16;

    private final Server[] servers;
    private final @Nullable Known[] slots = new Known[SLOTS];

    KnownDirectories(Server[] servers) {
        this.servers = servers;
    }

    /** A directory, and the shape of all volumes when it was found. */
    static final class Known {
        private final byte[] prefix;
        private final long shape;
        final MountPoint mount;
        final DirectoryNode directory;

        private Known(byte[] prefix, long shape, MountPoint mount, DirectoryNode directory) {
            this.prefix = prefix;
            this.shape = shape;
            this.mount = mount;
            this.directory = directory;
        }
    }

    /** Each only grows, so that their sum tells whether one of them has changed. */
    private long shape() {
        long sum = 0;
        for (Server server : servers) {
            sum += server.tree().shape();
        }
        return sum;
    }

    /** The directory that the first bytes of a path lead to, if that is known. */
    @Nullable
    Known find(byte[] path, int length) {
        Known known = slots[slot(path, length)];
        if (known == null
                || known.prefix.length != length
                || !Arrays.equals(known.prefix, 0, length, path, 0, length)
                || known.shape != shape()
                || known.directory.isRemoved()
                || !isMounted(known.mount)) {
            return null;
        }
        return known;
    }

    /** A mount goes with its mount point. */
    private static boolean isMounted(MountPoint mount) {
        for (MountPoint at = mount; at != null; at = at.below()) {
            if (at.covered() instanceof DirectoryNode covered && covered.isRemoved()) {
                return false;
            }
        }
        return true;
    }

    void remember(byte[] path, int length, MountPoint mount, DirectoryNode directory) {
        slots[slot(path, length)] = new Known(Arrays.copyOf(path, length), shape(), mount, directory);
    }

    /** Paths that lie side by side differ at their end. */
    private static int slot(byte[] path, int length) {
        return Words.hash(path, Math.max(0, length - HASHED), length) & SLOTS - 1;
    }
}
