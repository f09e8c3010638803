package com.cocalc.storage.kubernetes.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answers, as the tables of the tests write it: {@code field: message && field: message}. */
final class Causes {

    private Causes() {}

    static List<String> expected(@Nullable String causes) {
        return causes == null ? List.of() : List.of(causes.split(" && "));
    }

    static List<String> of(ServerAnswer answer) {
        if (answer instanceof ServerAnswer.Undecodable undecodable) {
            throw new AssertionError(undecodable.reason());
        }
        return answer instanceof ServerAnswer.Invalid invalid
                ? invalid.causes().stream().map(ServerAnswer.Cause::toString).toList()
                : List.of();
    }
}
