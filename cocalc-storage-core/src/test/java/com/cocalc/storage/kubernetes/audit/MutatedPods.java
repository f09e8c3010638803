package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Recorded pods after random damage: values of other types, nulls, lost and doubled fields, lists cut and grown. */
final class MutatedPods {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "/",
            ".",
            "..",
            "$(ID)",
            "$$(ID)",
            "$(",
            "$",
            "a/../b",
            "//",
            "\u0000",
            "\ud800",
            "home",
            "ext",
            "projects-data",
            "projects-software",
            "projects/" + Audited.ID,
            "projects/" + Audited.OTHER_ID + "/x",
            "/home/user",
            "/ext/",
            "Bidirectional",
            "Enabled",
            "true",
            "10Gi",
            "1e999999999");
    private static final List<String> FIELDS = List.of(
            "readOnly",
            "subPath",
            "subPathExpr",
            "mountPath",
            "name",
            "emptyDir",
            "hostPath",
            "nfs",
            "volumeDevices",
            "securityContext",
            "privileged",
            "runAsUser",
            "env",
            "envFrom",
            "initContainers",
            "ephemeralContainers",
            "resources",
            "unknown");

    private final Random random;

    MutatedPods(long seed) {
        random = new Random(seed);
    }

    JsonNode next() {
        List<ServerCase> cases = ServerCase.pods().toList();
        try {
            // The live pod has every kind of field that the server has rules for.
            JsonNode pod = random.nextInt(3) == 0
                    ? MAPPER.valueToTree(Manifests.livePod())
                    : MAPPER.readTree(cases.get(random.nextInt(cases.size())).json());
            int changes = 1 + random.nextInt(6);
            for (int i = 0; i < changes; i++) {
                change(pod);
            }
            return pod;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(JsonNode pod) {
        List<JsonNode> containers = new ArrayList<>();
        collect(pod, containers);
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        if (chosen instanceof ObjectNode object) {
            change(object);
        } else if (chosen instanceof ArrayNode array) {
            change(array);
        }
    }

    private void change(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        boolean add = names.isEmpty() || random.nextInt(3) == 0;
        String name = add ? FIELDS.get(random.nextInt(FIELDS.size())) : names.get(random.nextInt(names.size()));
        if (!add && random.nextInt(4) == 0) {
            object.remove(name);
        } else {
            object.set(name, value());
        }
    }

    private void change(ArrayNode array) {
        int kind = random.nextInt(4);
        if (kind == 0 && !array.isEmpty()) {
            array.remove(random.nextInt(array.size()));
        } else if (kind == 1 && !array.isEmpty()) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        } else {
            array.insert(random.nextInt(array.size() + 1), value());
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(0);
            case 4 -> NODES.objectNode();
            case 5 -> NODES.arrayNode();
            case 6 -> NODES.arrayNode().add(NODES.nullNode());
            default -> NODES.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
