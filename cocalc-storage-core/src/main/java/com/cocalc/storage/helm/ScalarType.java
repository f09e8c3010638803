package com.cocalc.storage.helm;

import java.util.Map;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** The type that Helm gives to a scalar. */
enum ScalarType {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    /** A tag gives the scalar another type than it has by itself. */
    TAGGED;

    /** The resolver of types, which is never changed and so can be shared. */
    static final Resolver RESOLVER = new Resolver();

    /** The words of YAML 1.1, as the parser of Helm has them: also {@code y} and {@code n}. */
    private static final Map<String, Boolean> BOOLEANS = Map.ofEntries(
            Map.entry("y", true),
            Map.entry("Y", true),
            Map.entry("yes", true),
            Map.entry("Yes", true),
            Map.entry("YES", true),
            Map.entry("true", true),
            Map.entry("True", true),
            Map.entry("TRUE", true),
            Map.entry("on", true),
            Map.entry("On", true),
            Map.entry("ON", true),
            Map.entry("n", false),
            Map.entry("N", false),
            Map.entry("no", false),
            Map.entry("No", false),
            Map.entry("NO", false),
            Map.entry("false", false),
            Map.entry("False", false),
            Map.entry("FALSE", false),
            Map.entry("off", false),
            Map.entry("Off", false),
            Map.entry("OFF", false));

    static ScalarType of(ScalarNode scalar) {
        Tag implied = scalar.isPlain() ? RESOLVER.resolve(NodeId.scalar, scalar.getValue(), true) : Tag.STR;
        if (!scalar.getTag().equals(implied)) {
            return TAGGED;
        }
        if (!scalar.isPlain()) {
            return TEXT;
        }
        if (BOOLEANS.containsKey(scalar.getValue())) {
            return BOOLEAN;
        }
        if (implied.equals(Tag.NULL)) {
            return NULL;
        }
        return GoNumber.isNumber(scalar.getValue()) ? NUMBER : TEXT;
    }

    /** Returns the boolean value of a scalar of that type. */
    static boolean booleanOf(ScalarNode scalar) {
        return Boolean.TRUE.equals(BOOLEANS.get(scalar.getValue()));
    }
}
