package com.cocalc.storage.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One object of Kubernetes as it was read.
 *
 * @param source the input that it is from, for messages
 * @param json as it is written, fields that are there twice included, without managed fields
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

    /** The kind with namespace and name, as far as they are given. */
    public String title() {
        String name = name().isEmpty() ? "(no name)" : name();
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name;
    }

    public boolean isPod() {
        return kind().equals("Pod");
    }

    /** Where the template of its pods is, as a JSON pointer: empty for a pod itself, absent where there is none. */
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
