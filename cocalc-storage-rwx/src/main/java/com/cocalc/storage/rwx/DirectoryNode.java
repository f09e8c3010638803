package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** A directory, with room behind it, so that two that lie side by side can be changed by two threads at full speed. */
final class DirectoryNode extends NamedInodes {
    // Two lines of the processor's caches, which it fetches in pairs.
    @SuppressWarnings("unused")
    private long a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;

    DirectoryNode(long ino, int mode, int uid, int gid, long now, @Nullable DirectoryNode parent) {
        super(ino, mode, uid, gid, now, parent);
    }
}
