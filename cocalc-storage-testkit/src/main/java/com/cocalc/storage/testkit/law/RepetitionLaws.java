package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Laws about repetition: the same input, the same repair, a text that is read back. */
public final class RepetitionLaws {

    /** The same input must give the same output, so that a diff shows only changes. */
    public static final Law SAME_INPUT_SAME_BYTES = new Law(
            "same-input-same-bytes",
            "the same input gives output that is equal byte by byte",
            "define the order of what is written; use no clock, no randomness and no identity of objects");

    /** A repair must not change anything the second time, as it runs at each start. */
    public static final Law REPEATING_CHANGES_NOTHING = new Law(
            "repeating-changes-nothing",
            "running the init container twice leaves what running it once leaves",
            "change what is wrong and nothing else");

    /** A value must not change when it is written and read. */
    public static final Law TEXT_AND_BACK = new Law(
            "text-and-back",
            "what is written and read again is equal to what it was",
            "write all that counts, and read it as it was written");

    private RepetitionLaws() {}

    /** {@return the laws about repetition, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(SAME_INPUT_SAME_BYTES, REPEATING_CHANGES_NOTHING, TEXT_AND_BACK);
    }

    /**
     * Judges output by creating it twice.
     *
     * @param where the name of the output, for the report
     * @param output creates the output from the same input
     * @return a violation that names the first difference, or an empty list
     */
    public static List<Violation> checkSameBytes(String where, Supplier<String> output) {
        requireNonNull(output, "output");
        return compare(SAME_INPUT_SAME_BYTES, where, output.get(), output.get());
    }

    /**
     * Judges a repair by the files that it leaves.
     *
     * @param where the name of the tree, for the report
     * @param once the tree after the first run, one line for each entry, as {@code RwxVolume.tree()} prints it
     * @param twice the tree after the second run
     * @return a violation for each line that differs
     */
    public static List<Violation> checkRepeating(String where, String once, String twice) {
        requireNonNull(where, "where");
        Violations violations = new Violations();
        Set<String> before = lines(once);
        Set<String> after = lines(twice);
        twice.lines()
                .filter(line -> !before.contains(line))
                .forEach(line -> violations.add(
                        REPEATING_CHANGES_NOTHING, where, "new: " + line, "the tree as after the first run"));
        once.lines()
                .filter(line -> !after.contains(line))
                .forEach(line -> violations.add(
                        REPEATING_CHANGES_NOTHING, where, "gone: " + line, "the tree as after the first run"));
        return violations.list();
    }

    private static Set<String> lines(String text) {
        return new HashSet<>(text.lines().toList());
    }

    /**
     * Judges a text form by writing a value, reading it, and writing it again.
     *
     * @param where the value's name, for the report
     * @param value the value
     * @param write writes the value as text
     * @param read reads the value from text
     * @param <T> the type of the value, with an {@code equals} by value
     * @return the violations
     */
    public static <T> List<Violation> checkTextAndBack(
            String where, T value, Function<? super T, String> write, Function<String, ? extends T> read) {
        requireNonNull(value, "value");
        String text = write.apply(value);
        T back = read.apply(text);
        if (!value.equals(back)) {
            return List.of(new Violation(TEXT_AND_BACK, where, String.valueOf(back), value.toString()));
        }
        return compare(TEXT_AND_BACK, where, text, write.apply(back));
    }

    /** Returns a violation for the first line that differs. */
    static List<Violation> compare(Law law, String where, String first, String second) {
        requireNonNull(where, "where");
        if (first.equals(second)) {
            return List.of();
        }
        List<String> expected = first.lines().toList();
        List<String> found = second.lines().toList();
        int line = 0;
        while (line < expected.size()
                && line < found.size()
                && expected.get(line).equals(found.get(line))) {
            line++;
        }
        return List.of(new Violation(law, where + ", line " + (line + 1), lineOf(found, line), lineOf(expected, line)));
    }

    private static String lineOf(List<String> lines, int line) {
        return line < lines.size() ? Printed.of(lines.get(line)) : "the end";
    }
}
