package com.cocalc.storage.helm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that somebody who repairs a file sees all of it at once. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private int file;

    private record Problem(int file, int line, int column, String text) {}

    /** What follows is about the next file. */
    void nextFile() {
        file++;
    }

    int currentFile() {
        return file;
    }

    /** Adds a sentence about a whole file. */
    void add(String sentence) {
        found.add(new Problem(file, 0, 0, sentence));
    }

    void add(Place place, String what, String rule, String butWas, String remedy) {
        found.add(new Problem(
                place.fileIndex(),
                place.line(),
                place.column(),
                what + " must " + rule + ", but was " + butWas + " (" + place + "); " + remedy));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            // What a merge key brings in twice is still one problem.
            throw new HelmValuesException(found.stream()
                    .sorted(Comparator.comparingInt(Problem::file)
                            .thenComparingInt(Problem::line)
                            .thenComparingInt(Problem::column))
                    .map(Problem::text)
                    .distinct()
                    .toList());
        }
    }
}
