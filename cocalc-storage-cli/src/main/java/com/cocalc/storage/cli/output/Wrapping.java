package com.cocalc.storage.cli.output;

/**
 * Breaks text into lines of a width. A value is never cut: a longer one, or one between quotes, keeps a line to itself.
 */
public final class Wrapping {

    private Wrapping() {}

    /** One paragraph: its lines after the first are indented. */
    public static String paragraph(String text, int width, int indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = indent;
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            String word = text.substring(at, end);
            at = end + 1;
            if (word.isEmpty()) {
                continue;
            }
            if (wrapped.isEmpty()) {
                column += word.length();
            } else if (column + 1 + word.length() > width) {
                wrapped.append('\n').append(" ".repeat(indent));
                column = indent + word.length();
            } else {
                wrapped.append(' ');
                column += 1 + word.length();
            }
            wrapped.append(word);
        }
        return wrapped.toString();
    }

    /** The blank that ends the word at a place, or the text's end; blanks between two quotes belong to the word. */
    private static int endOfWord(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != ' ') {
            int quoted = text.charAt(at) == '"' ? closingQuote(text, at) : -1;
            at = Math.max(at, quoted) + 1;
        }
        return at;
    }

    /** The quote that closes the one at a place, or -1; a backslash before a quote makes it part of the value. */
    private static int closingQuote(String text, int opening) {
        for (int at = opening + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at;
            }
            at += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    /** Each line of a text for itself. */
    public static String lines(String text, int width) {
        StringBuilder wrapped = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            boolean item = line.startsWith("- ");
            wrapped.append(wrapped.isEmpty() ? "" : "\n")
                    .append(line.length() <= width ? line : item(line, item ? 2 : 0, width));
        }
        return wrapped.toString();
    }

    private static String item(String line, int indent, int width) {
        return line.substring(0, indent) + paragraph(line.substring(indent), width, indent);
    }
}
