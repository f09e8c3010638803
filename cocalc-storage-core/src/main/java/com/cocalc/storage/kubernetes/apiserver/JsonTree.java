package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posted JSON as a tree, with its duplicate fields.
 *
 * @param root the tree
 * @param duplicates the places of the fields that repeat another one
 */
record JsonTree(JsonNode root, List<FieldPath> duplicates) {

    /** The largest depth; no object of Kubernetes is nested a third as deep. */
    static final int DEEPEST = 100;

    /** The largest number of digits; no number of an object has as many. */
    private static final int LONGEST_NUMBER = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 1)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();
    /** The part of a parser's message that says where a bracket was opened, with words about the parser's settings. */
    private static final Pattern SOURCE = Pattern.compile("(?s) \\((?:for \\w+ starting|start marker) at .*");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** An object or list whose end is not read yet. */
    private record Open(@Nullable FieldPath at, ContainerNode<?> node) {}

    /**
     * Parses one value, with its open levels in a list, so that no depth fills the stack.
     *
     * @param json the text
     * @return its tree
     * @throws NotOneObject if the text is not one value; the message names the place and quotes only single words
     */
    static JsonTree parse(String json) throws NotOneObject {
        try (JsonParser parser = JSON.createParser(json)) {
            try {
                return read(parser);
            } catch (NotOneObject e) {
                throw e;
            } catch (StreamConstraintsException e) {
                throw broken(
                        parser,
                        "there is a number of more than " + LONGEST_NUMBER
                                + " digits, or a name or a text of extreme length",
                        e);
            } catch (JsonProcessingException e) {
                String words = SOURCE.matcher(e.getOriginalMessage()).replaceFirst("");
                throw broken(parser, MessageText.plain(words), e);
            }
        } catch (NotOneObject e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("no text is read from outside here", e);
        }
    }

    private static NotOneObject broken(JsonParser parser, String words, @Nullable JacksonException cause) {
        JsonLocation given = cause == null ? null : cause.getLocation();
        JsonLocation at = given != null && given.getLineNr() > 0 ? given : parser.currentTokenLocation();
        return new NotOneObject(
                words + " at line " + Math.max(1, at.getLineNr()) + ", column " + Math.max(1, at.getColumnNr()));
    }

    private static JsonTree read(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new NotOneObject("there is no JSON");
        }
        List<FieldPath> duplicates = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        JsonNode root = value(parser, first, null, open);
        while (!open.isEmpty()) {
            readNext(parser, open, duplicates);
        }
        if (parser.nextToken() != null) {
            throw new NotOneObject("there is something after the object");
        }
        return new JsonTree(root, List.copyOf(duplicates));
    }

    /** Reads the next element or field of the innermost open value, or its end. */
    private static void readNext(JsonParser parser, Deque<Open> open, List<FieldPath> duplicates) throws IOException {
        Open last = open.element();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            open.pop();
        } else if (last.node() instanceof ObjectNode object) {
            String name = parser.currentName();
            FieldPath field = last.at() == null ? FieldPath.of(name) : last.at().child(name);
            if (object.has(name)) {
                duplicates.add(field);
            }
            object.set(name, value(parser, parser.nextToken(), field, open));
        } else if (last.node() instanceof ArrayNode array) {
            FieldPath element = (last.at() == null ? FieldPath.of("") : last.at()).index(array.size());
            array.add(value(parser, token, element, open));
        }
    }

    private static JsonNode value(
            JsonParser parser, @Nullable JsonToken token, @Nullable FieldPath at, Deque<Open> open) throws IOException {
        if (token == null) {
            throw new AssertionError("the parser reports an end within a value itself");
        }
        return switch (token) {
            case START_OBJECT -> opened(parser, at, NODES.objectNode(), open);
            case START_ARRAY -> opened(parser, at, NODES.arrayNode(), open);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            // 1.0 and 1e3 are not whole numbers for the server.
            default -> fraction(parser);
        };
    }

    private static JsonNode opened(JsonParser parser, @Nullable FieldPath at, ContainerNode<?> node, Deque<Open> open)
            throws NotOneObject {
        if (open.size() == DEEPEST) {
            throw broken(parser, "it is nested more than " + DEEPEST + " deep", null);
        }
        open.push(new Open(at, node));
        return node;
    }

    private static JsonNode wholeNumber(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode fraction(JsonParser parser) throws IOException {
        try {
            return NODES.numberNode(parser.getDecimalValue());
        } catch (NumberFormatException e) {
            throw broken(parser, "there is a number with an exponent of more than 32 bits", null);
        }
    }

    /** Thrown when a text is refused. */
    static final class NotOneObject extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        NotOneObject(String words) {
            super(words);
        }
    }
}
