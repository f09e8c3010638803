package com.cocalc.storage.helm;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Text of unknown origin in a message: one line, ASCII only, and short. */
final class Shown {

    private static final int LONGEST = 80;
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private Shown() {}

    static String quoted(String text) {
        return '"' + escaped(text, LONGEST) + (text.length() > LONGEST ? "…\"" : "\"");
    }

    /** The name of a file: whole, as it has to be found. */
    static String name(String text) {
        return escaped(text, text.length());
    }

    /** Words of the YAML parser, which may quote the file. */
    static String words(String text) {
        return escaped(text, 2 * LONGEST).replace("\\\"", "\"");
    }

    /** A key in a dotted path. */
    static String key(String text) {
        return PLAIN_KEY.matcher(text).matches() ? text : quoted(text);
    }

    /** A value by its type, texts and numbers as they stand. */
    static String value(Node node) {
        if (node instanceof ScalarNode scalar) {
            return switch (ScalarType.of(scalar)) {
                case TEXT -> "the text " + quoted(scalar.getValue());
                case NUMBER -> "the number " + quoted(scalar.getValue());
                case BOOLEAN -> "the boolean " + quoted(scalar.getValue());
                case NULL -> "null";
                case TAGGED -> "tagged " + quoted(scalar.getTag().getValue());
            };
        }
        return node instanceof MappingNode ? "a map" : "a list";
    }

    private static String escaped(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(longest).forEach(c -> {
            if (c == '"' || c == '\\') {
                shown.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }
}
