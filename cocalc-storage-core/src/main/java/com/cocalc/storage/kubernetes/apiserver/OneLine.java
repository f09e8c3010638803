package com.cocalc.storage.kubernetes.apiserver;

/** Text out of an object, made fit for one line of a message: short, odd characters escaped. */
public final class OneLine {

    private static final int LONGEST = 120;

    private OneLine() {}

    public static String quoted(String text) {
        return shortened(text, "\"");
    }

    /** Without quotes, for a text inside a sentence that the server writes without them. */
    static String plain(String text) {
        return shortened(text, "");
    }

    /** A path in an object, whole: its keys are written by strangers, and a message is read on a terminal. */
    public static String printable(Object path) {
        String text = path.toString();
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 8);
        text.chars()
                .forEach(c ->
                        line.append(c >= ' ' && c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return line.toString();
    }

    private static String shortened(String text, String quote) {
        int shown = Math.min(text.length(), LONGEST);
        StringBuilder line = new StringBuilder(shown + 2).append(quote);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c == '\\' || (c == '"' && !quote.isEmpty())) {
                line.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        line.append(quote);
        return shown == text.length()
                ? line.toString()
                : line.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
    }
}
