package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dedicated machine for a project. A licence that carries one takes write access to the software away, whichever
 * licence grants it.
 */
public final class DedicatedVm {

    private final String machine;
    private final String name;

    private DedicatedVm(String machine, String name) {
        this.machine = machine;
        this.name = name;
    }

    /**
     * Returns a machine with a type and a name.
     *
     * @param machine the type of the machine, any text
     * @param name the name of the machine; empty for none
     * @return the machine
     */
    public static DedicatedVm of(String machine, String name) {
        requireNonNull(machine, "machine");
        requireNonNull(name, "name");
        return new DedicatedVm(machine, name);
    }

    /** Returns the machine as the field of a quota, which has no name where the name is empty. */
    JsonObject toJson() {
        Member type = new Member("machine", new JsonString(machine));
        return new JsonObject(name.isEmpty() ? List.of(type) : List.of(new Member("name", new JsonString(name)), type));
    }

    /** {@return the type of the machine, which is any text} */
    public String machine() {
        return machine;
    }

    /** {@return the name of the machine, empty if it has none; it does not affect access} */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DedicatedVm that && machine.equals(that.machine) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(machine, name);
    }

    /** Returns the machine as the field of a quota: JSON in one line. */
    @Override
    public String toString() {
        return toJson().toString();
    }
}
