package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a quantity: a number and a suffix, in which {@code m} is a thousandth.
 *
 * @param sign {@code -}, {@code +} or nothing
 * @param whole the digits before the point, without leading zeros
 * @param fraction the digits after the point
 * @param suffix a binary suffix, a decimal one, or an exponent; {@code E} alone is exa
 */
record QuantityText(String sign, String whole, String fraction, String suffix) {

    private static final Pattern SYNTAX =
            Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?[0-9]+)");

    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    private static final Pattern ZERO_SUFFIX = Pattern.compile("[KMGT]i|[numkMGTPE]?|[eE](\\+?[0-9]+|-0*[0-9])");

    private static final Pattern LONG = Pattern.compile("[+-]?0*[0-9]{1,19}");

    private static final String BINARY_SUFFIXES = "KMGTPE";

    /** The largest number of digits; more would not change the result, only take time. */
    private static final int MOST_DIGITS = 1_000;

    /** The largest exponent that is kept; a larger one makes no difference and would not fit a {@link BigDecimal}. */
    private static final int LARGEST_EXPONENT = 1_000_000_000;

    static boolean isQuantity(String text) {
        return find(text) != null;
    }

    /**
     * Parses a quantity as the server does: blanks around it are ignored, and without a digit it is zero, unless the
     * suffix is so large or small that the server uses another parser. The server reads the JSON as it is written, in
     * which a tab or the end of a line is an escape, not a blank.
     */
    static @Nullable QuantityText find(String text) {
        String trimmed = Blanks.trim(text);
        Matcher parts = SYNTAX.matcher(trimmed);
        if (!parts.matches() || trimmed.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
            return null;
        }
        boolean digits = !parts.group(2).isEmpty() || !Absent.isEmpty(parts.group(3));
        if (!digits && !ZERO_SUFFIX.matcher(parts.group(4)).matches()) {
            return null;
        }
        String whole = parts.group(2);
        int zeros = 0;
        while (zeros < whole.length() && whole.charAt(zeros) == '0') {
            zeros++;
        }
        QuantityText quantity = new QuantityText(
                parts.group(1), whole.substring(zeros), Absent.asEmpty(parts.group(3)), parts.group(4));
        return quantity.isExponent() && !isLong(quantity.suffix.substring(1)) ? null : quantity;
    }

    /** Returns whether digits with or without a sign are a number of 64 bits. */
    private static boolean isLong(String digits) {
        return LONG.matcher(digits).matches() && new BigInteger(digits).bitLength() < Long.SIZE;
    }

    static String textOf(Quantity quantity) {
        return Absent.asEmpty(quantity.getAmount()) + Absent.asEmpty(quantity.getFormat());
    }

    boolean isBinary() {
        return suffix.endsWith("i");
    }

    /** Returns whether the suffix is an exponent such as {@code e3}. */
    boolean isExponent() {
        return suffix.length() > 1 && !isBinary();
    }

    /** Returns the power of ten of the suffix, or the power of two of a binary one. */
    int exponent() {
        if (isBinary()) {
            return 10 * (BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1);
        }
        if (!isExponent()) {
            return DECIMAL_EXPONENTS.getOrDefault(suffix, 0);
        }
        int exponent = (int) Long.parseLong(suffix.substring(1)); // of 64 bits, the server keeps the last 32
        return Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
    }

    /** Returns whether the server writes this quantity as it writes another one. */
    boolean isWrittenAs(@Nullable QuantityText other) {
        return other != null
                && value().compareTo(other.value()) == 0
                && isWrittenAsBinary() == other.isWrittenAsBinary()
                && (!isExponent() || value().compareTo(BigDecimal.ONE) == 0);
    }

    /** Returns whether the server keeps the binary suffix, which a small number and a fraction lose. */
    private boolean isWrittenAsBinary() {
        BigDecimal value = value();
        return isBinary()
                && value.abs().compareTo(BigDecimal.valueOf(1024)) >= 0
                && value.stripTrailingZeros().scale() <= 0;
    }

    /** Returns the number as it is written, before the server rounds it. */
    BigDecimal value() {
        String digits = whole + fraction;
        int scale = fraction.length();
        int leading = 0;
        while (leading < digits.length() && digits.charAt(leading) == '0') {
            leading++;
        }
        int end = Math.min(digits.length(), leading + MOST_DIGITS);
        BigInteger number = leading == end ? BigInteger.ZERO : new BigInteger(digits.substring(leading, end));
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal value = new BigDecimal(sign.equals("-") ? number.negate() : number, scale - (digits.length() - end));
        return isBinary() ? value.multiply(BigDecimal.valueOf(1L << exponent())) : value.scaleByPowerOfTen(exponent());
    }
}
