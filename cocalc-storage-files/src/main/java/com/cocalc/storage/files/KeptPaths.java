package com.cocalc.storage.files;

import java.util.List;

/**
 * Paths of a target that stay though the source lacks them, with all that lies below.
 *
 * @param paths relative to the root of the tree
 */
record KeptPaths(List<FilePath> paths) {

    static final KeptPaths NONE = new KeptPaths(List.of());

    KeptPaths {
        paths = List.copyOf(paths);
    }

    /** Those at or below a path, relative to it. */
    KeptPaths below(FilePath path) {
        return new KeptPaths(paths.stream()
                .filter(path::contains)
                .map(kept -> FilePath.ofNames(path.below(kept)))
                .toList());
    }

    /** Whether a path is one of them, or lies below one. */
    boolean keeps(byte[] path) {
        FilePath asked = FilePath.ofNames(path);
        return paths.stream().anyMatch(kept -> kept.contains(asked));
    }

    /** Whether one of them lies at or below a path, so that a directory there cannot go as a whole. */
    boolean reachesInto(byte[] path) {
        FilePath asked = FilePath.ofNames(path);
        return paths.stream().anyMatch(asked::contains);
    }
}
