package com.cocalc.storage.files;

/** Hears how far a copy is. It is called from the thread that called {@link ProjectFiles#copy}, ten times a second. */
@FunctionalInterface
public interface CopyListener {

    /**
     * Takes a look at a running copy.
     *
     * @param progress what has been done so far
     */
    void progressed(CopyProgress progress);
}
