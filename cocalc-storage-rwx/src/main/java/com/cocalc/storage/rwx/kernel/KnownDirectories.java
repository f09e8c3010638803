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
    /** The one found last: paths that come one after the other are often of one directory. */
    private @Nullable Known recent;

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

        /** How many bytes of the path lead to it. */
        int length() {
            return prefix.length;
        }

        private boolean isOf(byte[] path, int length) {
            return prefix.length == length && Arrays.equals(prefix, 0, length, path, 0, length);
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

    /** The directory of the last element of a path, if that is known. */
    @Nullable
    Known find(byte[] path) {
        int length = lengthOfDirectory(path);
        if (length == 0 || path.length > Walk.MAX_PATH) {
            return null;
        }
        Known known = recent;
        if (known == null || !known.isOf(path, length)) {
            known = slots[slot(path, length)];
            if (known == null || !known.isOf(path, length)) {
                return null;
            }
            recent = known;
        }
        return known.shape != shape() || known.directory.isRemoved() || !isMounted(known.mount) ? null : known;
    }

    /** How many bytes come before the last element and its slashes. */
    private static int lengthOfDirectory(byte[] path) {
        int end = Words.skipSlashesBack(path, path.length);
        return Words.skipSlashesBack(path, Words.startOfElement(path, end));
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

    /** Remembers the directory of the last element of a path. */
    void remember(byte[] path, MountPoint mount, DirectoryNode directory) {
        int length = lengthOfDirectory(path);
        if (length > 0) {
            Known known = new Known(Arrays.copyOf(path, length), shape(), mount, directory);
            slots[slot(path, length)] = known;
            recent = known;
        }
    }

    /** Paths that lie side by side differ at their end. */
    private static int slot(byte[] path, int length) {
        return Words.hash(path, Math.max(0, length - HASHED), length) & SLOTS - 1;
    }
}
