package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Text of unknown origin, made safe to show in one line of a message.
 *
 * <p>Everything but printable ASCII is written as a {@code \}{@code u} escape, so that a look-alike letter, a line end
 * or a terminal's control sequence is visible; only {@link #visible} keeps the letters of all scripts. Long text is cut
 * after {@value #LONGEST} characters and followed by its length, except where a method says that it keeps the whole
 * text.
 *
 * <pre>{@code
 * String message = "no such claim: " + MessageText.quoted("Projects_Data");
 * }</pre>
 */
public final class MessageText {

    /** The number of characters that are shown of a longer text. */
    public static final int LONGEST = 80;

    private MessageText() {}

    /**
     * Returns a text in double quotes; quotes and backslashes in it are escaped.
     *
     * @param text any text, or null where a field of a foreign object is absent
     * @return for example {@code "Projects_Data"}, or the first {@value #LONGEST} characters and the length; the word
     *     {@code nothing} for null
     */
    public static String quoted(@Nullable String text) {
        if (text == null) {
            return "nothing";
        }
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

    /**
     * Returns a text without quotes around it, for a place where a sentence has none; quotes in it stay as they are.
     *
     * @param text any text
     * @return the text, or its first {@value #LONGEST} characters and the length
     */
    public static String plain(String text) {
        int shown = Math.min(text.length(), LONGEST);
        StringBuilder plain = new StringBuilder(shown + 24);
        for (int i = 0; i < shown; i++) {
            appendPrintable(plain, text.charAt(i));
        }
        if (shown < text.length()) {
            plain.append("… (").append(text.length()).append(" characters)");
        }
        return plain.toString();
    }

    /**
     * Returns the whole text without quotes around it, however long it is: for the name of a file or a path into an
     * object, which a reader has to find.
     *
     * @param text any text
     * @return the text with everything but printable ASCII escaped
     */
    public static String whole(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (whole == null && !isPrintable(c)) {
                whole = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (whole != null) {
                appendPrintable(whole, c);
            }
        }
        return whole == null ? text : whole.toString();
    }

    /**
     * Returns the whole text with only those characters escaped that do not show or that move a terminal's cursor:
     * control and format characters, line separators and unpaired surrogates. Letters of all scripts stay as they are.
     *
     * @param text any text
     * @return the text, on one line
     */
    public static String visible(String text) {
        if (text.codePoints().allMatch(MessageText::isVisible)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 8);
        text.codePoints()
                .forEach(c -> visible.append(isVisible(c) ? Character.toString(c) : String.format("\\u%04x", c)));
        return visible.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * Returns the text of a stored JSON value: a string as {@code the text "…"}, anything else as its JSON text.
     *
     * @param value the value
     * @return its text, cut like {@link #plain}
     */
    public static String of(JsonValue value) {
        requireNonNull(value, "value");
        return value instanceof JsonValue.JsonString string
                ? "the text " + quoted(string.text())
                : plain(value.toString());
    }

    private static void append(StringBuilder quoted, char c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else {
            appendPrintable(quoted, c);
        }
    }

    private static void appendPrintable(StringBuilder text, char c) {
        if (isPrintable(c)) {
            text.append(c);
        } else {
            text.append("\\u").append(Character.forDigit(c >> 12, 16));
            text.append(Character.forDigit(c >> 8 & 15, 16));
            text.append(Character.forDigit(c >> 4 & 15, 16));
            text.append(Character.forDigit(c & 15, 16));
        }
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7f;
    }
}
