package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads posted JSON as strictly as the API server with {@code fieldValidation=Strict}: a wrong type, a malformed
 * quantity, an unknown field. Lenient readers turn {@code "true"} into a boolean, so that another pod would be audited
 * than the one that was posted.
 *
 * <p>An audit reads only the parts that touch storage and identity in this way: volumes, mounts, devices, variables,
 * security contexts, claims and their templates, storage classes, network policies. Elsewhere unknown fields are
 * ignored, and a value of a wrong type is removed from the tree.
 */
final class ServerDecoding {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<Class<?>, Map<String, JavaType>> FIELDS = new ConcurrentHashMap<>();

    /** The types that are judged, with everything inside them. */
    private static final Set<Class<?>> JUDGED = Set.of(
            Volume.class,
            VolumeMount.class,
            VolumeDevice.class,
            EnvVar.class,
            EnvFromSource.class,
            PodSecurityContext.class,
            SecurityContext.class,
            ResourceRequirements.class,
            PersistentVolumeClaimSpec.class,
            PersistentVolumeClaimTemplate.class,
            StorageClass.class,
            NetworkPolicySpec.class);

    /** Single judged fields of types that otherwise are not judged. */
    private static final Map<Class<?>, Set<String>> JUDGED_FIELDS = Map.of(
            ObjectMeta.class,
            Set.of("name", "generateName", "namespace", "labels", "annotations", "finalizers"),
            PodSpec.class,
            Set.of(
                    "hostPID",
                    "hostIPC",
                    "hostNetwork",
                    "hostUsers",
                    "shareProcessNamespace",
                    "serviceAccountName",
                    "serviceAccount"),
            Container.class,
            Set.of("name"),
            EphemeralContainer.class,
            Set.of("name"));

    /** The types that contain judged parts, and so have to be an object or a list of objects. */
    private static final Set<Class<?>> JUDGED_SHAPES = Set.of(
            ObjectMeta.class, PodSpec.class, PersistentVolumeClaim.class, Container.class, EphemeralContainer.class);

    private final List<Mismatch> mismatches = new ArrayList<>();
    private final List<FieldPath> unknown = new ArrayList<>();
    private final List<FieldPath> judgedRoots = new ArrayList<>();

    private final Scope around;

    private ServerDecoding(Scope around) {
        this.around = around;
    }

    /** Compares a tree with its type, in the parts that touch storage and identity. */
    static ServerDecoding of(JsonNode root, Class<?> type) {
        return of(root, type, Scope.IGNORED);
    }

    /** Compares a tree with its type, everywhere but in its status. */
    static ServerDecoding strict(JsonNode root, Class<?> type) {
        return of(root, type, Scope.JUDGED);
    }

    private static ServerDecoding of(JsonNode root, Class<?> type, Scope scope) {
        ServerDecoding decoding = new ServerDecoding(scope);
        if (!decoding.walk(root, MAPPER.constructType(type), null, scope)) {
            decoding.mismatches.add(new Mismatch(null, "an object", shown(root)));
        }
        return decoding;
    }

    /**
     * Returns the values that have another type than their field. If there are any, the server reports nothing else.
     */
    List<Mismatch> mismatches() {
        return mismatches;
    }

    /** Returns the values of a wrong type as causes. */
    List<ServerAnswer.Cause> wrongTypes() {
        return mismatches.stream()
                .map(mismatch -> new ServerAnswer.Cause(
                        ServerAnswer.Kind.WRONG_TYPE,
                        mismatch.at() == null ? "the object" : mismatch.at().toString(),
                        mismatch.at() == null ? "" : mismatch.at().pointer(),
                        "expected " + mismatch.expected() + ", but found " + mismatch.found()))
                .toList();
    }

    /** Returns the unknown fields, in the order of the text. */
    List<ServerAnswer.Cause> unknownFields() {
        return unknown.stream()
                .map(field -> new ServerAnswer.Cause(
                        ServerAnswer.Kind.UNKNOWN_FIELD,
                        field.toString(),
                        field.pointer(),
                        "there is no field \"" + MessageText.whole(field.toString()) + "\""))
                .toList();
    }

    /** Returns the duplicate fields that are judged or contain judged parts. */
    List<ServerAnswer.Cause> duplicateFields(List<FieldPath> duplicates) {
        if (duplicates.isEmpty()) {
            return List.of();
        }
        List<String> roots =
                judgedRoots.stream().map(root -> root.pointer() + "/").toList();
        return duplicates.stream()
                .filter(field -> around == Scope.JUDGED || isNear(field.pointer() + "/", roots))
                .map(field -> new ServerAnswer.Cause(
                        ServerAnswer.Kind.DUPLICATE_FIELD,
                        field.toString(),
                        field.pointer(),
                        "the field \"" + MessageText.whole(field.toString())
                                + "\" is there twice, and the last one counts"))
                .toList();
    }

    private static boolean isNear(String pointer, List<String> roots) {
        return roots.stream().anyMatch(root -> pointer.startsWith(root) || root.startsWith(pointer));
    }

