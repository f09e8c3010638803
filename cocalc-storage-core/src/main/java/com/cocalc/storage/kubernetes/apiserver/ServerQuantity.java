package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A quantity of a resource as the API server keeps it: rounded up to thousandths, and spelled its own way. */
final class ServerQuantity {

    static final ServerQuantity ZERO = new ServerQuantity(BigDecimal.ZERO, Spelling.DECIMAL, null);

    /** The server's largest number with a binary suffix. */
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    /** A number with an exponent below this is far smaller than a thousandth. */
    private static final int TINY = -1_000;

    /** The smaller of two numbers that are so many digits apart makes no difference to their sum. */
    private static final int NEGLIGIBLE = 1_000;

    private final BigDecimal value;
    private final Spelling spelling;
    private final @Nullable String text;

    private ServerQuantity(BigDecimal value, Spelling spelling, @Nullable String text) {
        this.value = value;
        this.spelling = spelling;
        this.text = text;
    }

    /** Reads a quantity of a model. A missing one is zero, and so is one that nobody can read. */
    static ServerQuantity of(@Nullable Quantity quantity) {
        return quantity == null ? ZERO : parse(QuantityText.textOf(quantity));
    }

    /** Reads a text; what is no quantity is zero. */
    static ServerQuantity parse(String text) {
        QuantityText parts = QuantityText.find(text);
        if (parts == null) {
            return ZERO;
        }
        BigDecimal exact = parts.value();
        BigDecimal value = roundedUp(exact);
        Spelling spelling = Spelling.of(parts);
        if (spelling == Spelling.BINARY && value.compareTo(LARGEST_BINARY) > 0) {
            value = LARGEST_BINARY;
        }
        boolean kept = value.compareTo(exact) == 0 && Spelling.isKept(parts);
        return new ServerQuantity(value, spelling, kept ? text.strip() : null);
    }

    private static BigDecimal roundedUp(BigDecimal exact) {
        if (exact.signum() == 0 || exact.scale() <= 3) {
            return exact;
        }
        if (magnitude(exact) < TINY) {
            return BigDecimal.valueOf(exact.signum(), 3);
        }
        return exact.setScale(3, RoundingMode.UP);
    }

    private static long magnitude(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    int signum() {
        return value.signum();
    }

    boolean isWhole() {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    /** Whether it is a multiple of another one, after rounding up to a whole number. */
    boolean isMultipleOf(ServerQuantity unit) {
        if (unit.signum() <= 0 || !unit.isWhole()) {
            return false;
        }
        if (signum() == 0) {
            return true;
        }
        if (magnitude(value) > NEGLIGIBLE || magnitude(unit.value) > NEGLIGIBLE) {
            return false; // no page is as large
        }
        return value.setScale(0, RoundingMode.UP).remainder(unit.value).signum() == 0;
    }

    ServerQuantity plus(ServerQuantity other) {
        if (signum() == 0) {
            return new ServerQuantity(other.value, other.spelling, null);
        }
        if (other.signum() == 0 || magnitude(value) - magnitude(other.value) > NEGLIGIBLE) {
            return new ServerQuantity(value, spelling, null);
        }
        if (magnitude(other.value) - magnitude(value) > NEGLIGIBLE) {
            return new ServerQuantity(other.value, spelling, null);
        }
        return new ServerQuantity(value.add(other.value), spelling, null);
    }

    ServerQuantity max(ServerQuantity other) {
        return other.compareTo(this) > 0 ? other : this;
    }

    int compareTo(ServerQuantity other) {
        return value.compareTo(other.value);
    }

    /** As the server writes it in its messages. */
    @Override
    public String toString() {
        return OneLine.plain(text != null ? text : spelling.write(value));
    }

    /** How a number is written: the server keeps the way in which it came. */
    private enum Spelling {
        DECIMAL,
        EXPONENT,
        BINARY;

        private static final String[] DECIMAL_SUFFIXES = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
        private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
        private static final BigInteger STEP = BigInteger.valueOf(1024);
        private static final BigDecimal SMALLEST_BINARY = BigDecimal.valueOf(1024);

        static Spelling of(QuantityText parts) {
            return parts.isBinary() ? BINARY : parts.isExponent() ? EXPONENT : DECIMAL;
        }

        /** Whether a text is short and in its shortest form already, as far as the server looks. */
        static boolean isKept(QuantityText parts) {
            if (parts.isBinary()) {
                int digits = parts.whole().length();
                boolean shortEnough = digits <= 14 - parts.exponent() * 3 / 10;
                return parts.fraction().isEmpty()
                        && digits > 0
                        && shortEnough
                        && Long.parseLong(parts.whole()) % 8 != 0;
            }
            String digits = parts.whole().isEmpty() ? "0" + parts.fraction() : parts.whole() + parts.fraction();
            return digits.length() <= 18
                    && digits.charAt(0) != '0'
                    && !digits.endsWith("000")
                    && (parts.exponent() - parts.fraction().length()) % 3 == 0;
        }

        String write(BigDecimal value) {
            if (value.signum() == 0) {
                return "0";
            }
            BigDecimal shortest = value.stripTrailingZeros();
            boolean binary =
                    this == BINARY && shortest.scale() <= 0 && value.abs().compareTo(SMALLEST_BINARY) >= 0;
            return binary ? writeBinary(value.toBigInteger()) : writeDecimal(shortest);
        }

        private static String writeBinary(BigInteger value) {
            BigInteger number = value;
            int steps = 0;
            while (steps < BINARY_SUFFIXES.length - 1 && number.mod(STEP).signum() == 0) {
                number = number.divide(STEP);
                steps++;
            }
            return number + BINARY_SUFFIXES[steps];
        }

        /** The exponent is a multiple of three. One without a suffix of its own is written as such. */
        private String writeDecimal(BigDecimal shortest) {
            int exponent = -shortest.scale();
            int above = Math.floorMod(exponent, 3);
            BigInteger number = shortest.unscaledValue().multiply(BigInteger.TEN.pow(above));
            exponent -= above;
            int index = exponent / 3 + 3;
            if (this == EXPONENT || index < 0 || index >= DECIMAL_SUFFIXES.length) {
                return exponent == 0 ? number.toString() : number + "e" + exponent;
            }
            return number + DECIMAL_SUFFIXES[index];
        }
    }
}
