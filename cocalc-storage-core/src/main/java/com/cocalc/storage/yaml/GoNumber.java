package com.cocalc.storage.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain scalars that are numbers for Helm and kubectl. Their parser reads YAML 1.1 with the number syntax of Go:
 * {@code 010} and {@code 0o17} are octal, {@code 08} is a fraction, {@code 0b+1} is one, {@code 1:30} and a date are
 * text, and so is what exceeds the range of its types.
 */
final class GoNumber {

    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(?:\\.[0-9]++|[0-9]++(?:\\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?");
    /** Before a number that starts with its point no underscores are removed; Go takes them between digits. */
    private static final Pattern FROM_THE_POINT =
            Pattern.compile("\\.[0-9]++(?:_[0-9]++)*+(?:[eE][-+]?[0-9]++(?:_[0-9]++)*+)?");

    private static final Set<String> WORDS = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST_SIGNED = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    /** A whole number of 64 bits has at most so many digits, in base two, behind any number of zeros. */
    private static final int MOST_DIGITS = 64;

    private GoNumber() {}

    static boolean isNumber(String scalar) {
        if (scalar.isEmpty()) {
            return false;
        }
        char first = scalar.charAt(0);
        if (first == '.') {
            return WORDS.contains(scalar)
                    || (FROM_THE_POINT.matcher(scalar).matches() && isFraction(scalar.replace("_", "")));
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return false;
        }
        String digits = scalar.replace("_", "");
        return WORDS.contains(scalar) || find(digits) != null || isFraction(digits);
    }

    static boolean isInfinite(String scalar) {
        return WORDS.contains(scalar);
    }

    /** The whole number that a scalar stands for, in any base; null if it is not a whole number. */
    static @Nullable BigInteger find(String scalar) {
        String text = signFirst(scalar.replace("_", ""));
        boolean isSigned = text.startsWith("-") || text.startsWith("+");
        String digits = isSigned ? text.substring(1) : text;
        int base = baseOf(digits);
        BigInteger number =
                digits(base == 10 ? digits : digits.substring(base == 8 && !hasLetter(digits) ? 1 : 2), base);
        if (number == null) {
            return null;
        }
        number = text.startsWith("-") ? number.negate() : number;
        boolean fits = number.compareTo(LEAST) >= 0 && number.compareTo(isSigned ? MOST_SIGNED : MOST) <= 0;
        return fits ? number : null;
    }

    /** What is left of a binary number without its {@code 0b} is read once more, then with a sign. */
    private static String signFirst(String text) {
        boolean isLate = text.startsWith("0b") && text.length() > 2 && "+-".indexOf(text.charAt(2)) >= 0;
        return isLate ? text.charAt(2) + "0b" + text.substring(3) : text;
    }

    private static boolean hasLetter(String digits) {
        return digits.length() > 2 && "bBoOxX".indexOf(digits.charAt(1)) >= 0;
    }

    private static int baseOf(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return !hasLetter(digits)
                ? 8
                : switch (digits.charAt(1)) {
                    case 'b', 'B' -> 2;
                    case 'x', 'X' -> 16;
                    default -> 8;
                };
    }

    private static @Nullable BigInteger digits(String text, int base) {
        int start = 0;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        if (text.isEmpty() || text.length() - start > MOST_DIGITS) {
            return null;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), base) < 0) {
                return null;
            }
        }
        return new BigInteger(text.substring(start), base);
    }

    /** The value of a fraction, as a double has it; null for the words. */
    static @Nullable BigDecimal fraction(String scalar) {
        return WORDS.contains(scalar) ? null : BigDecimal.valueOf(Double.parseDouble(scalar.replace("_", "")));
    }

    /** A fraction that is too large for Go is not a number there. */
    private static boolean isFraction(String text) {
        return FRACTION.matcher(text).matches() && !Double.isInfinite(Double.parseDouble(text));
    }
}
