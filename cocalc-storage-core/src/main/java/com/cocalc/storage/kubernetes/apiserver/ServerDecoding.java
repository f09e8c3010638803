package com.cocalc.storage.kubernetes.apiserver;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads posted JSON as strictly as the API server with {@code fieldValidation=Strict}: a wrong type, a malformed
 * quantity, an unknown field. Lenient readers turn {@code "true"} into a boolean, and the pod that is audited is not
 * the one that was posted.
 */
public final class ServerDecoding {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<Class<?>, Map<String, JavaType>> FIELDS = new ConcurrentHashMap<>();
    private static final Set<String> TIMES = Set.of("creationTimestamp", "deletionTimestamp");

    private final List<Mismatch> mismatches = new ArrayList<>();
    private final List<FieldPath> unknown = new ArrayList<>();

    private ServerDecoding() {}

    /** Compares a tree with the type that it should have. */
    public static ServerDecoding of(JsonNode root, Class<?> type) {
        ServerDecoding decoding = new ServerDecoding();
        decoding.walk(root, MAPPER.constructType(type), null);
        return decoding;
    }

    /** The values that have another type than their field. With one of these the server reports nothing else. */
    public List<Mismatch> mismatches() {
        return mismatches;
    }

    /** The fields that the server does not know, in the order of the text. */
    public List<FieldPath> unknown() {
        return unknown;
    }

    private void walk(JsonNode node, JavaType type, @Nullable FieldPath at) {
        Class<?> raw = type.getRawClass();
        if (node.isNull() || raw == Object.class) {
            return;
        }
        if (type.isMapLikeType()) {
            walkMap(node, type.getContentType(), at);
        } else if (type.isCollectionLikeType()) {
            walkList(node, type.getContentType(), at);
        } else if (raw == String.class) {
            expect(node.isTextual(), "text", node, at);
        } else if (raw == Boolean.class || raw == boolean.class) {
            expect(node.isBoolean(), "a boolean", node, at);
        } else if (raw == Integer.class || raw == int.class) {
            expect(node.isIntegralNumber() && node.canConvertToInt(), "a whole number of 32 bits", node, at);
        } else if (raw == Long.class || raw == long.class) {
            expect(node.isIntegralNumber() && node.canConvertToLong(), "a whole number of 64 bits", node, at);
        } else if (raw == Double.class || raw == double.class) {
            expect(node.isNumber(), "a number", node, at);
        } else if (raw == Quantity.class) {
            boolean quantity = node.isNumber() || (node.isTextual() && QuantityText.isQuantity(node.textValue()));
            expect(quantity, "a quantity such as 10Gi (a number, and at most one suffix)", node, at);
        } else if (raw == IntOrString.class) {
            boolean number = node.isIntegralNumber() && node.canConvertToInt();
            expect(number || node.isTextual(), "a whole number or text", node, at);
        } else if (raw.getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            walkObject(node, raw, at);
        }
    }

    private void walkObject(JsonNode node, Class<?> type, @Nullable FieldPath at) {
        if (!expect(node.isObject(), "an object", node, at)) {
            return;
        }
        Map<String, JavaType> known = FIELDS.computeIfAbsent(type, ServerDecoding::fields);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            FieldPath path = child(at, field.getKey());
            JavaType fieldType = known.get(field.getKey());
            if (fieldType == null) {
                unknown.add(path);
                continue;
            }
            walk(field.getValue(), fieldType, path);
            if (type == ObjectMeta.class && TIMES.contains(field.getKey())) {
                expectTime(field.getValue(), path);
            }
        }
    }

    private void walkMap(JsonNode node, JavaType valueType, @Nullable FieldPath at) {
        if (expect(node.isObject(), "an object", node, at)) {
            node.properties().forEach(field -> walk(field.getValue(), valueType, child(at, field.getKey())));
        }
    }

    private void walkList(JsonNode node, JavaType elementType, @Nullable FieldPath at) {
        if (expect(node.isArray(), "a list", node, at)) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), elementType, at == null ? FieldPath.of("").index(i) : at.index(i));
            }
        }
    }

    private void expectTime(JsonNode node, FieldPath at) {
        if (node.isTextual()) {
            try {
                OffsetDateTime.parse(node.textValue());
            } catch (DateTimeParseException e) {
                expect(false, "a time such as 2026-01-01T00:00:00Z", node, at);
            }
        }
    }

    private boolean expect(boolean right, String expected, JsonNode found, @Nullable FieldPath at) {
        if (!right) {
            mismatches.add(new Mismatch(at, expected, shown(found)));
        }
        return right;
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
            case STRING -> "the text " + OneLine.quoted(node.textValue());
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case BOOLEAN -> node.booleanValue() ? "true" : "false";
            default -> "the number " + OneLine.quoted(node.numberValue().toString());
        };
    }

    /**
     * A value of a wrong type.
     *
     * @param at where; null for the whole
     * @param expected the type, in words
     * @param found what is there, in words
     */
    public record Mismatch(@Nullable FieldPath at, String expected, String found) {

        public String message() {
            return (at == null ? "the object" : OneLine.printable(at)) + ": expected " + expected + ", but found "
                    + found;
        }

        public String pointer() {
            return at == null ? "" : at.pointer();
        }
    }
}
