package com.cocalc.storage.cli.repair;

import com.cocalc.storage.cli.input.KubernetesObject;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pod in an object: the object itself, or its pod template.
 *
 * @param prefix the place of the pod in the object, as a JSON pointer
 * @param json the pod as it is written
 * @param tree the same as a tree
 * @param made the volumes that are none of the template's, by their place in the pod: a stateful set's claim templates,
 *     by their place in the object
 */
public record PodAtPlace(String prefix, String json, JsonNode tree, Map<String, String> made) {

    private static final ObjectMapper TREES = new JsonMapper();
    private static final String TEMPLATE = "/ephemeral/volumeClaimTemplate";

    /**
     * Finds the pod at a place of an object.
     *
     * @param object the object
     * @param prefix the place, as a JSON pointer
     * @param claims the names of the installation's claims, which a stateful set may take for its own
     */
    public static PodAtPlace of(KubernetesObject object, String prefix, Set<String> claims) {
        if (prefix.isEmpty()) {
            return new PodAtPlace(prefix, object.json(), object.tree(), Map.of());
        }
        JsonNode template = object.tree().at(prefix);
        ObjectNode pod = TREES.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata =
                template.path("metadata") instanceof ObjectNode given ? given.deepCopy() : TREES.createObjectNode();
        // The workload's controller names its pods and puts them beside itself, whatever the template says.
        metadata.remove(List.of("name", "namespace"));
        metadata.put("generateName", "pod-");
        if (!object.namespace().isEmpty()) {
            metadata.put("namespace", object.namespace());
        }
        pod.set("metadata", metadata);
        if (template.has("spec")) {
            pod.set("spec", template.get("spec").deepCopy());
        }
        Map<String, String> made = Map.of();
        if (object.kind().equals("StatefulSet")) {
            Ordinals pods = new Ordinals(object.name(), claims);
            namePod(pod, pods);
            made = addClaims(pod, object.tree().path("spec").path("volumeClaimTemplates"), pods);
        }
        return new PodAtPlace(prefix, pod.toString(), pod, made);
    }

    /** A pod of a known name makes claims of known names for its ephemeral volumes. */
    private static void namePod(ObjectNode pod, Ordinals pods) {
        for (JsonNode volume : pod.at("/spec/volumes")) {
            if (volume.has("ephemeral")) {
                String after = "-" + volume.path("name").asText();
                pods.findClaim(pods.set() + "-", after).ifPresent(claim -> {
                    ObjectNode metadata = (ObjectNode) pod.get("metadata");
                    metadata.remove("generateName");
                    metadata.put("name", claim.substring(0, claim.length() - after.length()));
                });
            }
        }
    }

    /**
     * The controller puts the claims that it makes in the place of the pod's volumes of the same names. A claim that is
     * made for one pod is what an ephemeral volume is; one that is there already is taken as it is.
     */
    private static Map<String, String> addClaims(ObjectNode pod, JsonNode templates, Ordinals pods) {
        Map<String, String> made = new HashMap<>();
        boolean hasVolumes = pod.at("/spec/volumes").isArray();
        if (templates.isEmpty()
                || !pod.path("spec").isObject()
                || (pod.at("/spec").has("volumes") && !hasVolumes)) {
            return made;
        }
        ArrayNode volumes =
                hasVolumes ? (ArrayNode) pod.at("/spec/volumes") : ((ObjectNode) pod.get("spec")).putArray("volumes");
        for (int i = 0; i < templates.size(); i++) {
            String name = templates.get(i).at("/metadata/name").asText();
            ObjectNode volume = volumeOf(templates.get(i), name, pods);
            int at = 0;
            while (at < volumes.size() && !volumes.get(at).path("name").asText().equals(name)) {
                at++;
            }
            if (at < volumes.size()) {
                volumes.set(at, volume);
            } else {
                volumes.add(volume);
            }
            made.put("/spec/volumes/" + at, "/spec/volumeClaimTemplates/" + i);
        }
        return made;
    }

    private static ObjectNode volumeOf(JsonNode template, String name, Ordinals pods) {
        ObjectNode volume = TREES.createObjectNode().put("name", name);
        Optional<String> ours = pods.findClaim(name + "-" + pods.set() + "-", "");
        if (ours.isPresent()) {
            volume.putObject("persistentVolumeClaim").put("claimName", ours.get());
        } else {
            volume.putObject("ephemeral")
                    .putObject("volumeClaimTemplate")
                    .set("spec", template.path("spec").deepCopy());
        }
        return volume;
    }

    /** The numbers of a stateful set's pods, and the installation's claims, one of which may bear such a number. */
    private record Ordinals(String set, Set<String> claims) {

        Optional<String> findClaim(String before, String after) {
            Pattern names = Pattern.compile(Pattern.quote(before) + "(0|[1-9][0-9]*)" + Pattern.quote(after));
            return claims.stream()
                    .filter(claim -> !set.isEmpty() && names.matcher(claim).matches())
                    .min(Comparator.naturalOrder());
        }
    }

    /** Returns the pod after a change. */
    public PodAtPlace changedTo(JsonNode changed) {
        return new PodAtPlace(prefix, changed.toString(), changed, made);
    }

    /** Returns the findings, with places in the pod itself. */
    public List<Finding> audit(Wanted wanted) {
        return PodAudit.auditJson(json, wanted.expected());
    }

    /** Returns the place in the object of a place in the pod. */
    public String place(String pointer) {
        String volume = volumeOf(pointer);
        if (made.containsKey(volume)) {
            String rest = pointer.substring(volume.length());
            return made.get(volume)
                    + (rest.startsWith(TEMPLATE)
                            ? rest.substring(TEMPLATE.length())
                            : rest.equals("/name") ? "/metadata/name" : "");
        }
        String whole = prefix + pointer;
        return whole.isEmpty() ? "/" : whole;
    }

    /** Whether a place is in a volume that the template does not have. */
    boolean isMade(String pointer) {
        return made.containsKey(volumeOf(pointer));
    }

    /** The beginning of a pointer that leads to a volume, or all of it. */
    private static String volumeOf(String pointer) {
        String volumes = "/spec/volumes/";
        int end = pointer.startsWith(volumes) ? pointer.indexOf('/', volumes.length()) : -1;
        return end < 0 ? pointer : pointer.substring(0, end);
    }
}
