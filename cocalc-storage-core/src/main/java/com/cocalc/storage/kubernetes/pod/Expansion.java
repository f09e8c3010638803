package com.cocalc.storage.kubernetes.pod;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * References to variables in values of variables, in arguments of commands and in {@code subPathExpr}: the kubelet
 * replaces {@code $(NAME)}, and {@code $$} is a {@code $}.
 *
 * <pre>{@code
 * String value = Expansion.expand("$(HOME)/bin", Map.of("HOME", "/home/user")::get); // /home/user/bin
 * String literal = Expansion.escape("a$(b)"); // a$$(b)
 * }</pre>
 */
public final class Expansion {

    private Expansion() {}

    /**
     * Replaces all references in a text.
     *
     * @param text any text
     * @param values the value of a name, or null for an unknown name, whose reference is not replaced
     * @return the expanded text
     */
    public static String expand(String text, Function<String, @Nullable String> values) {
        return expand(text, values, Integer.MAX_VALUE).orElseThrow();
    }

    /**
     * Replaces all references in a text, unless the result grows too long: values that refer to each other can double
     * their length with each step.
     *
     * @param text any text
     * @param values the value of a name, or null for an unknown name, whose reference is not replaced
     * @param longest the largest number of characters of the result
     * @return the expanded text, or empty if it has more characters
     */
    public static Optional<String> expand(String text, Function<String, @Nullable String> values, int longest) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        StringBuilder expanded = new StringBuilder();
        int last = text.lastIndexOf(')');
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int end = c == '$' && next == '(' && i < last ? text.indexOf(')', i + 2) : -1;
            if (c == '$' && next == '$') {
                expanded.append('$');
                i += 2;
            } else if (end < 0) {
                expanded.append(c);
                i++;
            } else {
                String value = values.apply(text.substring(i + 2, end));
                expanded.append(value == null ? text.substring(i, end + 1) : value);
                i = end + 1;
            }
            if (expanded.length() > longest) {
                return Optional.empty();
            }
        }
        return Optional.of(expanded.toString());
    }

    /**
     * Returns a text that the kubelet expands to the given one, whatever variables the container has.
     *
     * @param text any text
     * @return the text, with each {@code $} doubled that would otherwise start a reference or an escape
     */
    public static String escape(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(c);
            boolean wouldExpand =
                    c == '$' && i + 1 < text.length() && (text.charAt(i + 1) == '$' || text.charAt(i + 1) == '(');
            if (wouldExpand) {
                escaped.append('$');
            }
        }
        return escaped.toString();
    }
}
