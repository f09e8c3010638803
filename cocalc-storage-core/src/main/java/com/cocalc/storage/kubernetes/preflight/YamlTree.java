package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.yaml.YamlText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Documents of YAML as trees of JSON. Numbers and booleans stay texts: the models of Kubernetes read them as what they
 * are declared to be. Time and memory grow with the length of the text, also where all of it is one line or one word.
 */
final class YamlTree {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Parser parser;

    private YamlTree(Parser parser) {
        this.parser = parser;
    }

    /** Gives each document that is not empty. */
    static void read(String text, Consumer<JsonNode> documents) {
        int forbidden = YamlText.findForbidden(text);
        if (forbidden >= 0) {
            throw broken(YamlText.markOf(text, forbidden), null);
        }
        try {
            new YamlTree(YamlText.parser(text)).read(documents);
        } catch (MarkedYAMLException e) {
            throw broken(e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark(), e);
        } catch (YAMLException e) {
            throw broken(null, e);
        }
    }

    private void read(Consumer<JsonNode> documents) {
        parser.getEvent(); // the start of the stream
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            parser.getEvent(); // the start of the document
            JsonNode document = value(0);
            parser.getEvent(); // its end
            if (!document.isNull()) {
                documents.accept(document);
            }
        }
    }

    private JsonNode value(int depth) {
        Event event = parser.getEvent();
        if (event instanceof AliasEvent alias) {
            throw refused(
                    "have no aliases",
                    "*" + MessageText.plain(alias.getAnchor()),
                    alias,
                    "write out what it stands for");
        }
        if (event instanceof ScalarEvent scalar) {
            boolean isNull = scalar.getImplicit().canOmitTagInPlainScalar() && NULLS.contains(scalar.getValue());
            return isNull ? NODES.nullNode() : NODES.textNode(scalar.getValue());
        }
        if (depth == ClusterSnapshot.DEEPEST) {
            throw refused(
                    "be nested at most " + ClusterSnapshot.DEEPEST + " levels deep",
                    "deeper",
                    event,
                    "write what `kubectl get … -o yaml` gives");
        }
        return event instanceof MappingStartEvent ? map(depth + 1) : list(depth + 1);
    }

    private ObjectNode map(int depth) {
        ObjectNode map = NODES.objectNode();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event start = parser.peekEvent();
            JsonNode key = value(depth);
            if (key.isContainerNode()) {
                throw refused("have texts as keys", "a list or a map", start, "write a name in its place");
            }
            map.set(key.asText(), value(depth));
        }
        parser.getEvent();
        return map;
    }

    private ArrayNode list(int depth) {
        ArrayNode list = NODES.arrayNode();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            list.add(value(depth));
        }
        parser.getEvent();
        return list;
    }

    private static InvalidValueException refused(String rule, String found, Event at, String remedy) {
        return InvalidValueException.of("snapshot", rule, found + placeOf(at.getStartMark()), remedy);
    }

    private static InvalidValueException broken(@Nullable Mark at, @Nullable Exception cause) {
        return ClusterSnapshot.broken(at == null ? "" : placeOf(at), cause);
    }

    private static String placeOf(Mark at) {
        return " at line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1);
    }
}
