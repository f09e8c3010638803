package com.cocalc.storage.kubernetes.audit;

/** Text out of an object, made fit for one line of a message: short, odd characters escaped. */
final class OneLine {

    private static final int LONGEST = 120;

    private OneLine() {}

    static String quoted(String text) {
        int shown = Math.min(text.length(), LONGEST);
        StringBuilder quoted = new StringBuilder(shown + 2).append('"');
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        quoted.append('"');
        return shown == text.length()
                ? quoted.toString()
                : quoted.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
    }
}
