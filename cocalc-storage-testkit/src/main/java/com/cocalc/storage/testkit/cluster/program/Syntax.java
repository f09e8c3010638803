package com.cocalc.storage.testkit.cluster.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of a program.
 *
 * @param flags letters without a value
 * @param valued letters with a value
 * @param longNames what long options mean as a letter
 * @param unsupported options of GNU's program, with their dashes, that the fake one does not know
 */
record Syntax(String flags, String valued, Map<String, Character> longNames, Set<String> unsupported) {

    Syntax {
        longNames = new TreeMap<>(longNames);
    }

    boolean isFlag(char letter) {
        return flags.indexOf(letter) >= 0;
    }

    boolean isValued(char letter) {
        return valued.indexOf(letter) >= 0;
    }

    /** The long options that a name stands for: itself, or all that it begins. */
    List<String> named(String name) {
        if (longNames.containsKey(name)) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>();
        longNames.keySet().stream().filter(known -> known.startsWith(name)).forEach(names::add);
        return names;
    }

    /** A test must not take an option for wrong that only the fake does not know. */
    void requireSupported(String program, String option) {
        if (unsupported.contains(option)) {
            throw new IllegalArgumentException(program + " on the fake cluster must be called without " + option
                    + ", which it does not know; register a " + program
                    + " that does with FakeCluster.builder().command(\"" + program + "\", …)");
        }
    }
}
