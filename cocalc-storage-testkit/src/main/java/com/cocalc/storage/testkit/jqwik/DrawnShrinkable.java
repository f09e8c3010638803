package com.cocalc.storage.testkit.jqwik;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.jspecify.annotations.Nullable;

/**
 * A sample with its choices.
 *
 * @param <T> the type of the value
 */
final class DrawnShrinkable<T> implements Shrinkable<T> {

    private final Function<Draw, ? extends T> function;
    private final long[] choices;
    private final int weight;
    private @Nullable T first;

    DrawnShrinkable(Function<Draw, ? extends T> function, Draw draw) {
        this.function = function;
        this.first = function.apply(draw);
        this.choices = draw.choices();
        this.weight = draw.weight();
    }

    /** Returns the value, which is created again for each call after the first, as a property may change it. */
    @Override
    public T value() {
        T made = first;
        if (made != null) {
            first = null;
            return made;
        }
        return function.apply(Draw.given(choices));
    }

    @Override
    public Stream<Shrinkable<T>> shrink() {
        return SmallerChoices.than(choices, spans())
                .map(smaller -> new DrawnShrinkable<T>(function, Draw.given(smaller)))
                .filter(shrinkable -> shrinkable.isSimplerThan(this))
                .map(shrinkable -> shrinkable);
    }

    private boolean isSimplerThan(DrawnShrinkable<T> other) {
        int size = choices.length + weight;
        int otherSize = other.choices.length + other.weight;
        return size != otherSize ? size < otherSize : Arrays.compare(choices, other.choices) < 0;
    }

    private int[] spans() {
        Draw draw = Draw.given(choices);
        T unused = function.apply(draw);
        return draw.spans();
    }

    /** Returns the distance, which prefers fewer choices to smaller ones. */
    @Override
    public ShrinkingDistance distance() {
        long[] distance = new long[choices.length + 1];
        distance[0] = (long) choices.length + weight;
        System.arraycopy(choices, 0, distance, 1, choices.length);
        return ShrinkingDistance.of(distance);
    }

    @Override
    public String toString() {
        return "choices " + Arrays.toString(choices);
    }
}
