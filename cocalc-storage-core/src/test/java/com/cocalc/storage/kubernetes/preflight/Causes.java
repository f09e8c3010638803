package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answers, as the tables of the tests write it: {@code field: message && field: message}. */
public final class Causes {

    private Causes() {}

    public static List<String> expected(@Nullable String causes) {
        return causes == null ? List.of() : List.of(causes.split(" && "));
    }

    public static List<String> of(ServerAnswer answer) {
        if (answer instanceof ServerAnswer.Undecodable undecodable) {
            throw new AssertionError(undecodable.reason());
        }
        return answer instanceof ServerAnswer.Invalid invalid
                ? invalid.causes().stream().map(ServerAnswer.Cause::toString).toList()
                : List.of();
    }
}
