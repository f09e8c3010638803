package com.cocalc.storage.testkit.assertj;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a failure: law, place and remedy of each violation. */
final class Broken {

    /** The largest number of violations that a message lists. */
    static final int SHOWN = 10;

    private Broken() {}

    static List<Violation> of(List<Violation> all, Collection<Law> laws) {
        return all.stream().filter(violation -> laws.contains(violation.law())).toList();
    }

    static String text(String claim, List<Violation> violations) {
        return "expected " + claim + ", but\n"
                + violations.stream().limit(SHOWN).map(Broken::text).collect(Collectors.joining("\n"))
                + more(violations.size());
    }

    /** Returns the words for the number of violations that are not shown. */
    static String more(int all) {
        return all <= SHOWN ? "" : "\n- and " + (all - SHOWN) + " more";
    }

    private static String text(Violation violation) {
        return "- at " + violation.where() + "\n"
                + "    found:    " + violation.found() + "\n"
                + "    expected: " + violation.expected() + "\n"
                + "    law:      " + violation.law() + "\n"
                + "    remedy:   " + violation.law().remedy();
    }
}
