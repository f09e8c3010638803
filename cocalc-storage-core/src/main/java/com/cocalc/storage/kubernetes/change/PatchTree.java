package com.cocalc.storage.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document to which operations after RFC 6902 are applied in place, each in time with what it touches. An operation
 * that cannot be applied leaves the document as it is.
 *
 * <p>One thing is other than in the RFC and as in the hub: removing a field that is not there does nothing.
 */
final class PatchTree {

    private JsonNode root;

    /** Takes a copy. */
    PatchTree(JsonNode original) {
        root = original.deepCopy();
    }

    JsonNode root() {
        return root;
    }

    void apply(PatchStep step) throws PatchProblem {
        switch (step.op()) {
            case "add" -> add(step.path(), step.value().deepCopy());
            case "replace" -> replace(step.path(), step.value().deepCopy());
            case "remove" -> remove(step.path());
            case "copy" -> add(step.path(), step.from().in(root).deepCopy());
            case "move" -> move(step.from(), step.path());
            case "test" -> test(step.path(), step.value());
            default -> throw new AssertionError(step.op()); // the text was read with these alone
        }
    }

    private void add(PatchPointer path, JsonNode value) throws PatchProblem {
        if (path.isRoot()) {
            root = value;
            return;
        }
        JsonNode parent = path.parent().in(root);
        String name = path.last();
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(name.equals(PatchPointer.END) ? array.size() : PatchPointer.index(name, array.size()), value);
        } else {
            throw PatchPointer.missing(name);
        }
    }

    private void replace(PatchPointer path, JsonNode value) throws PatchProblem {
        path.in(root);
        if (path.isRoot()) {
            root = value;
        } else if (path.parent().in(root) instanceof ArrayNode array) {
            array.set(PatchPointer.index(path.last(), array.size() - 1), value);
        } else {
            add(path, value);
        }
    }

    private void remove(PatchPointer path) throws PatchProblem {
        if (path.isRoot()) {
            throw new PatchProblem("it leaves nothing of the pod");
        }
        JsonNode parent = path.parent().in(root);
        if (parent instanceof ObjectNode object) {
            object.remove(path.last());
        } else if (parent instanceof ArrayNode array) {
            array.remove(PatchPointer.index(path.last(), array.size() - 1));
        } else {
            throw PatchPointer.missing(path.last());
        }
    }

    private void move(PatchPointer from, PatchPointer path) throws PatchProblem {
        JsonNode moved = from.in(root);
        if (from.equals(path)) {
            return;
        }
        if (from.isAbove(path)) {
            throw new PatchProblem("it moves a value into itself");
        }
        JsonNode left = path.isRoot() ? null : from.parent().in(root);
        remove(from);
        try {
            add(path, moved);
        } catch (PatchProblem e) {
            putBack(left, from.last(), moved);
            throw e;
        }
    }

    private static void putBack(@Nullable JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.insert(Integer.parseInt(name), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(name, value);
        }
    }

    private void test(PatchPointer path, JsonNode value) throws PatchProblem {
        if (!isSame(path.in(root), value)) {
            // The pod's value may be a secret.
            throw new PatchProblem("the pod has another value there");
        }
    }

    /** Numbers are the same if their values are, whatever their types. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            if (one.isIntegralNumber() && other.isIntegralNumber()) {
                return one.bigIntegerValue().equals(other.bigIntegerValue());
            }
            return Double.isFinite(one.doubleValue())
                    && Double.isFinite(other.doubleValue())
                    && one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.size() != other.size() || one.getNodeType() != other.getNodeType()) {
            return false;
        }
        if (one instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (!isSame(array.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode there = other.get(field.getKey());
                if (there == null || !isSame(field.getValue(), there)) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
