package com.cocalc.storage.rwx.disk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The limits of the tree below one directory. */
public final class Quota {
    public final Budget pages;
    public final Budget inodes;

    private Quota(long maxPages, long maxInodes) {
        pages = new Budget(maxPages);
        inodes = new Budget(maxInodes);
    }

    public static Quota of(long bytes, long inodes) {
        return new Quota((bytes - 1) / Pages.SIZE + 1, inodes);
    }

    /** The same limits, with nothing counted. */
    Quota unused() {
        return new Quota(pages.limit(), inodes.limit());
    }

    /** Counts this directory and all below it against this quota. */
    void assignTo(DirectoryNode top) {
        Deque<DirectoryNode> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            DirectoryNode directory = open.remove();
            assign(directory);
            for (Inode node : directory.names().inodes()) {
                if (node instanceof DirectoryNode below) {
                    open.add(below);
                } else if (node.quota != this) {
                    assign(node);
                }
            }
        }
    }

    private void assign(Inode node) {
        Quota before = node.quota;
        long names = node.isDirectory() ? 1 : node.nlink;
        long used = Space.pagesOf(node);
        if (before != null) {
            before.inodes.give(names);
            before.pages.give(used);
        }
        inodes.force(names);
        pages.force(used);
        node.quota = this;
    }
}
