package com.cocalc.storage.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * An operation that is well formed.
 *
 * @param op one of the six
 * @param path where
 * @param from where from; the root where the operation has none
 * @param value what; missing where the operation has none
 */
record PatchStep(String op, PatchPointer path, PatchPointer from, JsonNode value) {

    static PatchStep of(PatchOperation operation) throws PatchProblem {
        JsonNode json = operation.json();
        boolean hasFrom = operation.op().equals("copy") || operation.op().equals("move");
        boolean hasValue = !hasFrom && !operation.op().equals("remove");
        if (hasFrom && !json.path("from").isTextual()) {
            throw new PatchProblem("it has no from that is a text");
        }
        if (hasValue && !json.has("value")) {
            throw new PatchProblem("it has no value");
        }
        if (!operation.op().equals("test") && isBeyondDouble(json.path("value"))) {
            throw new PatchProblem("its value has a number beyond 1.8e308");
        }
        return new PatchStep(
                operation.op(),
                PatchPointer.parse(operation.path()),
                PatchPointer.parse(hasFrom ? json.path("from").textValue() : ""),
                hasValue ? json.get("value") : MissingNode.getInstance());
    }

    /** Such a number has no digits any more; the hub writes null in its place. */
    private static boolean isBeyondDouble(JsonNode node) {
        if (node.isDouble()) {
            return Double.isInfinite(node.doubleValue());
        }
        for (JsonNode child : node) {
            if (isBeyondDouble(child)) {
                return true;
            }
        }
        return false;
    }

    boolean copies() {
        return op.equals("copy");
    }

    boolean moves() {
        return op.equals("move");
    }

    boolean tests() {
        return op.equals("test");
    }
}
