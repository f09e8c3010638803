package com.cocalc.storage.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
            + "(?:[Tt ]([0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(?:\\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-M-d", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:m:s", Locale.ROOT);

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
     * Returns whether Go takes a scalar with a tag: any text with one of its own, a value of that type with a tag of
     * YAML.
     *
     * @param tag the whole tag
     * @param scalar as it is written, without quotes
     * @return false if Go refuses it
     */
    public static boolean fitsTag(String tag, String scalar) {
        if (!tag.startsWith(STANDARD)) {
            return true;
        }
        return switch (tag.substring(STANDARD.length())) {
            case "int" -> findWhole(scalar).isPresent();
            case "float" -> GoNumber.isNumber(scalar);
            case "bool" -> BOOLEANS.containsKey(scalar);
            case "null" -> NULLS.contains(scalar);
            case "timestamp" -> isTimestamp(scalar);
            case "binary" -> isBase64(scalar);
            case "merge" -> scalar.equals("<<");
            default -> true;
        };
    }

    private static boolean isTimestamp(String scalar) {
        Matcher parts = TIMESTAMP.matcher(scalar);
        try {
            return parts.matches()
                    && DATE.parse(parts.group(1)).isSupported(ChronoField.EPOCH_DAY)
                    && (parts.group(2) == null || TIME.parse(parts.group(2)).isSupported(ChronoField.SECOND_OF_DAY));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBase64(String scalar) {
        String joined = scalar.replace("\n", "").replace("\r", "");
        try {
            Base64.getDecoder().decode(joined);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return joined.length() % 4 == 0;
    }

    /**
     * Returns whether a scalar is a number that JSON does not have.
     *
     * @param scalar as it is written
     * @return true for an infinite number and for what is no number at all
     */
    public static boolean isInfinite(String scalar) {
        return GoNumber.isInfinite(scalar);
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
