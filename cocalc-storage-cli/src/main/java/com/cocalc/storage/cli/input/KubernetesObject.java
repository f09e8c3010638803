package com.cocalc.storage.cli.input;

import com.cocalc.storage.cli.output.Title;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One Kubernetes object as it was read.
 *
 * @param source the name of its input, for messages
 * @param json the text as it is written, with duplicate fields, without managed fields
 * @param tree the same as a tree
 */
public record KubernetesObject(String source, String json, JsonNode tree) {

    public String kind() {
        return tree.path("kind").asText();
    }

    public String namespace() {
        return tree.path("metadata").path("namespace").asText();
    }

    public String name() {
        return tree.path("metadata").path("name").asText();
    }

    /** Returns the kind, the namespace and the name. */
    public Title title() {
        return Title.of(kind(), namespace(), name());
    }

    public boolean isPod() {
        return kind().equals("Pod");
    }

    /**
     * Returns the places of its pod templates as JSON pointers: the empty text for a pod itself, none if it has no
     * template. Custom resources have templates anywhere, and several of them.
     */
    public List<String> podsAt() {
        if (isPod()) {
            return List.of("");
        }
        List<String> places = new ArrayList<>();
        addTemplatesBelow(tree, "", places);
        return places;
    }

    private static void addTemplatesBelow(JsonNode node, String place, List<String> places) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addTemplates(node.get(i), place + "/" + i, places);
            }
        }
        node.properties()
                .forEach(field -> addTemplates(
                        field.getValue(),
                        place + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                        places));
    }

    private static void addTemplates(JsonNode node, String place, List<String> places) {
        if (node.path("spec").path("containers").isArray()) {
            places.add(place);
        } else {
            addTemplatesBelow(node, place, places);
        }
    }
}
