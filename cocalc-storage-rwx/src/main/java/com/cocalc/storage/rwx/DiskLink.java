package com.cocalc.storage.rwx;

import java.util.ArrayList;
import java.util.List;

/** A symbolic link. Nobody can open one, so what happens to it is forced with the directory that names it. */
final class DiskLink extends DiskNode {
    private final byte[] target;
    private final List<SavedAttributes> since = new ArrayList<>();
    private SavedAttributes forced;

    DiskLink(LinkNode link) {
        super(link.ino);
        this.target = link.target();
        this.forced = SavedAttributes.of(link);
    }

    @Override
    void changed(SavedAttributes now) {
        since.add(now);
    }

    void force() {
        if (!since.isEmpty()) {
            forced = since.get(since.size() - 1);
            since.clear();
        }
    }

    LinkNode survivor(Chances chances) {
        int kept = chances.upTo(since.size());
        LinkNode link = new LinkNode(ino, target, 0, 0, 0);
        (kept == 0 ? forced : since.get(kept - 1)).giveTo(link);
        return link;
    }
}
