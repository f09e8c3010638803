package com.cocalc.storage.testkit.jqwik;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;

/**
 * The arbitrary of a function that draws. Its edge cases are the simplest sample and the one of all largest choices.
 *
 * @param <T> the type of the values
 */
final class DrawnArbitrary<T> implements Arbitrary<T> {

    private final Function<Draw, ? extends T> function;

    DrawnArbitrary(Function<Draw, ? extends T> function) {
        this.function = function;
    }

    @Override
    public RandomGenerator<T> generator(int genSize) {
        return random -> new DrawnShrinkable<T>(function, Draw.random(random.nextLong()));
    }

    @Override
    public EdgeCases<T> edgeCases(int maxEdgeCases) {
        if (maxEdgeCases < 2) {
            return EdgeCases.none();
        }
        return EdgeCases.fromSuppliers(List.of(
                () -> new DrawnShrinkable<T>(function, Draw.given(new long[0])),
                () -> new DrawnShrinkable<T>(function, Draw.largest())));
    }
}
