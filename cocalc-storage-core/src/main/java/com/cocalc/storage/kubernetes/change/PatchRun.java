package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    /** Makes no value fit its field, as a server does not. */
    private static final ObjectReader PODS = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build()
            .readerFor(Pod.class);

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

    /**
     * Something that is in the pod after the operations and was not before.
     *
     * @param key what a judgement counts
     * @param number how many of it there are to be
     */
    record Wanted(String key, int number) {

        boolean isIn(Map<String, Integer> judgement) {
            return judgement.getOrDefault(key, 0) >= number;
        }
    }

    /**
     * Finds the operations that brought something: before the operation it was not there, and after it it is. Where a
     * patch takes it away again and brings it back, that is one of those that bring it.
     *
     * <p>The pod is judged halfway between a state without it and one with it, until these are neighbours: some ten
     * judgements for a thousand operations, instead of one for each.
     *
     * @param operations the operations
     * @param wanted what is asked for
     * @param judge counts what is in a pod
     * @return an operation for each
     */
    List<PatchOperation> culprits(
            List<PatchOperation> operations, List<Wanted> wanted, Function<Pod, Map<String, Integer>> judge) {
        int[] without = new int[wanted.size()];
        int[] with = new int[wanted.size()];
        Arrays.fill(with, operations.size());
        for (Set<Integer> halfway = halfway(without, with); !halfway.isEmpty(); halfway = halfway(without, with)) {
            Map<Integer, Map<String, Integer>> judgements = judge(operations, halfway, judge);
            for (int i = 0; i < with.length; i++) {
                int middle = (without[i] + with[i]) / 2;
                if (middle == without[i]) {
                    continue; // found
                }
                if (wanted.get(i).isIn(judgements.getOrDefault(middle, Map.of()))) {
                    with[i] = middle;
                } else {
                    without[i] = middle;
                }
            }
        }
        return Arrays.stream(with).mapToObj(after -> operations.get(after - 1)).toList();
    }

    private static Set<Integer> halfway(int[] without, int[] with) {
        Set<Integer> halfway = new HashSet<>();
        for (int i = 0; i < with.length; i++) {
            if (with[i] - without[i] > 1) {
                halfway.add((without[i] + with[i]) / 2);
            }
        }
        return halfway;
    }

    /** Judges the pod after some numbers of operations, as far as there is a pod then. */
    private Map<Integer, Map<String, Integer>> judge(
            List<PatchOperation> operations, Set<Integer> after, Function<Pod, Map<String, Integer>> judge) {
        PatchTree tree = new PatchTree(original);
        Budget budget = new Budget(original);
        Map<Integer, Map<String, Integer>> judgements = new HashMap<>();
        for (int done = 1; judgements.size() < after.size(); done++) {
            step(tree, operations.get(done - 1), budget);
            if (after.contains(done)) {
                Pod pod = podOrNull(tree.root());
                judgements.put(done, pod == null ? Map.of() : judge.apply(pod));
            }
        }
        return judgements;
    }

    private Pod failAtTheCulprit(List<PatchOperation> operations) {
        PatchTree tree = new PatchTree(original);
        Budget budget = new Budget(original);
        PatchOperation culprit = operations.get(0);
        for (int i = 0; i < operations.size() - 1; i++) {
            step(tree, operations.get(i), budget);
            culprit = podOrNull(tree.root()) == null ? culprit : operations.get(i + 1);
        }
        throw new PatchFailedException(
                culprit, "it leaves something that is not a Pod, for example a number where a text belongs");
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
        return PODS.treeToValue(tree, Pod.class);
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
