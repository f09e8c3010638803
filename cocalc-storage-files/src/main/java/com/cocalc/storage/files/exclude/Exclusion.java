package com.cocalc.storage.files.exclude;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left out of a copy. */
@FunctionalInterface
public interface Exclusion {

    boolean excludes(byte[] path, boolean directory);

    /** The rules of these patterns, or null if there are none. */
    static @Nullable Exclusion of(List<String> patterns) {
        return patterns.isEmpty() ? null : ExcludeRules.parse(patterns)::excludes;
    }
}
