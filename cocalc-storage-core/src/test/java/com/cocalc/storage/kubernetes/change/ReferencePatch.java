package com.cocalc.storage.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RFC 6902 once more, written from its text alone: values are never changed, each operation gives a new document or
 * nothing. It differs from the RFC where the hub does: removing a field that is not there does nothing.
 */
final class ReferencePatch {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What becomes of a value in its place; empty where there is nothing to be done. */
    private interface Change {
        Optional<JsonNode> at(JsonNode parent, String name);
    }

    private ReferencePatch() {}

    /** The document after all operations, or empty where one of them is an error. */
    static Optional<JsonNode> apply(JsonNode patch, JsonNode document) {
        Optional<JsonNode> result = Optional.of(document);
        for (JsonNode operation : patch) {
            result = result.flatMap(
                    now -> apply(operation, now, operation.path("op").asText()));
        }
        return result;
    }

    private static Optional<JsonNode> apply(JsonNode operation, JsonNode document, String op) {
        Optional<List<String>> path = tokens(operation.get("path"));
        JsonNode value = operation.get("value");
        if (path.isEmpty()
                || (value == null && List.of("add", "replace", "test").contains(op))) {
            return Optional.empty();
        }
        List<String> to = path.get();
        return switch (op) {
            case "add" -> added(document, to, value);
            case "remove" -> removed(document, to);
            case "replace" ->
                get(document, to)
                        .flatMap(old -> to.isEmpty()
                                ? Optional.of(value)
                                : at(
                                        document,
                                        to,
                                        (parent, name) -> parent.isArray()
                                                ? Optional.of(list(
                                                        elements(parent),
                                                        list -> list.set(Integer.parseInt(name), value)))
                                                : Optional.of(with(parent, name, value))));
            case "test" ->
                get(document, to).filter(there -> equal(there, value)).map(there -> document);
            case "copy" ->
                tokens(operation.get("from"))
                        .flatMap(from -> get(document, from))
                        .flatMap(copied -> added(document, to, copied));
            case "move" ->
                tokens(operation.get("from"))
                        .flatMap(from -> get(document, from).flatMap(moved -> {
                            if (from.equals(to)) {
                                return Optional.of(document);
                            }
                            boolean intoItself = to.size() > from.size()
                                    && to.subList(0, from.size()).equals(from);
                            return intoItself
                                    ? Optional.<JsonNode>empty()
                                    : removed(document, from).flatMap(without -> added(without, to, moved));
                        }));
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> added(JsonNode document, List<String> to, JsonNode value) {
        return to.isEmpty()
                ? Optional.of(value)
                : at(document, to, (parent, name) -> {
                    if (!parent.isArray()) {
                        return parent.isObject() ? Optional.of(with(parent, name, value)) : Optional.empty();
                    }
                    int size = parent.size();
                    Optional<Integer> index = name.equals("-") ? Optional.of(size) : index(name);
                    return index.filter(i -> i <= size).map(i -> list(elements(parent), list -> list.add(i, value)));
                });
    }

    private static Optional<JsonNode> removed(JsonNode document, List<String> from) {
        return from.isEmpty()
                ? Optional.empty()
                : at(document, from, (parent, name) -> {
                    if (parent.isObject()) {
                        ObjectNode object = NODES.objectNode();
                        parent.properties().forEach(field -> {
                            if (!field.getKey().equals(name)) {
                                object.set(field.getKey(), field.getValue());
                            }
                        });
                        return Optional.of(object);
                    }
                    return index(name)
                            .filter(i -> i < parent.size())
                            .map(i -> list(elements(parent), list -> list.remove((int) i)));
                });
    }

    /** The document with a change of the parent of a place. */
    private static Optional<JsonNode> at(JsonNode node, List<String> path, Change change) {
        String name = path.get(0);
        if (path.size() == 1) {
            return change.at(node, name);
        }
        return child(node, name)
                .flatMap(child -> at(child, path.subList(1, path.size()), change))
                .map(changed -> node.isArray()
                        ? list(elements(node), list -> list.set(Integer.parseInt(name), changed))
                        : with(node, name, changed));
    }

    private static Optional<JsonNode> get(JsonNode node, List<String> path) {
        Optional<JsonNode> found = Optional.of(node);
        for (String name : path) {
            found = found.flatMap(there -> child(there, name));
        }
        return found;
    }

    private static Optional<JsonNode> child(JsonNode node, String name) {
        return node.isArray()
                ? index(name).filter(i -> i < node.size()).map(node::get)
                : Optional.ofNullable(node.get(name));
    }

    private static Optional<Integer> index(String name) {
        return name.matches("0|[1-9][0-9]{0,8}") ? Optional.of(Integer.valueOf(name)) : Optional.empty();
    }

    private static Optional<List<String>> tokens(JsonNode pointer) {
        if (pointer == null || !pointer.isTextual() || !pointer.asText().matches("(?s)(/([^/~]|~[01])*)*")) {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>(List.of(pointer.asText().split("/", -1)));
        tokens.remove(0);
        tokens.replaceAll(token -> {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < token.length(); i++) {
                boolean escape = token.charAt(i) == '~';
                name.append(!escape ? token.charAt(i) : token.charAt(++i) == '0' ? '~' : '/');
            }
            return name.toString();
        });
        return Optional.of(tokens);
    }

    private static boolean equal(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    private static JsonNode with(JsonNode parent, String name, JsonNode value) {
        ObjectNode object = NODES.objectNode();
        parent.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
        object.set(name, value);
        return object;
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements;
    }

    private static JsonNode list(List<JsonNode> elements, Consumer<List<JsonNode>> change) {
        change.accept(elements);
        ArrayNode list = NODES.arrayNode();
        elements.forEach(list::add);
        return list;
    }
}
