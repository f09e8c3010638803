package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.Budget;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Pages;
import com.cocalc.storage.rwx.disk.Quota;
import com.cocalc.storage.rwx.disk.Space;

/** The answer of statfs(2) about the volume behind a path, as this mount sees it. */
public record StatFs(
        Server server, long totalBytes, long freeBytes, long totalInodes, long freeInodes, boolean isReadOnly) {
    /** Of a directory with a quota, what that leaves, as project quotas of XFS do it. */
    static StatFs of(MountPoint mount, Inode node) {
        Space space = mount.server().tree().space();
        StatFs all = of(mount, space.pages(), space.inodes());
        Quota quota = node.isDirectory() ? node.quota : null;
        return quota == null ? all : all.within(of(mount, quota.pages, quota.inodes));
    }

    private static StatFs of(MountPoint mount, Budget pages, Budget inodes) {
        long total = pages.limit() > Long.MAX_VALUE / Pages.SIZE ? Long.MAX_VALUE : pages.limit() * Pages.SIZE;
        return new StatFs(
                mount.server(),
                total,
                Math.max(0, total - pages.used() * Pages.SIZE),
                inodes.limit(),
                Math.max(0, inodes.limit() - inodes.used()),
                mount.isReadOnly());
    }

    private StatFs within(StatFs other) {
        return new StatFs(
                server,
                Math.min(totalBytes, other.totalBytes),
                Math.min(freeBytes, other.freeBytes),
                Math.min(totalInodes, other.totalInodes),
                Math.min(freeInodes, other.freeInodes),
                isReadOnly);
    }
}
