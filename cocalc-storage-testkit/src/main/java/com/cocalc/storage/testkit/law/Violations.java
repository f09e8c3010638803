package com.cocalc.storage.testkit.law;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found, in the order in which it is found. */
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
