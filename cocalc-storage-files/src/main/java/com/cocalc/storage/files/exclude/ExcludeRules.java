package com.cocalc.storage.files.exclude;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The names that a copy leaves out, in the pattern language of {@code rsync --exclude}.
 *
 * <p>Rules are tried in their order, and the first whose pattern matches decides; a name that none matches is copied. A
 * pattern matches bytes, so {@code ?} takes half of an {@code ü}. It is written as UTF-8.
 *
 * <table>
 * <caption>The language</caption>
 * <tr><th>pattern</th><th>matches</th></tr>
 * <tr><td>{@code x}</td><td>a file or directory {@code x} at any depth</td></tr>
 * <tr><td>{@code x/y}</td><td>a {@code y} in an {@code x} at any depth</td></tr>
 * <tr><td>{@code /x}</td><td>{@code x} at the top of the tree that is copied</td></tr>
 * <tr><td>{@code x/}</td><td>a directory only</td></tr>
 * <tr><td>{@code x/***}</td><td>the directory and everything below it</td></tr>
 * <tr><td>{@code *}, {@code **}</td><td>any bytes but {@code /}; any bytes</td></tr>
 * <tr><td>{@code ?}</td><td>one byte but {@code /}</td></tr>
 * <tr><td>{@code [a-z]}, {@code [!a]}, {@code [^a]}, {@code [[:digit:]]}</td><td>one byte of the class, never
 * {@code /}; classes by name know ASCII only</td></tr>
 * <tr><td>{@code \*}</td><td>the {@code *} itself, but only in a pattern that has an {@code *}, {@code ?} or {@code [};
 * in any other a backslash is a backslash</td></tr>
 * <tr><td>{@code - x}, {@code + x}</td><td>as {@code x}, to leave out or to keep</td></tr>
 * <tr><td>{@code !}</td><td>nothing: it cancels all rules before it</td></tr>
 * <tr><td>the empty pattern, a class without its end, a backslash at the end of a pattern with wildcards</td><td>
 * nothing</td></tr>
 * </table>
 *
 * <p>As with {@code --exclude}, the other rules of {@code --filter} have no meaning: {@code ". rules"} and {@code ":
 * rules"} are the names that they look like, and no file is read.
 */
public final class ExcludeRules {

    private static final ExcludeRules NONE = new ExcludeRules(List.of());

    private final List<ExcludeRule> rules;

    private ExcludeRules(List<ExcludeRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rules that leave nothing out. */
    static ExcludeRules none() {
        return NONE;
    }

    /**
     * Reads patterns as {@code rsync} reads one option {@code --exclude} for each, in this order.
     *
     * @throws com.cocalc.storage.InvalidValueException if a pattern is {@code "- "} or {@code "+ "} alone, contains NUL
     *     or half a surrogate pair, or is longer than any path
     */
    static ExcludeRules parse(List<String> patterns) {
        requireNonNull(patterns, "patterns");
        List<ExcludeRule> rules = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            if (pattern.equals("!")) {
                rules.clear();
            } else if (!pattern.isEmpty()) {
                rules.add(ExcludeRule.parse(pattern));
            }
        }
        return rules.isEmpty() ? NONE : new ExcludeRules(rules);
    }

    /**
     * Returns whether a copy leaves this name out. The answer is about the name alone: a walk asks for each directory
     * before it enters it, top down, and what is below a directory that is left out is left out without being asked.
     *
     * @param path the path from the top of the tree that is copied: names joined by {@code /}, not empty, without a
     *     {@code /} at either end
     * @param isDirectory whether a directory, not a link to one, has that name
     */
    boolean excludes(byte[] path, boolean isDirectory) {
        for (ExcludeRule rule : rules) {
            if (rule.matches(path, isDirectory)) {
                return rule.excludes();
            }
        }
        return false;
    }

    /** Returns the patterns, separated by commas. */
    @Override
    public String toString() {
        return rules.stream().map(ExcludeRule::toString).collect(Collectors.joining(", "));
    }
}
