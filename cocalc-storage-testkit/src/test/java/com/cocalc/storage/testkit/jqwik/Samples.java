package com.cocalc.storage.testkit.jqwik;

import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/** Samples of a generator, the same ones in each run: its edge cases first. */
final class Samples {

    private Samples() {}

    static <T> Stream<Shrinkable<T>> shrinkables(Arbitrary<T> arbitrary, int count) {
        Random random = new Random(7);
        var generator = arbitrary.generator(1000);
        return Stream.concat(
                arbitrary.edgeCases(1000).suppliers().stream().map(supplier -> supplier.get()),
                Stream.generate(() -> generator.next(random)).limit(count));
    }

    static <T> Stream<T> of(Arbitrary<T> arbitrary, int count) {
        return shrinkables(arbitrary, count).map(Shrinkable::value);
    }
}
