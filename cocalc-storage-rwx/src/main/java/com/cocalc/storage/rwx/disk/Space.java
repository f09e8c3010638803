package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.call.Errno;
import org.jspecify.annotations.Nullable;

/** The pages and inodes of a volume, counted as tmpfs counts them: a hard link costs an inode, a hole nothing. */
public final class Space {
    private final Budget pages;
    private final Budget inodes;

    public Space(long maxPages, long maxInodes) {
        pages = new Budget(maxPages);
        inodes = new Budget(maxInodes);
    }

    /** An empty one with the same limits. */
    Space unused() {
        return new Space(pages.limit(), inodes.limit());
    }

    public Budget pages() {
        return pages;
    }

    public Budget inodes() {
        return inodes;
    }

    /** Takes one page more. Returns the error if there is none left, or null. */
    @Nullable
    Errno takePage(@Nullable Quota quota) {
        return takePages(quota, 1);
    }

    /** Takes this many pages more. Returns the error if there are not as many left, or null. */
    @Nullable
    Errno takePages(@Nullable Quota quota, int count) {
        return take(pages, quota == null ? null : quota.pages, count);
    }

    void givePages(@Nullable Quota quota, long count) {
        give(pages, quota == null ? null : quota.pages, count);
    }

    /** Takes an inode, or a name more of one. */
    void takeInode(@Nullable Quota quota) throws ErrnoException {
        Errno errno = take(inodes, quota == null ? null : quota.inodes, 1);
        if (errno != null) {
            throw ErrnoException.of(errno);
        }
    }

    void giveInode(@Nullable Quota quota) {
        give(inodes, quota == null ? null : quota.inodes, 1);
    }

    /** The pages that an inode has. */
    static long pagesOf(Inode node) {
        return node instanceof FileNode file
                ? file.countPages()
                : node instanceof LinkNode link ? LinkNode.pagesOf(link.target()) : 0;
    }

    private static @Nullable Errno take(Budget volume, @Nullable Budget quota, int count) {
        if (quota != null && !quota.take(count)) {
            return Errno.EDQUOT;
        }
        if (!volume.take(count)) {
            if (quota != null) {
                quota.give(count);
            }
            return Errno.ENOSPC;
        }
        return null;
    }

    private static void give(Budget volume, @Nullable Budget quota, long count) {
        volume.give(count);
        if (quota != null) {
            quota.give(count);
        }
    }
}
