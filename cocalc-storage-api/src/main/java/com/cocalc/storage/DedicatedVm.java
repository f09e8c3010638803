package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.List;

/**
 * A machine of its own for a project. A licence that carries one takes write access to the software away, whoever
 * grants it.
 *
 * @param machine the type of the machine, any text
 * @param name the name of the machine, empty where there is none; it changes nothing about access
 */
public record DedicatedVm(String machine, String name) {

    /**
     * Checks that both are there.
     *
     * @param machine the type of the machine, any text
     * @param name the name of the machine, empty where there is none; it changes nothing about access
     * @throws NullPointerException if one is missing
     */
    public DedicatedVm {
        requireNonNull(machine, "machine");
        requireNonNull(name, "name");
    }

    /** As the field of a quota; an empty name is left out. */
    JsonObject toJson() {
        Member type = new Member("machine", new JsonString(machine));
        return new JsonObject(name.isEmpty() ? List.of(type) : List.of(new Member("name", new JsonString(name)), type));
    }
}
