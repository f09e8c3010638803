package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.yaml.GoScalar;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML that Helm does not read, wherever it is in a file: its values are those of JSON. */
final class Unreadable {

    private Unreadable() {}

    /** Refuses a scalar for which JSON has no value. */
    static void refuse(ScalarEvent scalar) throws Refused {
        String tag = scalar.getTag();
        String value = scalar.getValue();
        boolean isNumber = tag == null ? scalar.isPlain() : tag.equals(Tag.FLOAT.getValue());
        if (isNumber && GoScalar.isInfinite(value)) {
            throw new Refused(
                    scalar.getStartMark(),
                    "have no infinite numbers",
                    "the number " + MessageText.quoted(value),
                    "put it in quotes, Helm cannot hold it as a number");
        }
        if (tag != null && !GoScalar.fitsTag(tag, value)) {
            throw new Refused(
                    scalar.getStartMark(),
                    "have values that fit their tags",
                    "tagged " + MessageText.quoted(tag),
                    "remove the tag, or correct the value");
        }
    }

    /**
     * Refuses a key that is no text and cannot become one.
     *
     * @param event the start of the key
     * @param key the key; null for a scalar that is not kept
     */
    static void refuseName(Event event, @Nullable Node key) throws Refused {
        boolean isNull = event instanceof ScalarEvent scalar
                ? isNull(scalar)
                : key instanceof ScalarNode node && ScalarType.of(node) == ScalarType.NULL;
        if (isNull || key instanceof MappingNode || key instanceof SequenceNode) {
            throw new Refused(
                    event.getStartMark(),
                    "have texts as keys",
                    isNull ? "null" : key instanceof MappingNode ? "a map" : "a list",
                    "write a name there, in quotes if it is a word for null");
        }
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.getTag() == null
                ? scalar.isPlain() && GoScalar.typeOf(scalar.getValue()) == GoScalar.Type.NULL
                : scalar.getTag().equals(Tag.NULL.getValue());
    }
}
