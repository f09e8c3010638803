package com.cocalc.storage.cli.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a pod as it is written: reads it by JSON pointers, and records the operations that change it. */
final class PodEdit {

    private static final ObjectMapper TREES = new JsonMapper();
    private static final List<String> KINDS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final Pattern CONTAINER = Pattern.compile("/spec/(?:initC|c|ephemeralC)ontainers/[0-9]+");
    private static final Pattern MOUNT = Pattern.compile("(" + CONTAINER + ")/volumeMounts/[0-9]+");
    private static final Pattern VOLUME = Pattern.compile("/spec/volumes/[0-9]+");

    private final JsonNode pod;
    private final List<ObjectNode> operations = new ArrayList<>();

    PodEdit(JsonNode pod) {
        this.pod = pod;
    }

    /** Returns the operations, in their order. */
    List<ObjectNode> operations() {
        return List.copyOf(operations);
    }

    /** Returns the pointer of the mount at or around a pointer. */
    static Optional<String> mount(String at) {
        return first(MOUNT, at);
    }

    /** Returns the pointer of the volume at or around a pointer. */
    static Optional<String> volume(String at) {
        return first(VOLUME, at);
    }

    private static Optional<String> first(Pattern pattern, String at) {
        Matcher matcher = pattern.matcher(at);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Returns the claim of a mount, or the empty text. */
    String claimOf(String mount) {
        return volumeNamed(text(mount + "/name"))
                .map(volume -> text(volume + "/persistentVolumeClaim/claimName"))
                .orElse("");
    }

    Optional<String> volumeNamed(String name) {
        return volumes().stream()
                .filter(volume -> text(volume + "/name").equals(name))
                .findFirst();
    }

    List<String> volumes() {
        return children("/spec/volumes");
    }

    List<String> containers(String kind) {
        return children("/spec/" + kind);
    }

    List<String> mountsIn(String container) {
        return children(container + "/volumeMounts");
    }

    List<String> mountsOf(String volume) {
        return KINDS.stream()
                .flatMap(kind -> containers(kind).stream())
                .flatMap(container -> mountsIn(container).stream())
                .filter(mount -> text(mount + "/name").equals(volume))
                .toList();
    }

    List<String> children(String array) {
        List<String> children = new ArrayList<>();
        for (int i = 0; i < pod.at(array).size(); i++) {
            children.add(array + "/" + i);
        }
        return children;
    }

    JsonNode at(String at) {
        return pod.at(at);
    }

    /** Returns the text at a pointer, empty if there is none. */
    String text(String at) {
        return pod.at(at).asText();
    }

    boolean has(String at) {
        return !pod.at(at).isMissingNode();
    }

    void append(String array, JsonNode element) {
        if (pod.at(array).isArray()) {
            add(array + "/-", element);
        } else {
            put(array, TREES.createArrayNode().add(element));
        }
    }

    void put(String at, boolean value) {
        put(at, TREES.getNodeFactory().booleanNode(value));
    }

    void put(String at, String value) {
        put(at, TREES.getNodeFactory().textNode(value));
    }

    void put(String at, JsonNode value) {
        operations.add(operation(has(at) ? "replace" : "add", at).set("value", value));
    }

    void move(String from, String to) {
        operations.add(operation("move", to).put("from", from));
    }

    void add(String at, JsonNode value) {
        operations.add(operation("add", at).set("value", value));
    }

    void remove(String at) {
        if (has(at)) {
            operations.add(operation("remove", at));
        }
    }

    private static ObjectNode operation(String op, String at) {
        return TREES.createObjectNode().put("op", op).put("path", at);
    }
}
