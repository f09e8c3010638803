package com.cocalc.storage.testkit.law.contract;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import com.cocalc.storage.testkit.law.contract.Bench.Action;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import java.nio.file.Path;
import java.util.List;

/** Performs attempts one after the other, and continues after one that has a wrong result. */
final class Attempts {

    private final Law law;
    private final Bench bench;
    private final List<Violation> violations;

    Attempts(Law law, Path directory, List<Violation> violations) {
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
        violations.add(broken.of(law));
    }
}
