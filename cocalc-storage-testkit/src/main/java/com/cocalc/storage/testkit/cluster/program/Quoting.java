package com.cocalc.storage.testkit.cluster.program;

import java.util.Locale;

/** Names in the messages of GNU's programs without a locale, which escape everything but printable ASCII. */
final class Quoting {

    private static final String ESCAPED = "\u0007\b\t\n\u000b\f\r";
    private static final String LETTERS = "abtnvfr";
    /** Characters that mean the same in single and in double quotes. */
    private static final String SAME_IN_DOUBLE_QUOTES = " %+,-./:]_'";

    private Quoting() {}

    /** Returns a text that a shell reads back: {@code 'a'}, {@code "it's"}, {@code 'a'$'\n''b'}. */
    static String shell(String text) {
        String octets = NameText.eachByte(text);
        if (octets.indexOf('\'') >= 0 && octets.chars().allMatch(Quoting::isSameInDoubleQuotes)) {
            return "\"" + octets + "\"";
        }
        StringBuilder quoted = new StringBuilder("'");
        boolean isEscaping = false;
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (!isPrintable(c)) {
                quoted.append(isEscaping ? "" : "'$'").append(escape(c));
                isEscaping = true;
                continue;
            }
            quoted.append(isEscaping && c != '\'' ? "''" : "");
            quoted.append(c == '\'' ? "'\\''" : String.valueOf(c));
            isEscaping = false;
        }
        return quoted.append('\'').toString();
    }

    /** Returns a text as {@code find} and {@code mkdir} quote it: {@code 'it\'s'}, {@code 'a\nb'}. */
    static String plain(String text) {
        StringBuilder quoted = new StringBuilder("'");
        String octets = NameText.eachByte(text);
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == '\'' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(isPrintable(c) ? String.valueOf(c) : escape(c));
            }
        }
        return quoted.append('\'').toString();
    }

    private static boolean isSameInDoubleQuotes(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || SAME_IN_DOUBLE_QUOTES.indexOf(c) >= 0;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static String escape(char c) {
        int letter = ESCAPED.indexOf(c);
        return letter >= 0 ? "\\" + LETTERS.charAt(letter) : String.format(Locale.ROOT, "\\%03o", (int) c);
    }
}
