package com.cocalc.storage.kubernetes.audit;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A quantity as Kubernetes reads it: a number and a suffix, in which {@code m} is a thousandth. */
final class QuantityText {

    /** A number, then a binary suffix, a decimal one, or an exponent. {@code E} alone is exa. */
    private static final Pattern SYNTAX =
            Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?[0-9]+)");

    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    private static final String BINARY_SUFFIXES = "KMGTPE";

    /** Beyond this a comparison needs no digits any more, and computing them would take for ever. */
    private static final int LARGEST_EXPONENT = 1000;

    private QuantityText() {}

    static boolean isQuantity(String text) {
        return parts(text) != null;
    }

    static int signum(Quantity quantity) {
        Matcher parts = parts(textOf(quantity));
        if (parts == null) {
            return 0;
        }
        boolean zero = isZeros(parts.group(2)) && isZeros(Absent.asEmpty(parts.group(3)));
        return zero ? 0 : parts.group(1).equals("-") ? -1 : 1;
    }

    static int compare(Quantity one, Quantity other) {
        return value(one).compareTo(value(other));
    }

    static String textOf(Quantity quantity) {
        return Absent.asEmpty(quantity.getAmount()) + Absent.asEmpty(quantity.getFormat());
    }

    private static BigDecimal value(Quantity quantity) {
        Matcher parts = parts(textOf(quantity));
        if (parts == null) {
            return BigDecimal.ZERO;
        }
        String fraction = Absent.asEmpty(parts.group(3));
        BigDecimal number = new BigDecimal(parts.group(1) + "0" + parts.group(2) + "." + fraction + "0");
        String suffix = parts.group(4);
        if (suffix.endsWith("i")) {
            int steps = BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1;
            return number.multiply(BigDecimal.valueOf(1L << (10 * steps)));
        }
        Integer exponent = DECIMAL_EXPONENTS.get(suffix);
        return number.scaleByPowerOfTen(exponent == null ? exponent(suffix.substring(1)) : exponent);
    }

    private static int exponent(String digits) {
        BigDecimal exponent = new BigDecimal(digits);
        BigDecimal largest = BigDecimal.valueOf(LARGEST_EXPONENT);
        return exponent.min(largest).max(largest.negate()).intValue();
    }

    /** The blanks around it are taken away, as the server does. */
    private static @Nullable Matcher parts(String text) {
        Matcher parts = SYNTAX.matcher(text.strip());
        return parts.matches() && !(parts.group(2).isEmpty() && Absent.isEmpty(parts.group(3))) ? parts : null;
    }

    private static boolean isZeros(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
