package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** How inodes of a server come and go: an inode is there while it has a name, or somebody who holds it. */
final class Inodes {
    private final InodeNumbers numbers;
    private final Space space;
    private final @Nullable Disk disk;

    Inodes(InodeNumbers numbers, Space space, @Nullable Disk disk) {
        this.numbers = numbers;
        this.space = space;
        this.disk = disk;
    }

    long nextNumber() {
        return numbers.next();
    }

    /** No number up to this one is given again by who starts behind it. */
    long lastNumber() {
        return numbers.last();
    }

    /** Takes one name from a file or link, whose monitor must be held. */
    void dropName(Inode node, long now) {
        node.beginChange();
        node.nlink--;
        node.ctime = now;
        node.endChange();
        if (node.nlink > 0) {
            space.giveInode(node.quota);
        } else if (node.holders == 0) {
            evict(node);
        }
    }

    /** Takes the name from an empty directory, whose monitor must be held. */
    void dropDirectory(DirectoryNode directory, long now) {
        directory.beginChange();
        directory.nlink = 0;
        directory.ctime = now;
        directory.endChange();
        if (directory.holders == 0) {
            evict(directory);
        }
    }

    /** One holder less. */
    void release(Inode node) {
        synchronized (node) {
            node.holders--;
            if (node.holders == 0 && node.nlink == 0) {
                evict(node);
            }
        }
    }

    private void evict(Inode node) {
        space.giveInode(node.quota);
        if (node instanceof FileNode file) {
            if (disk != null) {
                disk.evicted(file);
            }
            // Somebody may be reading in the moment that he closes it, and must not see what its pages are used for
            // next.
            file.beginChange();
            file.resize(0, space);
            file.endChange();
        } else if (node instanceof LinkNode link) {
            space.givePages(node.quota, LinkNode.pagesOf(link.target()));
        }
    }
}
