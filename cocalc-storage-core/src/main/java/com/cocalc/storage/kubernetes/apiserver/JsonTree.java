package com.cocalc.storage.kubernetes.apiserver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posted JSON as a tree, with the fields that were given twice.
 *
 * @param root the tree
 * @param duplicates the places of fields that an object has already
 */
public record JsonTree(JsonNode root, List<FieldPath> duplicates) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Reads one value; the exception's message is Jackson's. */
    public static JsonTree parse(String json) throws IOException {
        List<FieldPath> duplicates = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.nextToken();
            JsonNode root = read(parser, null, duplicates);
            if (parser.nextToken() != null) {
                throw new IOException("there is something after the object");
            }
            return new JsonTree(root, List.copyOf(duplicates));
        }
    }

    private static JsonNode read(JsonParser parser, @Nullable FieldPath at, List<FieldPath> duplicates)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("there is no JSON");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser, at, duplicates);
            case START_ARRAY -> readArray(parser, at, duplicates);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            // 1.0 and 1e3 are no whole numbers for the server.
            default -> NODES.numberNode(parser.getDecimalValue());
        };
    }

    private static JsonNode wholeNumber(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static ObjectNode readObject(JsonParser parser, @Nullable FieldPath at, List<FieldPath> duplicates)
            throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            FieldPath field = at == null ? FieldPath.of(name) : at.child(name);
            if (object.has(name)) {
                duplicates.add(field);
            }
            parser.nextToken();
            object.set(name, read(parser, field, duplicates));
        }
        return object;
    }

    private static ArrayNode readArray(JsonParser parser, @Nullable FieldPath at, List<FieldPath> duplicates)
            throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            FieldPath element = (at == null ? FieldPath.of("") : at).index(array.size());
            array.add(read(parser, element, duplicates));
        }
        return array;
    }
}
