package com.cocalc.storage.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How large a piece of JSON is.
 *
 * @param characters about as many as its text has
 * @param depth how many levels of arrays and objects it has
 */
record JsonWeight(long characters, int depth) {

    private static final int SCALAR = 6;

    static JsonWeight of(JsonNode node) {
        if (!node.isContainerNode()) {
            return new JsonWeight(node.isTextual() ? node.textValue().length() + 2L : SCALAR, 0);
        }
        long characters = 2;
        int depth = 0;
        if (node.isArray()) {
            for (JsonNode element : node) {
                JsonWeight weight = of(element);
                characters += weight.characters + 1;
                depth = Math.max(depth, weight.depth);
            }
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonWeight weight = of(field.getValue());
                characters += weight.characters + field.getKey().length() + 4;
                depth = Math.max(depth, weight.depth);
            }
        }
        return new JsonWeight(characters, depth + 1);
    }
}
