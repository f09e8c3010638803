package com.cocalc.storage.cli.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in lines of a width. A value is never cut: a longer one, or one between quotes, keeps a line to itself. */
public final class Wrapping {

    private static final Pattern WORD = Pattern.compile("(?:[^ \"]|\"(?:[^\"\\\\]|\\\\.)*\"|\")+");

    private Wrapping() {}

    /** One paragraph: its lines after the first are indented. */
    public static String paragraph(String text, int width, int indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = indent;
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
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
