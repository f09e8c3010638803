package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a pod, with everything that a server refuses while it reads the text. JSON readers accept {@code "true"}
 * as a boolean, a server does not.
 */
public final class PodText {

    private final @Nullable Pod pod;
    private final List<ServerAnswer.Cause> causes;

    private PodText(@Nullable Pod pod, List<ServerAnswer.Cause> causes) {
        this.pod = pod;
        this.causes = List.copyOf(causes);
    }

    /**
     * Parses a pod. Its {@code apiVersion} and {@code kind} may be missing.
     *
     * @param json one JSON object
     * @return the pod and its faults
     * @throws IllegalArgumentException if the text is not one JSON object, is nested deeper than 100, or has a number
     *     of more than 1000 digits or with an exponent beyond 32 bits; the message has the line and column
     */
    public static PodText parse(String json) {
        requireNonNull(json, "json");
        try {
            JsonTree tree = JsonTree.parse(json);
            if (!tree.root().isObject()) {
                throw InvalidValueException.of(
                        "pod",
                        "be one JSON object",
                        String.valueOf(tree.root().getNodeType()),
                        "write { \"kind\": \"Pod\", … }");
            }
            return of(tree);
        } catch (JsonProcessingException e) {
            throw InvalidValueException.of(
                    "pod", "be one JSON object", "not: " + ApiServer.notJson(e), "correct the text", e);
        }
    }

    private static PodText of(JsonTree tree) throws JsonProcessingException {
        List<ServerAnswer.Cause> causes = new ArrayList<>();
        checkKind("apiVersion", "v1", tree.root(), causes);
        checkKind("kind", "Pod", tree.root(), causes);
        ServerDecoding decoding = ServerDecoding.of(tree.root(), Pod.class);
        causes.addAll(decoding.wrongTypes());
        causes.addAll(decoding.unknownFields());
        causes.addAll(decoding.duplicateFields(tree.duplicates()));
        Pod pod = decoding.mismatches().isEmpty() ? ApiServer.MAPPER.treeToValue(tree.root(), Pod.class) : null;
        return new PodText(pod, causes);
    }

    private static void checkKind(String field, String wanted, JsonNode root, List<ServerAnswer.Cause> causes) {
        String found = root.path(field).asText(wanted);
        if (root.path(field).isTextual() && !found.isEmpty() && !found.equals(wanted)) {
            causes.add(new ServerAnswer.Cause(
                    ServerAnswer.Kind.WRONG_TYPE,
                    field,
                    FieldPath.of(field).pointer(),
                    "expected " + wanted + ", but found " + MessageText.quoted(found)));
        }
    }

    /** {@return the pod, with the last value of each duplicate field, or empty if a value has a wrong type} */
    public Optional<Pod> findPod() {
        return Optional.ofNullable(pod);
    }

    /**
     * Returns the faults of the text, without the rules that the pod breaks, which {@link ApiServer#causes(Pod)}
     * returns.
     *
     * @return values with a wrong type, unknown fields and duplicate fields
     */
    public List<ServerAnswer.Cause> causes() {
        return causes;
    }
}
