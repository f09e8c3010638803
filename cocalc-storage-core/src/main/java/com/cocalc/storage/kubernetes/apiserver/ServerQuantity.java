package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A quantity of a resource as the API server keeps it: rounded up to thousandths. */
final class ServerQuantity {

    static final ServerQuantity ZERO = new ServerQuantity(BigDecimal.ZERO, "0");

    /** The server's largest number with a binary suffix. */
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The exponent below which a number is far smaller than a thousandth. */
    private static final int TINY = -1_000;

    /** The distance in digits from which the smaller of two numbers does not affect their sum. */
    private static final int NEGLIGIBLE = 1_000;

    private final BigDecimal value;
    private final String text;

    private ServerQuantity(BigDecimal value, String text) {
        this.value = value;
        this.text = text;
    }

    private static ServerQuantity of(BigDecimal value) {
        return new ServerQuantity(value, value.stripTrailingZeros().toString());
    }

    /** Returns the quantity of a model; a missing or malformed one is zero. */
    static ServerQuantity of(@Nullable Quantity quantity) {
        return quantity == null ? ZERO : parse(QuantityText.textOf(quantity));
    }

    /** Parses a quantity; any other text is zero. */
    static ServerQuantity parse(String text) {
        QuantityText parts = QuantityText.find(text);
        if (parts == null) {
            return ZERO;
        }
        BigDecimal value = roundedUp(parts.value());
        boolean tooLarge = parts.isBinary() && value.compareTo(LARGEST_BINARY) > 0;
        return new ServerQuantity(tooLarge ? LARGEST_BINARY : value, Blanks.trim(text));
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

    /** Returns whether this is a multiple of another quantity, after rounding up to a whole number. */
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
        if (other.signum() == 0 || (signum() != 0 && magnitude(value) - magnitude(other.value) > NEGLIGIBLE)) {
            return this;
        }
        if (signum() == 0 || magnitude(other.value) - magnitude(value) > NEGLIGIBLE) {
            return other;
        }
        return of(value.add(other.value));
    }

    ServerQuantity max(ServerQuantity other) {
        return other.compareTo(this) > 0 ? other : this;
    }

    int compareTo(ServerQuantity other) {
        return value.compareTo(other.value);
    }

    /** Returns the quantity as it was written, or a sum as a plain number. */
    @Override
    public String toString() {
        return MessageText.plain(text);
    }
}
