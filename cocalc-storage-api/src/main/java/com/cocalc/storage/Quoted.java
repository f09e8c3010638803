package com.cocalc.storage;

/** Text of unknown origin, made fit for one line of a message. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** The text in quotes; what is no printable ASCII is escaped, so that a look-alike letter or a line end shows. */
    static String of(String text) {
        int shown = Math.min(text.length(), LONGEST);
        StringBuilder quoted = new StringBuilder(shown + 24).append('"');
        for (int i = 0; i < shown; i++) {
            append(quoted, text.charAt(i));
        }
        if (shown < text.length()) {
            return quoted.append("…\" (")
                    .append(text.length())
                    .append(" characters)")
                    .toString();
        }
        return quoted.append('"').toString();
    }

    /** JSON as it is, cut like quoted text; its own quotes stay, and {@code \\u} means the same within them. */
    static String json(String json) {
        int shown = Math.min(json.length(), LONGEST);
        StringBuilder text = new StringBuilder(shown + 24);
        for (int i = 0; i < shown; i++) {
            appendPrintable(text, json.charAt(i));
        }
        if (shown < json.length()) {
            text.append("… (").append(json.length()).append(" characters)");
        }
        return text.toString();
    }

    private static void append(StringBuilder quoted, char c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else {
            appendPrintable(quoted, c);
        }
    }

    private static void appendPrintable(StringBuilder quoted, char c) {
        if (c >= ' ' && c < 0x7f) {
            quoted.append(c);
        } else {
            quoted.append("\\u").append(Character.forDigit(c >> 12, 16));
            quoted.append(Character.forDigit(c >> 8 & 15, 16));
            quoted.append(Character.forDigit(c >> 4 & 15, 16));
            quoted.append(Character.forDigit(c & 15, 16));
        }
    }
}
