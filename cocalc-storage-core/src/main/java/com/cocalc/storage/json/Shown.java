package com.cocalc.storage.json;

/** Text of unknown origin in a message: in quotes, one line, ASCII only, and short. */
final class Shown {

    private static final int LONGEST = 160;

    private Shown() {}

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder().append('"');
        text.chars().limit(LONGEST).forEach(c -> append(quoted, (char) c));
        return quoted.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }

    /** One character of the document, as it is or as its code. */
    static String character(String document, int at) {
        StringBuilder shown = new StringBuilder().append('\'');
        append(shown, document.charAt(at));
        return shown.append('\'').toString();
    }

    private static void append(StringBuilder shown, char c) {
        if (c == '"' || c == '\\') {
            shown.append('\\').append(c);
        } else if (c >= ' ' && c < 0x7f) {
            shown.append(c);
        } else {
            shown.append(String.format("\\u%04x", (int) c));
        }
    }
}
