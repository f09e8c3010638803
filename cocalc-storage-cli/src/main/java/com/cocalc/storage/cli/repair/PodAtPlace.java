package com.cocalc.storage.cli.repair;

import com.cocalc.storage.cli.input.KubernetesObject;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The pod in an object: the object itself, or its pod template.
 *
 * @param prefix the place of the pod in the object, as a JSON pointer
 * @param json the pod as it is written
 * @param tree the same as a tree
 */
public record PodAtPlace(String prefix, String json, JsonNode tree) {

    private static final ObjectMapper TREES = new JsonMapper();

    public static PodAtPlace of(KubernetesObject object, String prefix) {
        if (prefix.isEmpty()) {
            return new PodAtPlace(prefix, object.json(), object.tree());
        }
        JsonNode template = object.tree().at(prefix);
        ObjectNode pod = TREES.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata =
                template.path("metadata") instanceof ObjectNode given ? given.deepCopy() : TREES.createObjectNode();
        if (!metadata.has("name") && !metadata.has("generateName")) {
            metadata.put("generateName", "pod-"); // the workload's controller names its pods
        }
        pod.set("metadata", metadata);
        if (template.has("spec")) {
            pod.set("spec", template.get("spec"));
        }
        return new PodAtPlace(prefix, pod.toString(), pod);
    }

    /** Returns the pod after a change. */
    public PodAtPlace changedTo(JsonNode changed) {
        return new PodAtPlace(prefix, changed.toString(), changed);
    }

    /** Returns the findings, with places in the pod itself. */
    public List<Finding> audit(Wanted wanted) {
        return PodAudit.auditJson(json, wanted.expected());
    }

    /** Returns the place in the object of a place in the pod. */
    public String place(String pointer) {
        String whole = prefix + pointer;
        return whole.isEmpty() ? "/" : whole;
    }
}
