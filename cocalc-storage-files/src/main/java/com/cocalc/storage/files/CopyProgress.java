package com.cocalc.storage.files;

import com.cocalc.storage.files.copy.ProgressWatch;
import com.cocalc.storage.files.tree.ByteNames;

/** How far a copy is. */
public final class CopyProgress {

    private final long files;
    private final long bytes;
    private final FilePath current;

    CopyProgress(long files, long bytes, FilePath current) {
        this.files = files;
        this.bytes = bytes;
        this.current = current;
    }

    /** What the engine tells, as a listener hears it. */
    static ProgressWatch telling(CopyListener listener) {
        return (files, bytes, current) -> listener.progressed(new CopyProgress(files, bytes, FilePath.of(current)));
    }

    /**
     * Returns the number of files that have been looked at: copied, unchanged or skipped.
     *
     * @return the files
     */
    public long files() {
        return files;
    }

    /**
     * Returns the bytes that have been copied, of files that are being copied as well; holes count. The number falls
     * when a file changed while it was copied, as it is read again or skipped.
     *
     * @return the bytes
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Returns one of the directories that are being copied.
     *
     * @return a path in the source's project
     */
    public FilePath current() {
        return current;
    }

    /** Returns the figures in words. */
    @Override
    public String toString() {
        return files + " files, " + bytes + " bytes, at " + ByteNames.quoted(current.toBytes());
    }
}
