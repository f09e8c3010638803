package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer after RFC 6901: the names on the way to a value, none for the whole document.
 *
 * @param names the names, with {@code ~1} read as {@code /} and then {@code ~0} as {@code ~}
 */
record PatchPointer(List<String> names) {

    /** The name of the element behind the last one. */
    static final String END = "-";

    PatchPointer {
        names = List.copyOf(names);
    }

    static PatchPointer parse(String text) throws PatchProblem {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            throw new PatchProblem(
                    MessageText.quoted(text) + " is not a JSON pointer (RFC 6901), as it starts without '/'");
        }
        List<String> names = new ArrayList<>();
        int start = 1;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            names.add(name(text, start, end));
            start = end + 1;
        }
        return new PatchPointer(names);
    }

    private static String name(String text, int start, int end) throws PatchProblem {
        String raw = text.substring(start, end);
        for (int at = raw.indexOf('~'); at >= 0; at = raw.indexOf('~', at + 1)) {
            char next = at + 1 < raw.length() ? raw.charAt(at + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new PatchProblem(MessageText.quoted(text)
                        + " is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it");
            }
        }
        return raw.replace("~1", "/").replace("~0", "~");
    }

    boolean isRoot() {
        return names.isEmpty();
    }

    String last() {
        return names.get(names.size() - 1);
    }

    PatchPointer parent() {
        return new PatchPointer(names.subList(0, names.size() - 1));
    }

    /** Whether this leads to a value that holds the other's, and is not the same. */
    boolean isAbove(PatchPointer other) {
        return names.size() < other.names.size() && names.equals(other.names.subList(0, names.size()));
    }

    /** The value there. */
    JsonNode in(JsonNode root) throws PatchProblem {
        JsonNode node = root;
        for (String name : names) {
            node = child(node, name);
        }
        return node;
    }

    private static JsonNode child(JsonNode node, String name) throws PatchProblem {
        JsonNode child = node instanceof ArrayNode array
                ? array.get(index(name, array.size() - 1))
                : node instanceof ObjectNode object ? object.get(name) : null;
        if (child == null) {
            throw missing(name);
        }
        return child;
    }

    static PatchProblem missing(String name) {
        return new PatchProblem("the pod has no " + MessageText.quoted(name) + " there");
    }

    /** An index after RFC 6901: digits without a leading zero. */
    static int index(String name, int most) throws PatchProblem {
        boolean isIndex = !name.isEmpty()
                && name.chars().allMatch(c -> c >= '0' && c <= '9')
                && (name.length() == 1 || name.charAt(0) != '0');
        if (!isIndex) {
            throw new PatchProblem(MessageText.quoted(name) + " is not an index of a list");
        }
        int index = name.length() < 10 ? Integer.parseInt(name) : Integer.MAX_VALUE;
        if (index > most) {
            throw missing(name);
        }
        return index;
    }
}
