package com.cocalc.storage.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

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

    /** Returns the kind with the namespace and the name, if it has them. */
    public String title() {
        String name = name().isEmpty() ? "(no name)" : name();
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name;
    }

    public boolean isPod() {
        return kind().equals("Pod");
    }

    /**
     * Returns the place of its pod template as a JSON pointer: the empty text for a pod itself, absent if it has no
     * template.
     */
    public Optional<String> podAt() {
        if (isPod()) {
            return Optional.of("");
        }
        for (String place : new String[] {"/spec/template", "/spec/jobTemplate/spec/template", "/template"}) {
            if (tree.at(place + "/spec/containers").isArray()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }
}
