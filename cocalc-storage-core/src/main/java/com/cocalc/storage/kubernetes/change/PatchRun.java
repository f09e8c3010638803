package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
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
            throw InvalidValueException.of(
                    "a pod that is patched",
                    "be of kind Pod and apiVersion v1",
                    MessageText.quoted(original.path("kind").asText()) + " of "
                            + MessageText.quoted(original.path("apiVersion").asText()),
                    "patch the pod itself");
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
        PatchTree tree = new PatchTree(original);
        Budget budget = new Budget(original);
        for (PatchOperation operation : operations) {
            step(tree, operation, budget);
        }
        try {
            return asPod(tree.root());
        } catch (JsonProcessingException e) {
            return failAtTheCulprit(operations);
        }
    }

    /** Shows the pod after each operation, or null where that is none for the moment. */
    void observe(List<PatchOperation> operations, Observer observer) {
        PatchTree tree = new PatchTree(original);
        Budget budget = new Budget(original);
        for (int i = 0; i < operations.size(); i++) {
            step(tree, operations.get(i), budget);
            observer.applied(i + 1, podOrNull(tree.root()));
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

    private void step(PatchTree tree, PatchOperation operation, Budget budget) {
        PatchStep step;
        try {
            step = PatchStep.of(operation);
        } catch (PatchProblem e) {
            throw new PatchFailedException(operation, e.words());
        }
        try {
            budget.spend(step, tree.root(), operation);
            tree.apply(step);
        } catch (PatchProblem e) {
            if (!step.tests() || !doubted.test(operation)) {
                throw new PatchFailedException(operation, e.words());
            }
            takenToHold.add(operation);
        }
    }

    /** What a pod may still grow by. */
    private static final class Budget {

        private long left = MOST_GROWTH;
        private final int allowedDepth;

        Budget(JsonNode original) {
            allowedDepth = Math.max(DEEPEST, JsonWeight.of(original).depth());
        }

        void spend(PatchStep step, JsonNode tree, PatchOperation operation) throws PatchProblem {
            JsonNode brought = step.copies() || step.moves() ? step.from().in(tree) : step.value();
            JsonWeight weight = JsonWeight.of(brought);
            // What is moved was there before.
            left -= step.moves() ? 0 : weight.characters() + operation.path().length();
            if (left < 0) {
                throw new PatchFailedException(
                        operation, "with it the patches add more than " + MOST_GROWTH + " characters to the pod");
            }
            if (step.path().names().size() + weight.depth() > allowedDepth) {
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
