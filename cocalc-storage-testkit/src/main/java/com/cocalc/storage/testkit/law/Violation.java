package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

/**
 * A place where a law is broken.
 *
 * @param law the law
 * @param where the place: a JSON pointer into a pod, a path in a tree, or the name of what was judged
 * @param found what was found there
 * @param expected what the law requires there
 */
public record Violation(Law law, String where, String found, String expected) {

    /**
     * Escapes control characters, so that each text is one line.
     *
     * @param law the law
     * @param where the place
     * @param found what was found there
     * @param expected what the law requires there
     */
    public Violation {
        requireNonNull(law, "law");
        where = Printed.onOneLine(requireNonNull(where, "where"));
        found = Printed.onOneLine(requireNonNull(found, "found"));
        expected = Printed.onOneLine(requireNonNull(expected, "expected"));
    }

    /**
     * {@return the violation in one line: the law's id, the place, what was found, what was expected, the law, the
     * remedy, for example {@code home-is-resolved at /spec/…/subPath: found "projects", expected "projects/3f5e…"; …}}
     */
    @Override
    public String toString() {
        return law.id() + " at " + where + ": found " + found + ", expected " + expected + "; " + law.sentence() + "; "
                + law.remedy();
    }
}
