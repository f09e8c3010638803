package com.cocalc.storage.testkit.jqwik;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Choices of simpler samples, starting with the largest simplifications. */
final class SmallerChoices {

    /** The numbers of neighbouring elements that are removed at once. */
    private static final int[] RUNS = {16, 8, 4, 2, 1};

    private SmallerChoices() {}

    /**
     * Returns all attempts, computed on demand.
     *
     * @param choices the choices of the sample
     * @param spans the elements of lists and the optional parts among them, as {@link Draw#spans()} returns them
     */
    static Stream<long[]> than(long[] choices, int[] spans) {
        Stream<long[]> nothing = Stream.of(new long[0]);
        Stream<long[]> without = Arrays.stream(RUNS)
                .boxed()
                .flatMap(run -> IntStream.range(0, spans.length / 3)
                        .boxed()
                        .flatMap(first -> withoutRun(choices, spans, first, run)));
        Stream<long[]> absent = IntStream.range(0, spans.length / 3)
                .filter(i -> spans[3 * i + 1] - spans[3 * i] > 1)
                .mapToObj(i -> with(without(choices, spans[3 * i] + 1, spans[3 * i + 1]), spans[3 * i], 0));
        Stream<long[]> inner =
                IntStream.range(0, spans.length / 3).boxed().flatMap(i -> inPlaceOfOuter(choices, spans, i));
        Stream<long[]> simplified = IntStream.range(0, spans.length / 3)
                .filter(i -> spans[3 * i + 1] - spans[3 * i] > 2)
                .mapToObj(i -> withZeros(choices, spans[3 * i] + 1, spans[3 * i + 1]));
        Stream<long[]> shorter = IntStream.range(0, choices.length).mapToObj(i -> without(choices, i, i + 1));
        Stream<long[]> lowered = IntStream.range(0, choices.length)
                .filter(i -> choices[i] > 0)
                .boxed()
                .flatMap(i -> smallerThan(choices[i]).mapToObj(value -> with(choices, i, value)));
        // As 10 becomes 09: the next choice can become smaller than it was only after it was larger.
        Stream<long[]> borrowed = IntStream.range(0, choices.length - 1)
                .filter(i -> choices[i] > 0)
                .mapToObj(i -> with(with(choices, i, choices[i] - 1), i + 1, Long.MAX_VALUE));
        return Stream.of(nothing, absent, without, inner, simplified, shorter, lowered, borrowed)
                .flatMap(attempts -> attempts);
    }

    /**
     * Returns choices without neighbours: elements of the same depth, each of which starts where the previous one ends.
     */
    private static Stream<long[]> withoutRun(long[] choices, int[] spans, int first, int run) {
        int end = spans[3 * first + 1];
        int found = 1;
        for (int i = first + 1; i < spans.length / 3 && found < run; i++) {
            if (spans[3 * i + 2] == spans[3 * first + 2] && spans[3 * i] == end) {
                end = spans[3 * i + 1];
                found++;
            }
        }
        return found == run ? Stream.of(without(choices, spans[3 * first], end)) : Stream.empty();
    }

    /**
     * Returns choices in which an element replaces the whole sample, or an element that contains it: [[1]] becomes [1].
     */
    private static Stream<long[]> inPlaceOfOuter(long[] choices, int[] spans, int element) {
        int start = spans[3 * element] + 1;
        int end = spans[3 * element + 1];
        Stream<long[]> whole = Stream.of(Arrays.copyOfRange(choices, start, end));
        Stream<long[]> inOuter = IntStream.range(element + 1, spans.length / 3)
                .filter(i -> spans[3 * i] < start - 1 && spans[3 * i + 1] >= end)
                .mapToObj(i -> without(without(choices, end, spans[3 * i + 1]), spans[3 * i] + 1, start));
        return Stream.concat(whole, inOuter);
    }

    private static LongStream smallerThan(long value) {
        // Halving finds a bound in few steps, and the next lower value makes sure of it.
        return LongStream.iterate(value, rest -> rest > 0, rest -> rest / 2).map(rest -> value - rest);
    }

    private static long[] with(long[] choices, int at, long value) {
        long[] changed = choices.clone();
        changed[at] = value;
        return changed;
    }

    private static long[] withZeros(long[] choices, int from, int to) {
        long[] changed = choices.clone();
        Arrays.fill(changed, from, to, 0);
        return changed;
    }

    private static long[] without(long[] choices, int from, int to) {
        long[] rest = new long[choices.length - (to - from)];
        System.arraycopy(choices, 0, rest, 0, from);
        System.arraycopy(choices, to, rest, from, choices.length - to);
        return rest;
    }
}
