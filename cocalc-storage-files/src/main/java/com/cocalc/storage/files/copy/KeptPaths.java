package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.TreePath;
import java.util.List;

/**
 * Paths of a target that stay though the source lacks them, with all that lies below.
 *
 * @param paths relative to the root of the tree
 */
public record KeptPaths(List<TreePath> paths) {

    static final KeptPaths NONE = new KeptPaths(List.of());

    public KeptPaths {
        paths = List.copyOf(paths);
    }

    /** What stays at or below a path, relative to it: all of it, if one of them is above. */
    public KeptPaths below(TreePath path) {
        return new KeptPaths(paths.stream()
                .filter(kept -> path.contains(kept) || kept.contains(path))
                .map(kept -> kept.contains(path) ? TreePath.top() : TreePath.ofNames(path.below(kept)))
                .toList());
    }

    /** Whether a path is one of them, or lies below one. */
    public boolean keeps(byte[] path) {
        TreePath asked = TreePath.ofNames(path);
        return paths.stream().anyMatch(kept -> kept.contains(asked));
    }

    /** Whether one of them lies at or below a path, so that a directory there cannot go as a whole. */
    public boolean reachesInto(byte[] path) {
        TreePath asked = TreePath.ofNames(path);
        return paths.stream().anyMatch(asked::contains);
    }
}
