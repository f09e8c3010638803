package com.cocalc.storage.testkit.law;

import java.util.ArrayList;
import java.util.List;

/** Collects violations in the order in which they are found. */
final class Violations {

    private final List<Violation> found = new ArrayList<>();

    void add(Law law, String where, String what, String expected) {
        found.add(new Violation(law, where, what, expected));
    }

    void addAll(List<Violation> others) {
        found.addAll(others);
    }

    List<Violation> list() {
        return List.copyOf(found);
    }
}
