package com.cocalc.storage.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;

/**
 * Arbitraries of valid values for every public value type of {@code com.cocalc.storage}: names and paths,
 * configurations, licences, decisions and views.
 *
 * <p>The values prefer edge cases: shortest and longest names, odd but legal characters, equal and absent parts, all
 * alternatives. All samples shrink towards the simplest one, whatever parts they consist of.
 */
public final class ApiArbitraries {

    private ApiArbitraries() {}

    /**
     * Returns an arbitrary of the values of a type.
     *
     * @param type a public value type of the api, for example {@code ProjectId.class}
     * @param <T> the type
     * @return the arbitrary
     * @throws IllegalArgumentException if the type is not one of {@link #types()}
     */
    public static <T> Arbitrary<T> of(Class<T> type) {
        Function<Draw, ?> function = ApiValues.FUNCTIONS.get(requireNonNull(type, "type"));
        if (function == null) {
            throw InvalidValueException.of(
                    "type",
                    "be a public type of com.cocalc.storage",
                    type.getName(),
                    "ApiArbitraries.types() has all of them");
        }
        return new DrawnArbitrary<T>(draw -> type.cast(function.apply(draw)));
    }

    /** {@return the types that have an arbitrary, which are all public value types of the api, sorted by name} */
    public static Set<Class<?>> types() {
        return ApiValues.FUNCTIONS.keySet();
    }
}
