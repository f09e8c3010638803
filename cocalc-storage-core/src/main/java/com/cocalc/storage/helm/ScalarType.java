package com.cocalc.storage.helm;

import com.cocalc.storage.yaml.GoScalar;
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
    private static final Resolver RESOLVER = new Resolver();

    /** Returns the tag of a scalar without one. A date is a text. */
    static Tag impliedTag(String value, boolean isPlain) {
        Tag tag = RESOLVER.resolve(NodeId.scalar, value, isPlain);
        return tag.equals(Tag.TIMESTAMP) ? Tag.STR : tag;
    }

    static ScalarType of(ScalarNode scalar) {
        Tag implied = impliedTag(scalar.getValue(), scalar.isPlain());
        if (!scalar.getTag().equals(implied)) {
            return TAGGED;
        }
        if (!scalar.isPlain()) {
            return TEXT;
        }
        return switch (GoScalar.typeOf(scalar.getValue())) {
            case TEXT -> TEXT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case NULL -> NULL;
        };
    }

    /** Returns the boolean value of a scalar of that type. */
    static boolean booleanOf(ScalarNode scalar) {
        return GoScalar.isTrue(scalar.getValue());
    }
}
