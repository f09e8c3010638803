package com.cocalc.storage.testkit.jqwik;

import org.jspecify.annotations.Nullable;

/**
 * A text that a parser must refuse.
 *
 * @param flaw what is wrong
 * @param text the text
 */
record RefusedText(Flaw flaw, @Nullable String text) {

    static final RefusedText NULL = new RefusedText(Flaw.NULL, null);
    static final RefusedText EMPTY = new RefusedText(Flaw.EMPTY, "");

    /** Hands a null to code that says that it takes none: the call is there to be refused. */
    @SuppressWarnings("NullAway")
    String given() {
        return text;
    }

    /** The text as it stands in Java, unless it is too long for people. */
    String literal() {
        if (text == null) {
            return "null";
        }
        StringBuilder literal = new StringBuilder("\"");
        text.chars().limit(300).forEach(c -> {
            if (c == '"' || c == '\\') {
                literal.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f) {
                literal.append((char) c);
            } else {
                literal.append(String.format("\\u%04x", c));
            }
        });
        return literal.append('"').append(text.length() > 300 ? " + …" : "").toString();
    }
}
