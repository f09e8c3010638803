package com.cocalc.storage.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;

/** A call of the api that must be refused, for tests of what happens then. */
public final class RefusedCall {

    private final Class<?> type;
    private final Flaw flaw;
    private final String text;
    private final Supplier<?> call;

    RefusedCall(Class<?> type, Flaw flaw, String text, Supplier<?> call) {
        this.type = type;
        this.flaw = flaw;
        this.text = text;
        this.call = call;
    }

    /**
     * Generates calls that would make values of all types that check something.
     *
     * @return the arbitrary
     */
    public static Arbitrary<RefusedCall> arbitrary() {
        return new DrawnArbitrary<>(RefusedCalls::any);
    }

    /**
     * Generates calls that would make a value of one type.
     *
     * @param type one of {@link #types()}
     * @return the arbitrary
     * @throws IllegalArgumentException if there is nothing that the type refuses
     */
    public static Arbitrary<RefusedCall> of(Class<?> type) {
        requireNonNull(type, "type");
        if (!types().contains(type)) {
            throw InvalidValueException.of(
                    "type", "be one that refuses something", type.getName(), "RefusedCall.types() has all of them");
        }
        return new DrawnArbitrary<>(draw -> RefusedCalls.of(draw, type));
    }

    /**
     * Returns the types that refuse something.
     *
     * @return the types, sorted by name
     */
    public static Set<Class<?>> types() {
        return RefusedCalls.TYPES.keySet();
    }

    /**
     * Returns what the call would make.
     *
     * @return the type
     */
    public Class<?> type() {
        return type;
    }

    /**
     * Returns what is wrong with it.
     *
     * @return the flaw
     */
    public Flaw flaw() {
        return flaw;
    }

    /**
     * Makes the call, which is refused.
     *
     * @return never, unless the api has a mistake
     * @throws InvalidValueException if the flaw is any but {@link Flaw#NULL}
     * @throws NullPointerException if it is that
     */
    public Object run() {
        return call.get();
    }

    /** Returns the call as it stands in Java. */
    @Override
    public String toString() {
        return text;
    }
}