    /**
     * Returns whether a value stays in the tree: because it has its type, or because it is judged and its wrong type is
     * reported.
     */
    private boolean walk(JsonNode node, JavaType type, @Nullable FieldPath at, Scope around) {
        Class<?> raw = type.getRawClass();
        if (node.isNull() || raw == Object.class) {
            return true;
        }
        if (raw == FieldsV1.class) {
            return node.isObject();
        }
        Scope scope = isOneOf(JUDGED, type) ? Scope.JUDGED : around;
        if (scope != around && at != null) {
            judgedRoots.add(at);
        }
        Scope shape = isOneOf(JUDGED_SHAPES, type) ? Scope.JUDGED : scope;
        if (type.isMapLikeType()) {
            return node.isObject()
                    ? walkMap((ObjectNode) node, type.getContentType(), at, scope)
                    : expect(false, "an object", node, at, shape);
        } else if (type.isCollectionLikeType()) {
            return node.isArray()
                    ? walkList((ArrayNode) node, type.getContentType(), at, scope)
                    : expect(false, "a list", node, at, shape);
        } else if (raw == String.class) {
            return expect(node.isTextual(), "text", node, at, scope);
        } else if (raw == Boolean.class || raw == boolean.class) {
            return expect(node.isBoolean(), "a boolean", node, at, scope);
        } else if (raw == Integer.class || raw == int.class) {
            boolean fits = node.isIntegralNumber() && node.canConvertToInt();
            return expect(fits, "a whole number of 32 bits", node, at, scope);
        } else if (raw == Long.class || raw == long.class) {
            boolean fits = node.isIntegralNumber() && node.canConvertToLong();
            return expect(fits, "a whole number of 64 bits", node, at, scope);
        } else if (raw == Double.class || raw == double.class) {
            return expect(node.isNumber(), "a number", node, at, scope);
        } else if (raw == Quantity.class) {
            boolean quantity = node.isNumber() || (node.isTextual() && QuantityText.isQuantity(node.textValue()));
            return expect(quantity, "a quantity such as 10Gi (a number, and at most one suffix)", node, at, scope);
        } else if (raw == IntOrString.class) {
            boolean number = node.isIntegralNumber() && node.canConvertToInt();
            return expect(number || node.isTextual(), "a whole number or text", node, at, scope);
        } else if (raw.getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            return node.isObject()
                    ? walkObject((ObjectNode) node, raw, at, scope)
                    : expect(false, "an object", node, at, shape);
        }
        return true;
    }

    private static boolean isOneOf(Set<Class<?>> types, JavaType type) {
        return types.contains(type.getRawClass())
                || (type.isContainerType()
                        && types.contains(type.getContentType().getRawClass()));
    }

    private boolean walkObject(ObjectNode object, Class<?> type, @Nullable FieldPath at, Scope scope) {
        Map<String, JavaType> known = FIELDS.computeIfAbsent(type, ServerDecoding::fields);
        Set<String> judged = JUDGED_FIELDS.getOrDefault(type, Set.of());
        List<String> unreadable = new ArrayList<>(0);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            FieldPath path = child(at, field.getKey());
            JavaType fieldType = known.get(field.getKey());
            if (fieldType == null) {
                // An audit does not know the server's version: a field that one of the versions has is not a typing
                // mistake.
                boolean exists = around == Scope.IGNORED && NewerFields.of(type).contains(field.getKey());
                if (scope == Scope.JUDGED && !exists) {
                    unknown.add(path);
                }
                continue;
            }
            Scope inner = innerScope(field.getKey(), judged, at, scope);
            if (inner != scope) {
                judgedRoots.add(path);
            }
            if (!walk(field.getValue(), fieldType, path, inner)) {
                unreadable.add(field.getKey());
            }
        }
        object.remove(unreadable);
        return true;
    }

    private static Scope innerScope(String field, Set<String> judged, @Nullable FieldPath at, Scope scope) {
        if (at == null && field.equals("status")) {
            return Scope.IGNORED;
        }
        return judged.contains(field) ? Scope.JUDGED : scope;
    }

    private boolean walkMap(ObjectNode object, JavaType valueType, @Nullable FieldPath at, Scope scope) {
        List<String> unreadable = new ArrayList<>(0);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!walk(entry.getValue(), valueType, child(at, entry.getKey()), scope)) {
                unreadable.add(entry.getKey());
            }
        }
        object.remove(unreadable);
        return true;
    }

    private boolean walkList(ArrayNode list, JavaType elementType, @Nullable FieldPath at, Scope scope) {
        for (int i = 0; i < list.size(); i++) {
            FieldPath path = at == null ? FieldPath.of("").index(i) : at.index(i);
            if (!walk(list.get(i), elementType, path, scope)) {
                list.setNull(i);
            }
        }
        return true;
    }

    private boolean expect(boolean right, String expected, JsonNode found, @Nullable FieldPath at, Scope scope) {
        if (right) {
            return true;
        }
        if (scope == Scope.JUDGED) {
            mismatches.add(new Mismatch(at, expected, shown(found)));
            return true;
        }
        return false;
    }

    private static FieldPath child(@Nullable FieldPath at, String name) {
        return at == null ? FieldPath.of(name) : at.child(name);
    }

    private static Map<String, JavaType> fields(Class<?> type) {
        Map<String, JavaType> fields = new HashMap<>();
        JavaType javaType = MAPPER.constructType(type);
        for (BeanPropertyDefinition property :
                MAPPER.getDeserializationConfig().introspect(javaType).findProperties()) {
            fields.put(property.getName(), property.getPrimaryType());
        }
        NewerFields.of(type).forEach(fields::remove);
        return Map.copyOf(fields);
    }

    private static String shown(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "the text " + MessageText.quoted(node.textValue());
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case BOOLEAN -> node.booleanValue() ? "true" : "false";
            default -> "the number " + MessageText.quoted(node.numberValue().toString());
        };
    }

    /** Whether faults are reported or ignored. */
    private enum Scope {
        JUDGED,
        IGNORED
    }

    /**
     * A value of a wrong type.
     *
     * @param at the place, or null for the whole object
     * @param expected the type, in words
     * @param found what is there, in words
     */
    record Mismatch(@Nullable FieldPath at, String expected, String found) {}
}
