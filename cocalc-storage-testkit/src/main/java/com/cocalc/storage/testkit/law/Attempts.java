package com.cocalc.storage.testkit.law;

import com.cocalc.storage.testkit.law.Bench.Action;
import com.cocalc.storage.testkit.law.Bench.Broken;
import java.nio.file.Path;

/** Tries one thing after the other, and goes on after one that is answered wrongly. */
final class Attempts {

    private final Law law;
    private final Bench bench;
    private final Violations violations;

    Attempts(Law law, Path directory, Violations violations) {
        this.law = law;
        this.violations = violations;
        bench = new Bench(directory, null);
    }

    void isAllowed(String what, Action action) {
        try {
            bench.does(what, action);
        } catch (Broken e) {
            add(e);
        }
    }

    void isRefused(String what, Action action, String... reasons) {
        try {
            bench.isRefused(what, action, reasons);
        } catch (Broken e) {
            add(e);
        }
    }

    private void add(Broken broken) {
        Violation violation = broken.of(law);
        violations.add(law, violation.where(), violation.found(), violation.expected());
    }
}
