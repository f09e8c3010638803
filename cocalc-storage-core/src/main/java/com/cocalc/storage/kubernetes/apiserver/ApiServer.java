package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a Kubernetes API server, 1.34 to 1.36, to an object that is created with
 * {@code fieldValidation=Strict}, as far as storage and identity are concerned. This class never refuses what a real
 * server accepts.
 *
 * <p>These fields are judged:
 *
 * <ul>
 *   <li>of a pod: name, labels, annotations, owners and finalizers; {@code volumes} of every kind that a cluster of
 *       today can mount; of each container the name, {@code volumeMounts}, {@code volumeDevices}, {@code env},
 *       {@code envFrom}, {@code resources} and {@code securityContext}; the pod's {@code securityContext},
 *       {@code resources}, {@code hostUsers} together with the namespaces of the node, {@code serviceAccountName} and
 *       {@code os};
 *   <li>of a pod template: the same, with paths from the template on;
 *   <li>of a {@code PersistentVolumeClaim}, a {@code StorageClass} and a {@code NetworkPolicy}: metadata and everything
 *       else that a user writes.
 * </ul>
 *
 * <p>Resources are among them because the init container that repairs a home has to fit into those of its pod. A field
 * that is not named here is accepted with any value of its type; one that does not exist is refused everywhere but in
 * the status. Kinds of volumes that no current server can mount ({@code flocker}, {@code gitRepo}, {@code glusterfs},
 * {@code photonPersistentDisk}, {@code quobyte}, {@code rbd}, {@code cephfs}, {@code scaleIO}, {@code storageos}) are
 * accepted without their required fields. So are volumes of an image with all their mounts, which a server of 1.34
 * removes. So are claims of devices ({@code resourceClaims}), {@code windowsOptions} with any values, the values of
 * annotations, also of those from which older servers read profiles, and an empty list in the metadata of an ephemeral
 * claim's template, which counts as absent. The class knows nothing of a cluster: no quota, no Pod Security (see
 * {@link PodSecurity}), no other object. An accepted pod may still never start; {@code PodAudit} checks more.
 *
 * <pre>{@code
 * Pod pod = new PodBuilder()
 *         .withNewMetadata().withName("project").endMetadata()
 *         .withNewSpec()
 *         .addNewContainer().withName("project").withImage("project:1").endContainer()
 *         .endSpec()
 *         .build();
 * ServerAnswer answer = ApiServer.answer(pod);
 * System.out.println(answer.code() + " " + answer.reason()); // 201 accepted
 * }</pre>
 */
public final class ApiServer {

    /** A mapper that also writes hostile objects, in which a key that is null is an empty one. */
    static final ObjectMapper MAPPER = lenient();

    private static final ServerAnswer.Cause WITHOUT_JSON = new ServerAnswer.Cause(
            ServerAnswer.Kind.WRONG_TYPE,
            "the object",
            "",
            "expected what can be written as JSON, but found a part that contains itself or is nested too deep");

    private static final Map<String, Kind<?>> KINDS = Map.of(
            "Pod", new Kind<>("v1", Pod.class, ApiServer::checkPosted),
            "PersistentVolumeClaim", new Kind<>("v1", PersistentVolumeClaim.class, ClaimRules::check),
            "StorageClass", new Kind<>("storage.k8s.io/v1", StorageClass.class, StorageClassRules::check),
            "NetworkPolicy", new Kind<>("networking.k8s.io/v1", NetworkPolicy.class, NetworkPolicyRules::check));

    private ApiServer() {}

