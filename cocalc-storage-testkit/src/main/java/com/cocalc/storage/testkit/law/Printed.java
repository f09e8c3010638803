package com.cocalc.storage.testkit.law;

import com.cocalc.storage.MessageText;
import org.jspecify.annotations.Nullable;

/** Foreign text in a message, which may be as long as a path of Linux. */
final class Printed {

    /** The largest number of characters that are shown, which is more than any path of Linux has. */
    private static final int LONGEST = 5000;

    private Printed() {}

    /** Returns the text in quotes. */
    static String of(@Nullable String text) {
        return text == null ? "nothing" : "\"" + onOneLine(text) + "\"";
    }

    static String onOneLine(String text) {
        return MessageText.visible(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }
}
