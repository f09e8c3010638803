package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.kubernetes.apiserver.OneLine;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.fabric8.zjsonpatch.JsonPointer;
import io.fabric8.zjsonpatch.JsonPointerEvaluationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One application of a joined patch, operation by operation, so that a failure has a name.
 *
 * <p>A patch can double a pod with every {@code copy}; therefore what operations bring in is added up beforehand.
 */
final class PatchRun {

    /** How much larger a pod may become, in characters of JSON. The API server takes about 1.5 million in all. */
    static final int MOST_GROWTH = 262_144;

    static final int DEEPEST = 100;

    private static final ObjectMapper MAPPER = new JsonMapper();

    private final JsonNode original;
    private final Predicate<PatchOperation> doubted;
    private final Set<PatchOperation> takenToHold = new LinkedHashSet<>();

    PatchRun(Pod pod) {
        this(pod, test -> false);
    }

    /**
     * Prepares.
     *
     * @param doubted asked about a test that does not hold: whether it is taken to hold, because the pod is not quite
     *     the one that is meant
     */
    PatchRun(Pod pod, Predicate<PatchOperation> doubted) {
        original = MAPPER.valueToTree(pod);
        this.doubted = doubted;
        if (!isNamedPod(original)) {
            throw new IllegalArgumentException("a pod that is patched must be of kind Pod and apiVersion v1, but was "
                    + OneLine.quoted(original.path("kind").asText()) + " of "
                    + OneLine.quoted(original.path("apiVersion").asText()) + "; patch the pod itself");
        }
    }

    /** What says that this is a pod may be missing. */
    private static boolean isNamedPod(JsonNode tree) {
        String kind = tree.path("kind").asText("");
        String version = tree.path("apiVersion").asText("");
        return (kind.isEmpty() || kind.equals("Pod")) && (version.isEmpty() || version.equals("v1"));
    }

    /** The tests that did not hold and were taken to, in their order. */
    Set<PatchOperation> takenToHold() {
        return takenToHold;
    }

    /** Receives what is there after an operation. */
    interface Observer {
        void applied(int count, @Nullable Pod pod);
    }

    Pod run(List<PatchOperation> operations) {
        JsonNode tree = original;
        Budget budget = new Budget(original);
        for (PatchOperation operation : operations) {
            tree = step(tree, operation, budget);
        }
        try {
            return asPod(tree);
        } catch (JsonProcessingException e) {
            return failAtTheCulprit(operations);
        }
    }

    /** Shows the pod after each operation, or null where that is none for the moment. */
    void observe(List<PatchOperation> operations, Observer observer) {
        JsonNode tree = original;
        Budget budget = new Budget(original);
        for (int i = 0; i < operations.size(); i++) {
            tree = step(tree, operations.get(i), budget);
            observer.applied(i + 1, podOrNull(tree));
        }
    }

    private Pod failAtTheCulprit(List<PatchOperation> operations) {
        int[] good = {0};
        observe(operations, (count, pod) -> good[0] = pod == null ? good[0] : count);
        throw new PatchFailedException(
                operations.get(good[0]), "it leaves something that is no Pod, for example a text where a list belongs");
    }

    private static @Nullable Pod podOrNull(JsonNode tree) {
        try {
            return asPod(tree);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Pod asPod(JsonNode tree) throws JsonProcessingException {
        if (!tree.isObject() || !isNamedPod(tree)) {
            throw new NotAPod();
        }
        return MAPPER.treeToValue(tree, Pod.class);
    }

    private JsonNode step(JsonNode tree, PatchOperation operation, Budget budget) {
        JsonNode json = operation.json();
        try {
            budget.spend(json, tree, operation);
            if (holds(json, tree)) {
                return tree;
            }
            return JsonPatch.apply(MAPPER.createArrayNode().add(json), tree);
        } catch (PatchFailedException e) {
            throw e;
        } catch (JsonPatchException | JsonPointerEvaluationException e) {
            if (operation.op().equals("test") && doubted.test(operation)) {
                takenToHold.add(operation);
                return tree;
            }
            // Its own message about a test shows the pod's value, which may be a secret.
            throw new PatchFailedException(
                    operation,
                    operation.op().equals("test") && !isMissing(json, tree)
                            ? "the pod has another value there"
                            : "it says " + OneLine.quoted(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Indexes that are none end in whatever exception an ArrayList throws.
            throw new PatchFailedException(
                    operation, "its path or from is no JSON pointer to a place that can be changed");
        }
    }

    /** Whether it is a test that holds. The library takes 1 and 1.0 for different numbers, and a long 1 for a third. */
    private static boolean holds(JsonNode json, JsonNode tree) throws JsonPointerEvaluationException {
        return json.path("op").asText().equals("test")
                && json.has("value")
                && JsonPointer.parse(json.path("path").asText())
                        .evaluate(tree)
                        .equals(PatchRun::compare, json.get("value"));
    }

    private static int compare(JsonNode one, JsonNode other) {
        return isSame(one, other) ? 0 : 1;
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        if (!one.isNumber() || !other.isNumber()) {
            return one.equals(other);
        }
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return one.bigIntegerValue().equals(other.bigIntegerValue());
        }
        return one.doubleValue() == other.doubleValue();
    }

    private static boolean isMissing(JsonNode json, JsonNode tree) {
        try {
            JsonPointer.parse(json.path("path").asText()).evaluate(tree);
            return false;
        } catch (JsonPointerEvaluationException e) {
            return true;
        }
    }

    /** What a pod may still grow by. */
    private static final class Budget {

        private long left = MOST_GROWTH;
        private final int allowedDepth;

        Budget(JsonNode original) {
            allowedDepth = Math.max(DEEPEST, JsonWeight.of(original).depth());
        }

        void spend(JsonNode json, JsonNode tree, PatchOperation operation) throws JsonPointerEvaluationException {
            boolean copies = operation.op().equals("copy");
            JsonNode brought = json.path("value");
            if (copies || operation.op().equals("move")) {
                brought = JsonPointer.parse(json.path("from").asText()).evaluate(tree);
            }
            JsonWeight weight = JsonWeight.of(brought);
            // What is moved was there before.
            left -= operation.op().equals("move")
                    ? 0
                    : weight.characters() + operation.path().length();
            if (left < 0) {
                throw new PatchFailedException(
                        operation, "with it the patches add more than " + MOST_GROWTH + " characters to the pod");
            }
            int depth = JsonPointer.parse(operation.path()).decompose().size() + weight.depth();
            if (depth > allowedDepth) {
                throw new PatchFailedException(operation, "it nests more than " + allowedDepth + " levels");
            }
        }
    }

    /** JSON of another kind. */
    private static final class NotAPod extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        NotAPod() {
            super("not a Pod");
        }
    }
}
