package com.cocalc.storage.testkit.law;

import org.jspecify.annotations.Nullable;

/** Text of others in a message: on one line, and nothing in it that moves a terminal's cursor. */
final class Printed {

    /** A path of Linux is shorter; what is longer was not meant to be read. */
    private static final int LONGEST = 5000;

    private Printed() {}

    /** In quotes. */
    static String of(@Nullable String text) {
        return text == null ? "nothing" : "\"" + onOneLine(text) + "\"";
    }

    static String onOneLine(String text) {
        if (text.length() <= LONGEST && text.codePoints().noneMatch(Printed::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (c == '\n') {
                safe.append("\\n");
            } else if (isUnsafe(c)) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST ? safe + "…" : safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
