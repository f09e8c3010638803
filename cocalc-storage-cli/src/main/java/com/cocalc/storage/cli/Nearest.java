package com.cocalc.storage.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {

    private Nearest() {}

    /** A name that begins with the word, or else the one with the fewest letters to change, where these are few. */
    static Optional<String> to(String word, List<String> names) {
        if (word.replace("-", "").length() < 2) {
            return Optional.empty();
        }
        return names.stream()
                .min(Comparator.comparing((String name) -> !name.startsWith(word))
                        .thenComparing(name -> distance(word, name))
                        .thenComparing(name -> name))
                .filter(name -> distance(word, name) <= Math.min(Math.max(2, word.length() / 3), word.length() - 2)
                        || name.startsWith(word)
                        || word.startsWith(name));
    }

    /** Letters to insert, remove or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int replaced = corner + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                corner = above;
            }
        }
        return row[to.length()];
    }
}
