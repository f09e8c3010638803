package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.TreePath;

/** Hears how far a copy is. */
@FunctionalInterface
public interface ProgressWatch {

    /**
     * Takes a look at a running copy.
     *
     * @param files how many files have been looked at
     * @param bytes how many bytes have been copied
     * @param current one of the directories that are being copied
     */
    void progressed(long files, long bytes, TreePath current);
}
