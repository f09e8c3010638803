package com.cocalc.storage.testkit.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An object as somebody posts it who makes mistakes: fields are gone, null, of another type, or unknown. */
final class JsonMutation {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SplittableRandom random;

    JsonMutation(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String of(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(root, containers);
            change(containers.get(random.nextInt(containers.size())));
        }
        return root.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private void change(JsonNode container) {
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            if (names.isEmpty() || random.nextInt(8) == 0) {
                object.set("unknown" + random.nextInt(10), something());
                return;
            }
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, something());
            }
        } else if (container instanceof ArrayNode array) {
            int place = random.nextInt(array.size() + 1);
            if (place < array.size() && random.nextBoolean()) {
                array.set(place, something());
            } else {
                array.insert(place, something());
            }
        }
    }

    private JsonNode something() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> NODES.nullNode();
            case 3 -> NODES.textNode("");
            case 4 -> NODES.textNode("x\0\n/../é\ud800");
            case 5 -> NODES.numberNode(-1);
            case 6 -> NODES.numberNode(1e300);
            case 7 -> NODES.booleanNode(true);
            case 8 -> NODES.arrayNode();
            case 9 -> NODES.arrayNode().addNull();
            case 10 -> NODES.objectNode();
            default -> NODES.objectNode().putNull("name");
        };
    }
}