    private static ObjectMapper lenient() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        mapper.getSerializerProvider().setNullKeySerializer(new JsonSerializer<>() {
            @Override
            public void serialize(@Nullable Object key, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writeFieldName("");
            }
        });
        return mapper;
    }

    /**
     * Returns the server's answer to a posted text.
     *
     * @param json one object with {@code apiVersion} and {@code kind}
     * @return the answer
     * @throws IllegalArgumentException if the rules of the kind are not known
     */
    public static ServerAnswer answer(String json) {
        long bytes = MetadataRules.utf8Length(requireNonNull(json, "json"));
        if (bytes > ServerAnswer.TooLarge.MOST_BYTES) {
            return new ServerAnswer.TooLarge(bytes);
        }
        JsonTree tree;
        try {
            tree = JsonTree.parse(json);
        } catch (JsonProcessingException e) {
            return new ServerAnswer.Undecodable(notJson(e), List.of());
        }
        return answer(tree.root(), tree.duplicates());
    }

    /**
     * Returns the server's answer to a posted object. Its JSON is read as the server reads it, so fields that the model
     * does not know count as well.
     *
     * @param object a pod, a claim, a storage class or a network policy
     * @return the answer
     * @throws IllegalArgumentException if the rules of the kind are not known
     */
    public static ServerAnswer answer(HasMetadata object) {
        JsonNode tree = posted(requireNonNull(object, "object"));
        if (tree == null) {
            return withoutJson();
        }
        long bytes = MetadataRules.utf8Length(tree.toString());
        return bytes > ServerAnswer.TooLarge.MOST_BYTES ? new ServerAnswer.TooLarge(bytes) : answer(tree, List.of());
    }

    /**
     * Returns the server's answer to a pod template, as part of a workload. Field paths start at the template, for
     * example {@code spec.containers[0].name}.
     *
     * @param template the template
     * @return the answer
     */
    public static ServerAnswer answer(PodTemplateSpec template) {
        JsonNode tree = posted(requireNonNull(template, "template"));
        return tree == null
                ? withoutJson()
                : new Kind<>("", PodTemplateSpec.class, ApiServer::checkPosted).answer(tree, List.of());
    }

    /** Returns an object as a client posts it, or null if it has no JSON. */
    private static @Nullable JsonNode posted(Object object) {
        try {
            return MAPPER.valueToTree(object);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static ServerAnswer withoutJson() {
        return new ServerAnswer.Undecodable(WITHOUT_JSON.toString(), List.of(WITHOUT_JSON));
    }

    private static void checkPosted(Pod pod, Faults faults) {
        PodRules.check(pod, faults);
        OsRules.check(pod.getSpec(), faults);
    }

    private static void checkPosted(PodTemplateSpec template, Faults faults) {
        PodRules.check(template, faults);
        OsRules.check(template.getSpec(), faults);
    }

    /**
     * Returns the causes for which a server refuses a pod, without those that come from its operating system: they are
     * one cause for an audit.
     *
     * @param pod the pod; one with {@code metadata.uid} was accepted before, and may have ephemeral containers from
     *     debugging
     * @return the unknown fields and the broken rules, in the server's order; empty if it accepts the pod
     */
    public static List<ServerAnswer.Cause> causes(Pod pod) {
        Faults faults = new Faults();
        ObjectMeta metadata = requireNonNull(pod, "pod").getMetadata();
        if (metadata != null && !Absent.isEmpty(metadata.getUid())) {
            PodRules.checkLiving(pod, faults);
        } else {
            PodRules.check(pod, faults);
        }
        return causes(pod, Pod.class, faults);
    }

    /**
     * Returns the causes for which a server refuses a pod template, as part of a workload, without those that come from
     * its operating system.
     *
     * @param template the template
     * @return the unknown fields and the broken rules, in the server's order; empty if it accepts the template; paths
     *     start at the template
     */
    public static List<ServerAnswer.Cause> causes(PodTemplateSpec template) {
        Faults faults = new Faults();
        PodRules.check(requireNonNull(template, "template"), faults);
        return causes(template, PodTemplateSpec.class, faults);
    }

    private static List<ServerAnswer.Cause> causes(Object object, Class<?> type, Faults faults) {
        JsonNode tree = posted(object);
        if (tree == null) {
            return List.of(WITHOUT_JSON);
        }
        List<ServerAnswer.Cause> causes =
                new ArrayList<>(ServerDecoding.of(tree, type).unknownFields());
        causes.addAll(faults.list());
        return List.copyOf(causes);
    }

    static String notJson(JsonProcessingException e) {
        return "the text is not one JSON object: " + e.getOriginalMessage();
    }

    private static ServerAnswer answer(JsonNode tree, List<FieldPath> duplicates) {
        if (!tree.isObject()) {
            return new ServerAnswer.Undecodable(
                    "the text is not one JSON object: it is " + tree.getNodeType(), List.of());
        }
        String kindName = tree.path("kind").textValue();
        if (Absent.isEmpty(kindName)) {
            return new ServerAnswer.Undecodable("Object 'Kind' is missing; write kind and apiVersion", List.of());
        }
        Kind<?> kind = KINDS.get(kindName);
        if (kind == null) {
            throw InvalidValueException.of(
                    "kind",
                    "be Pod, PersistentVolumeClaim, StorageClass or NetworkPolicy",
                    MessageText.quoted(kindName),
                    "the server's rules for others are not written here");
        }
        String version = tree.path("apiVersion").asText();
        if (!version.equals(kind.apiVersion)) {
            String reason = "apiVersion must be " + kind.apiVersion + " for a " + kindName + ", but was "
                    + MessageText.quoted(version);
            return new ServerAnswer.Undecodable(reason, List.of());
        }
        return kind.answer(tree, duplicates);
    }

    /** One kind of object: its version, its model, its rules. */
    private record Kind<T>(String apiVersion, Class<T> type, BiConsumer<T, Faults> rules) {

        ServerAnswer answer(JsonNode tree, List<FieldPath> duplicates) {
            ServerDecoding decoding = ServerDecoding.strict(tree, type);
            if (!decoding.mismatches().isEmpty()) {
                List<ServerAnswer.Cause> causes = decoding.wrongTypes();
                return new ServerAnswer.Undecodable(causes.get(0).toString(), causes);
            }
            List<ServerAnswer.Cause> strict = new ArrayList<>(decoding.unknownFields());
            strict.addAll(decoding.duplicateFields(duplicates));
            if (!strict.isEmpty()) {
                String reasons = strict.stream().map(Kind::strictReason).collect(Collectors.joining(", "));
                return new ServerAnswer.Undecodable("strict decoding error: " + reasons, strict);
            }
            Faults faults = new Faults();
            try {
                rules.accept(MAPPER.treeToValue(tree, type), faults);
            } catch (JsonProcessingException e) {
                return new ServerAnswer.Undecodable(notJson(e), List.of());
            }
            return faults.list().isEmpty() ? new ServerAnswer.Accepted() : new ServerAnswer.Invalid(faults.list());
        }

        private static String strictReason(ServerAnswer.Cause cause) {
            String fault = cause.kind() == ServerAnswer.Kind.UNKNOWN_FIELD ? "unknown" : "duplicate";
            return fault + " field \"" + MessageText.whole(cause.field()) + "\"";
        }
    }
}
