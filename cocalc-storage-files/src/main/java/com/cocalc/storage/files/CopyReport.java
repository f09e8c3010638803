package com.cocalc.storage.files;

import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.outcome.SkipReason;
import java.util.List;
import java.util.Map;

/** What a copy did. */
public final class CopyReport {

    private final long files;
    private final long directories;
    private final long links;
    private final long bytes;
    private final long unchanged;
    private final long deleted;
    private final List<SkippedFile> skipped;
    private final Map<SkipReason, Long> skippedByReason;
    private final List<String> remarks;

    CopyReport(Tally tally) {
        files = tally.files.get();
        directories = tally.directories.get();
        links = tally.links.get();
        bytes = tally.bytes.get();
        unchanged = tally.unchanged.get();
        deleted = tally.deleted.get();
        skipped = tally.skipped().stream()
                .map(one -> new SkippedFile(FilePath.of(one.path()), one.reason()))
                .toList();
        skippedByReason = tally.skippedByReason();
        remarks = tally.remarks();
    }

    /**
     * Returns how many files were copied, hard links to a copied file included.
     *
     * @return the number of files
     */
    public long files() {
        return files;
    }

    /**
     * Returns how many directories were made.
     *
     * @return the number of directories
     */
    public long directories() {
        return directories;
    }

    /**
     * Returns how many symbolic links were made.
     *
     * @return the number of links
     */
    public long links() {
        return links;
    }

    /**
     * Returns the sum of the sizes of the copied files. Holes count. A file that changed and was read again counts
     * once, with the size that the copy has. Further hard links to a copied file, unchanged files and skipped ones
     * count nothing. For a dry run it is what would be copied.
     *
     * @return the number of bytes
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Returns how many files and links were the same already.
     *
     * @return the number of files and links
     */
    public long unchanged() {
        return unchanged;
    }

    /**
     * Returns how many entries of directories were deleted in the target, each with what it held.
     *
     * @return the number of entries
     */
    public long deleted() {
        return deleted;
    }

    /**
     * Returns what was not copied, sorted by path. What is excluded is not in it.
     *
     * @return the first 1,000; {@link #skippedByReason} counts all
     */
    public List<SkippedFile> skipped() {
        return skipped;
    }

    /**
     * Returns how much was not copied.
     *
     * @return for each reason that occurred, how often
     */
    public Map<SkipReason, Long> skippedByReason() {
        return skippedByReason;
    }

    /**
     * Returns whether everything was copied that was asked for.
     *
     * @return whether nothing was skipped
     */
    public boolean isComplete() {
        return skippedByReason.isEmpty();
    }

    /**
     * Returns what holds for the whole copy and was found at its start, such as that owners cannot be set.
     *
     * @return sentences for a person
     */
    public List<String> remarks() {
        return remarks;
    }

    /** Returns the figures in one line. */
    @Override
    public String toString() {
        return files + " files (" + bytes + " bytes), " + directories + " directories, " + links + " links copied, "
                + unchanged + " unchanged, " + deleted + " deleted, skipped: " + skippedByReason
                + (remarks.isEmpty() ? "" : "; " + String.join("; ", remarks));
    }
}
