package com.cocalc.storage.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Helm and kubectl make of a scalar without quotes and tag: their parser reads YAML 1.1, also with {@code y} and
 * {@code n} as booleans, and numbers with the syntax of Go.
 */
public final class GoScalar {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
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

    private GoScalar() {}

    /** The type of a scalar. */
    public enum Type {
        /** A text, which also a date is. */
        TEXT,
        /** A whole number, a fraction, or an infinite one. */
        NUMBER,
        /** One of the words of YAML 1.1. */
        BOOLEAN,
        /** Nothing, or a word for it. */
        NULL
    }

    /**
     * Returns the type of a scalar.
     *
     * @param scalar as it is written
     * @return its type
     */
    public static Type typeOf(String scalar) {
        if (NULLS.contains(scalar)) {
            return Type.NULL;
        }
        if (BOOLEANS.containsKey(scalar)) {
            return Type.BOOLEAN;
        }
        return GoNumber.isNumber(scalar) ? Type.NUMBER : Type.TEXT;
    }

    /**
     * Returns whether a boolean says yes.
     *
     * @param scalar one of the words
     * @return true also for {@code y}, {@code yes} and {@code on}, whatever their case
     */
    public static boolean isTrue(String scalar) {
        return BOOLEANS.getOrDefault(scalar, false);
    }

    /**
     * Finds the whole number that a scalar is.
     *
     * @param scalar as it is written
     * @return the number, whatever its base; empty if it is not a whole number of 64 bits
     */
    public static Optional<BigInteger> findWhole(String scalar) {
        return GoNumber.isNumber(scalar) ? Optional.ofNullable(GoNumber.find(scalar)) : Optional.empty();
    }

    /**
     * Finds the number that a scalar is.
     *
     * @param scalar as it is written
     * @return the number; empty if it is not a number, or an infinite one
     */
    public static Optional<BigDecimal> findNumber(String scalar) {
        if (!GoNumber.isNumber(scalar)) {
            return Optional.empty();
        }
        Optional<BigDecimal> whole = findWhole(scalar).map(BigDecimal::new);
        return whole.isPresent() ? whole : Optional.ofNullable(GoNumber.fraction(scalar));
    }
}
