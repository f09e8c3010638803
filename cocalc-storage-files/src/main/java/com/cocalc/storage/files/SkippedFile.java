package com.cocalc.storage.files;

import com.cocalc.storage.files.outcome.SkipReason;

/**
 * Something that was not copied.
 *
 * @param path where it is in the source's project; in the target's for what was not deleted
 * @param reason why
 */
public record SkippedFile(FilePath path, SkipReason reason) implements Comparable<SkippedFile> {
    @Override
    public int compareTo(SkippedFile other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : reason.compareTo(other.reason);
    }
}
