package com.cocalc.storage.rwx.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A symbolic link or FIFO. Nobody can force one, so what happens to it is forced with the directory that names it. */
final class DiskLeaf extends DiskNode {
    private final byte @Nullable [] target;
    private final List<SavedAttributes> since = new ArrayList<>();
    private SavedAttributes forced;

    DiskLeaf(Inode node) {
        super(node.ino);
        this.target = node instanceof LinkNode link ? link.target() : null;
        this.forced = SavedAttributes.of(node);
    }

    @Override
    void changed(SavedAttributes now) {
        since.add(now);
        if (since.size() > 2 * DiskDirectory.SINGLE_STEPS) {
            since.subList(0, DiskDirectory.SINGLE_STEPS).clear();
        }
    }

    void force() {
        if (!since.isEmpty()) {
            forced = since.get(since.size() - 1);
            since.clear();
        }
    }

    Inode survivor(Chances chances) {
        int kept = chances.upTo(since.size());
        Inode node = target == null ? new FifoNode(ino, 0, 0, 0, 0) : new LinkNode(ino, target, 0, 0, 0);
        (kept == 0 ? forced : since.get(kept - 1)).giveTo(node);
        return node;
    }
}
