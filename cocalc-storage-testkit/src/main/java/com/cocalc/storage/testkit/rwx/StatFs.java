package com.cocalc.storage.testkit.rwx;

/** What statfs(2) answers about the volume behind a path, as this mount sees it. */
record StatFs(Server server, long totalBytes, long freeBytes, long totalInodes, long freeInodes, boolean isReadOnly) {
    static StatFs of(MountPoint mount) {
        Budget pages = mount.server().space().pages();
        Budget inodes = mount.server().space().inodes();
        long total = pages.limit() == Budget.UNLIMITED ? Long.MAX_VALUE : pages.limit() * Pages.SIZE;
        return new StatFs(
                mount.server(),
                total,
                Math.max(0, total - pages.used() * Pages.SIZE),
                inodes.limit(),
                Math.max(0, inodes.limit() - inodes.used()),
                mount.isReadOnly());
    }
}
