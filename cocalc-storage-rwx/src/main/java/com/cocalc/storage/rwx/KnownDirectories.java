package com.cocalc.storage.rwx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Directories that walks of one container have come to lately, by the text that led there. What is remembered holds
 * until something changes that a walk can see: then the servers' stamps are others. Only rmdir changes no stamp; but a
 * directory above another one is not removed, so it is enough that the remembered one is still there, and what the
 * mounts on the way are mounted on. That holds for plain names alone: a walk through a link or {@code ..} has been in
 * directories that are not above its end, and is not remembered.
 */
final class KnownDirectories {
    private static final int SLOTS = 256;
    private static final int HASHED = 16;

    private final Server[] servers;
    // Written without a lock: an entry is immutable, and a lost one is walked again.
    private final @Nullable Known[] slots = new Known[SLOTS];

    KnownDirectories(Server[] servers) {
        this.servers = servers;
    }

    /** A directory, and what has to be unchanged for it. */
    static final class Known {
        private final byte[] prefix;
        private final long[] stamps;
        final MountPoint mount;
        final DirectoryNode directory;

        private Known(byte[] prefix, long[] stamps, MountPoint mount, DirectoryNode directory) {
            this.prefix = prefix;
            this.stamps = stamps;
            this.mount = mount;
            this.directory = directory;
        }
    }

    /** The stamps to remember a walk with that starts now; null while somebody excludes walks. */
    long @Nullable [] stamps() {
        long[] stamps = new long[servers.length];
        for (int i = 0; i < servers.length; i++) {
            stamps[i] = servers[i].structure().tryOptimisticRead();
            if (stamps[i] == 0) {
                return null;
            }
        }
        return stamps;
    }

    /** The directory that the first bytes of a path lead to, if that is known. */
    @Nullable
    Known find(byte[] path, int length) {
        Known known = slots[slot(path, length)];
        if (known == null
                || known.prefix.length != length
                || !Arrays.equals(known.prefix, 0, length, path, 0, length)
                || !isStill(known)) {
            return null;
        }
        return known;
    }

    /** The directory before a plain name that starts here and ends the path, if that is known. */
    @Nullable
    Known findParent(byte[] path, int start) {
        return start > 1 && path.length <= Walk.MAX_PATH && LastName.isPlain(path, start)
                ? find(path, start - 1)
                : null;
    }

    /** Whether a walk would come to the same directory now. */
    boolean isStill(Known known) {
        for (int i = 0; i < servers.length; i++) {
            if (servers[i].structure().tryOptimisticRead() != known.stamps[i]) {
                return false;
            }
        }
        return !known.directory.isRemoved() && isMounted(known.mount);
    }

    /** A mount goes with its mount point. */
    private static boolean isMounted(MountPoint mount) {
        for (MountPoint at = mount; at != null; at = at.below()) {
            DirectoryNode covered = at.covered();
            if (covered != null && covered.isRemoved()) {
                return false;
            }
        }
        return true;
    }

    void remember(byte[] path, int length, long[] stamps, MountPoint mount, DirectoryNode directory) {
        slots[slot(path, length)] = new Known(Arrays.copyOf(path, length), stamps, mount, directory);
    }

    /** Paths that lie side by side differ at their end. */
    private static int slot(byte[] path, int length) {
        return Words.hash(path, Math.max(0, length - HASHED), length) & SLOTS - 1;
    }
}
