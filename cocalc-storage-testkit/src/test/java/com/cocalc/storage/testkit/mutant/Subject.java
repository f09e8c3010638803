package com.cocalc.storage.testkit.mutant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Something right, wrong versions of it, and who looks at it.
 *
 * @param name what it is
 * @param original the right version
 * @param mutants the wrong ones by their names
 * @param judge says which laws, properties or fakes catch a version
 */
record Subject<T>(String name, T original, Map<String, T> mutants, Judge<T> judge) {

    /** Looks at a version. */
    interface Judge<T> {
        Set<String> caughtBy(T version) throws Exception;
    }

    static <T> Subject<T> of(String name, T original, Judge<T> judge) {
        return new Subject<>(name, original, new LinkedHashMap<>(), judge);
    }

    Subject<T> mutant(String mutant, T version) {
        if (mutants.put(mutant, version) != null) {
            throw new AssertionError(mutant + " is there already");
        }
        return this;
    }

    Set<String> judgeOriginal() throws Exception {
        return judge.caughtBy(original);
    }

    Map<String, Set<String>> judgeMutants() throws Exception {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, T> mutant : mutants.entrySet()) {
            all.put(mutant.getKey(), judge.caughtBy(mutant.getValue()));
        }
        return all;
    }
}
