package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of a claim as a Kubernetes quantity of whole bytes.
 *
 * <p>Kubernetes also accepts fractions of a byte ({@code 10m} is a hundredth of one); this class does not.
 */
public final class StorageSize implements Comparable<StorageSize> {

    static final Pattern QUANTITY =
            Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][-+]?[0-9]{1,3})?");
    /** Matches text that people write for a quantity: blanks, a unit in the other case, {@code GB}. */
    static final Pattern NEAR =
            Pattern.compile("\\s*([0-9]{1,20}(?:\\.[0-9]{1,20})?)\\s*([numkKMGTPEgtp]?)[iI]?[bB]?\\s*");

    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)),
            Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)),
            Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)),
            Map.entry("E", BigDecimal.ONE.movePointRight(18)),
            Map.entry("Ki", binary(10)),
            Map.entry("Mi", binary(20)),
            Map.entry("Gi", binary(30)),
            Map.entry("Ti", binary(40)),
            Map.entry("Pi", binary(50)),
            Map.entry("Ei", binary(60)));

    /** The longest text that is read; matching or computing with a longer one would only take time. */
    private static final int LONGEST = 64;

    private final String text;
    private final BigInteger bytes;

    private StorageSize(String text, BigInteger bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * Parses a size.
     *
     * @param text a number with one of the suffixes {@code k M G T P E Ki Mi Gi Ti Pi Ei}, an exponent, or none
     * @return the size
     * @throws InvalidValueException if it is not a quantity, not more than zero, or not a whole number of bytes
     */
    public static StorageSize parse(String text) {
        requireNonNull(text, "size");
        MatchResult parts = findMatch(QUANTITY, text)
                .orElseThrow(() -> refused(
                        "be a quantity (a number with Ki, Mi, Gi, Ti, k, M, G, T or none of them)", text, hint(text)));
        BigDecimal size = new BigDecimal(parts.group(1)).multiply(factor(parts.group(2)));
        if (size.signum() == 0) {
            throw refused("be more than zero", text, "write the size that is needed, for example \"10Gi\"");
        }
        if (size.stripTrailingZeros().scale() > 0) {
            throw refused(
                    "be a whole number of bytes",
                    text,
                    size.compareTo(BigDecimal.ONE) > 0
                                    && parts.group(2) != null
                                    && !parts.group(2).matches("[num]")
                            ? "write \""
                                    + size.setScale(0, RoundingMode.CEILING).toPlainString() + "\", the next larger one"
                            : hint(text));
        }
        return new StorageSize(text, size.toBigIntegerExact());
    }

    /** Matches a text unless it is too long: the time to match many blanks is quadratic in their number. */
    static Optional<MatchResult> findMatch(Pattern pattern, CharSequence text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private static BigDecimal factor(@Nullable String suffix) {
        if (suffix == null) {
            return BigDecimal.ONE;
        }
        BigDecimal factor = FACTORS.get(suffix);
        return factor != null ? factor : BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }

    private static InvalidValueException refused(String rule, String text, String remedy) {
        return InvalidValueException.of("size", rule, MessageText.quoted(text), remedy);
    }

    /** Returns the size that was probably meant. */
    private static String hint(String text) {
        if (text.startsWith("-")) {
            return "remove the '-', a size is more than zero";
        }
        Optional<MatchResult> match = findMatch(NEAR, text);
        if (match.isEmpty()) {
            return "write for example \"10Gi\"";
        }
        MatchResult near = match.get();
        String unit = near.group(2).toUpperCase(Locale.ROOT);
        if (near.group(2).equals("m")) {
            return "'m' means a thousandth; write \"" + near.group(1) + "Mi\" for megabytes";
        }
        if (unit.isEmpty() || unit.equals("N") || unit.equals("U")) {
            return "write the unit that is meant, for example \"" + near.group(1) + "Gi\"";
        }
        return "write \"" + near.group(1) + unit + "i\"";
    }

    private static BigDecimal binary(int power) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(power));
    }

    /** {@return the size in bytes, more than zero and without an upper bound} */
    public BigInteger bytes() {
        return bytes;
    }

    /** Compares the numbers of bytes: {@code 1Gi} and {@code 1024Mi} are equal. */
    @Override
    public int compareTo(StorageSize other) {
        return bytes.compareTo(other.bytes);
    }

    /** Returns whether the other size has as many bytes, however it is written. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageSize that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** Returns the text as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
