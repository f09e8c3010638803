package com.cocalc.storage.testkit.rwx;

/** What may lie below one directory. */
final class Quota {
    final Budget pages;
    final Budget inodes;

    Quota(long maxPages, long maxInodes) {
        pages = new Budget(maxPages);
        inodes = new Budget(maxInodes);
    }
}
