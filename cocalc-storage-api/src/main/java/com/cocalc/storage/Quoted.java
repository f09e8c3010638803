package com.cocalc.storage;

/** Text of unknown origin, made fit for one line of a message. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** The text in quotes; what is no printable ASCII is escaped, so that a look-alike letter or a line end shows. */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int shown = Math.min(text.length(), LONGEST);
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

    private static void append(StringBuilder quoted, char c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else if (c >= ' ' && c < 0x7f) {
            quoted.append(c);
        } else {
            quoted.append("\\u").append(Character.forDigit(c >> 12, 16));
            quoted.append(Character.forDigit(c >> 8 & 15, 16));
            quoted.append(Character.forDigit(c >> 4 & 15, 16));
            quoted.append(Character.forDigit(c & 15, 16));
        }
    }
}
