package com.cocalc.storage;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that the fields of a quota accept; the database itself accepts any value. */
final class QuotaField {

    /** The largest number of digits that is read as a number; arithmetic on a longer one could fill the memory. */
    private static final int LONGEST_NUMBER = 1000;

    private QuotaField() {}

    /** Returns whether a value has an effect in a field of this name; null means absent in every field. */
    static boolean fits(String name, JsonValue value) {
        if (value == JsonNull.NULL) {
            return isKnown(name);
        }
        return switch (name) {
            case "ram", "dedicated_ram", "cpu", "dedicated_cpu", "disk" -> value instanceof JsonNumber;
            case "always_running", "member", "boost", "ext_rw" -> value instanceof JsonBoolean;
            case "user" -> find(LicenseUser.values(), value).isPresent();
            case "idle_timeout" -> find(IdleTimeout.values(), value).isPresent();
            case "patch" -> value instanceof JsonString;
            case "gpu" -> value instanceof JsonBoolean || value instanceof JsonObject;
            case "dedicated_vm" -> value == JsonBoolean.FALSE || machineOf(value) != null;
            case "dedicated_disk" -> value == JsonBoolean.FALSE || value instanceof JsonObject;
            default -> false;
        };
    }

    private static boolean isKnown(String name) {
        return switch (name) {
            case "ram",
                    "dedicated_ram",
                    "cpu",
                    "dedicated_cpu",
                    "disk",
                    "always_running",
                    "member",
                    "boost",
                    "ext_rw",
                    "user",
                    "idle_timeout",
                    "patch",
                    "gpu",
                    "dedicated_vm",
                    "dedicated_disk" -> true;
            default -> false;
        };
    }

    static @Nullable DedicatedVm machineOf(JsonValue value) {
        if (value instanceof JsonObject vm && vm.find("machine").orElse(null) instanceof JsonString machine) {
            String name = vm.find("name").orElse(null) instanceof JsonString text ? text.text() : "";
            return DedicatedVm.of(machine.text(), name);
        }
        return null;
    }

    static <E extends Enum<E>> Optional<E> find(E[] values, @Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            for (E candidate : values) {
                if (candidate.toString().equals(string.text())) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the exact number, if it fits {@link BigDecimal}. */
    static Optional<BigDecimal> decimal(JsonNumber number) {
        if (number.digits().length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(number.digits()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // an exponent beyond 32 bits
        }
    }

    static JsonNumber number(BigDecimal number) {
        return new JsonNumber(number.toString());
    }
}
