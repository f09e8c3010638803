package com.cocalc.storage.cli.repair;

import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.Severity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change that fixes a finding, as operations of a JSON Patch on the pod. Each change was tried: after it the pod does
 * not have the finding, and has no additional errors.
 *
 * @param operations the operations, in their order
 * @param result the pod after the change
 */
public record Repair(List<ObjectNode> operations, PodAtPlace result) {

    /** The rules that must be fixed before the storage of the pod is checked. */
    private static final Set<String> DECODING = Set.of("wrong-type", "unknown-field");

    private static final ObjectMapper TREES = new JsonMapper();
    private static final int MOST_STEPS = 200;

    /** Returns the change for one finding, if there is a certain one. */
    public static Optional<Repair> of(Finding finding, PodAtPlace pod, Wanted wanted, List<Finding> before) {
        List<ObjectNode> operations = new RepairRules(pod.tree(), wanted).of(finding);
        boolean isOfTheTemplate = operations.stream()
                .noneMatch(operation -> pod.isMade(operation.path("path").asText()));
        if (operations.isEmpty() || !isOfTheTemplate) {
            return Optional.empty();
        }
        PodAtPlace changed;
        try {
            changed = pod.changedTo(JsonPatch.apply(array(operations), pod.tree()));
        } catch (JsonPatchException e) {
            return Optional.empty(); // the pod has something else where the change belongs
        }
        List<Finding> after = changed.audit(wanted);
        boolean gone = after.stream().noneMatch(other -> isSame(other, finding))
                || ofRule(after, finding) < ofRule(before, finding); // the next of an array has moved up
        boolean noWorse = DECODING.contains(finding.rule().code()) || errors(after) <= errors(before);
        return gone && noWorse ? Optional.of(new Repair(operations, changed)) : Optional.empty();
    }

    /** Returns one change for all findings that have one, applied one after the other. */
    public static Repair ofAll(PodAtPlace pod, Wanted wanted) {
        Repair whole = new Repair(List.of(), pod);
        Set<String> tried = new HashSet<>();
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Repair> next = whole.next(wanted, tried);
            if (next.isEmpty()) {
                return whole;
            }
            whole = next.get();
        }
        return whole;
    }

    private Optional<Repair> next(Wanted wanted, Set<String> tried) {
        List<Finding> findings = result.audit(wanted);
        for (Finding finding : findings) {
            if (tried.add(finding.rule().code() + finding.pointer() + finding.what())) {
                Optional<Repair> repair = of(finding, result, wanted, findings);
                if (repair.isPresent()) {
                    tried.clear(); // places have changed
                    List<ObjectNode> all = new ArrayList<>(operations);
                    all.addAll(repair.get().operations());
                    return Optional.of(new Repair(all, repair.get().result()));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the operations as a JSON Patch of the object of the pod. */
    public ArrayNode patch() {
        ArrayNode patch = TREES.createArrayNode();
        for (ObjectNode operation : operations) {
            ObjectNode placed = operation.deepCopy();
            placed.put("path", result.prefix() + operation.path("path").asText());
            if (placed.has("from")) {
                placed.put("from", result.prefix() + operation.path("from").asText());
            }
            patch.add(placed);
        }
        return patch;
    }

    /** Returns the operations in words. */
    public String inWords() {
        return operations.stream().map(this::inWords).collect(Collectors.joining("; "));
    }

    private String inWords(ObjectNode operation) {
        String place = result.place(operation.path("path").asText());
        String value = String.valueOf(operation.get("value"));
        return switch (operation.path("op").asText()) {
            case "remove" -> "remove " + place;
            case "move" -> "rename " + result.place(operation.path("from").asText()) + " to " + place;
            case "add" ->
                place.endsWith("/-")
                        ? "add to " + place.substring(0, place.length() - 2) + ": " + value
                        : "set " + place + " to " + value;
            default -> "set " + place + " to " + value;
        };
    }

    private static JsonNode array(List<ObjectNode> operations) {
        ArrayNode array = TREES.createArrayNode();
        operations.forEach(array::add);
        return array;
    }

    private static boolean isSame(Finding one, Finding other) {
        return one.rule().code().equals(other.rule().code())
                && one.pointer().equals(other.pointer())
                && one.what().equals(other.what());
    }

    private static long ofRule(List<Finding> findings, Finding like) {
        return findings.stream()
                .filter(finding -> finding.rule().code().equals(like.rule().code()))
                .count();
    }

    private static long errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
    }
}
