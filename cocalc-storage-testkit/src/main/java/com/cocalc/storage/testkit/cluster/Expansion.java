package com.cocalc.storage.testkit.cluster;

import java.util.function.Function;

/** {@code $(NAME)} and {@code $$} as the kubelet replaces them. */
final class Expansion {

    private Expansion() {}

    /**
     * Replaces references.
     *
     * @param values what to write for a name
     */
    static String expand(String text, Function<String, String> values) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char following = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int end = c == '$' && following == '(' ? text.indexOf(')', i + 2) : -1;
            if (c == '$' && following == '$') {
                expanded.append('$');
                i += 2;
            } else if (end >= 0) {
                expanded.append(values.apply(text.substring(i + 2, end)));
                i = end + 1;
            } else {
                expanded.append(c);
                i++;
            }
        }
        return expanded.toString();
    }

    /** What stands in the text where a variable is missing. */
    static String reference(String name) {
        return "$(" + name + ")";
    }
}
