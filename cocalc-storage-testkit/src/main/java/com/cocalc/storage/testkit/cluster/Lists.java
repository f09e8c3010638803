package com.cocalc.storage.testkit.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of the model, which are null where they are absent. */
final class Lists {

    private Lists() {}

    static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
