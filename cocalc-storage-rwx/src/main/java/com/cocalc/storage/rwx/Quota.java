package com.cocalc.storage.rwx;

/** What may lie below one directory. */
final class Quota {
    final Budget pages;
    final Budget inodes;

    private Quota(long maxPages, long maxInodes) {
        pages = new Budget(maxPages);
        inodes = new Budget(maxInodes);
    }

    static Quota of(long bytes, long inodes) {
        RwxVolumeBuilder.requirePositive("bytes", bytes);
        RwxVolumeBuilder.requirePositive("inodes", inodes);
        return new Quota((bytes - 1) / Pages.SIZE + 1, inodes);
    }

    /** The same limits, with nothing counted. */
    Quota unused() {
        return new Quota(pages.limit(), inodes.limit());
    }

    /** Counts this directory and all below it against this quota. Nobody else may change the volume meanwhile. */
    void assignTo(DirectoryNode directory) {
        assign(directory);
        for (Inode node : directory.inodes()) {
            if (node instanceof DirectoryNode below) {
                assignTo(below);
            } else if (node.quota != this) {
                assign(node);
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
