package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values of a YAML file in a message. */
final class Shown {

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private Shown() {}

    /** A key in a dotted path. */
    static String key(String text) {
        return PLAIN_KEY.matcher(text).matches() ? text : MessageText.quoted(text);
    }

    /** A value by its type, texts and numbers as they stand. */
    static String value(Node node) {
        if (node instanceof ScalarNode scalar) {
            return switch (ScalarType.of(scalar)) {
                case TEXT -> "the text " + MessageText.quoted(scalar.getValue());
                case NUMBER -> "the number " + MessageText.quoted(scalar.getValue());
                case BOOLEAN -> "the boolean " + MessageText.quoted(scalar.getValue());
                case NULL -> "null";
                case TAGGED -> "tagged " + MessageText.quoted(scalar.getTag().getValue());
            };
        }
        return node instanceof MappingNode ? "a map" : "a list";
    }
}
