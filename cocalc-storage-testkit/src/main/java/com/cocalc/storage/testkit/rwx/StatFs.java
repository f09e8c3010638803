package com.cocalc.storage.testkit.rwx;

/** What statfs(2) answers about the volume behind a path, as this mount sees it. */
record StatFs(
        RwxVolume volume, long totalBytes, long freeBytes, long totalInodes, long freeInodes, boolean isReadOnly) {}
