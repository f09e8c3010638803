package com.cocalc.storage.testkit.jqwik;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The choices of one sample: numbers that are drawn at random or given, and recorded in both cases.
 *
 * <p>A generator is a function that draws. Every choice is a number from 0, and 0 must be the simplest alternative.
 * Then smaller and fewer numbers give simpler samples, whatever the sample is and however its parts depend on each
 * other. All samples of this package shrink in this way.
 */
final class Draw {

    /**
     * The number of choices after which the largest sample draws the simplest ones, as it would never end otherwise.
     */
    private static final int LARGEST = 400;

    private static final int AT_RANDOM = 0;
    private static final int GIVEN = 1;
    private static final int ALL_LARGEST = 2;

    private final int mode;
    private final long[] given;
    private long state;
    private long[] choices = new long[48];
    private int count;
    private int[] spans = new int[24];
    private int spanCount;
    private int depth;
    private int weight;

    private Draw(int mode, long seed, long[] given) {
        this.mode = mode;
        this.state = seed;
        this.given = given;
    }

    static Draw random(long seed) {
        return new Draw(AT_RANDOM, seed, new long[0]);
    }

    /** Returns a draw of given choices: those beyond the end are 0, and those that are too large become the largest. */
    static Draw given(long[] choices) {
        return new Draw(GIVEN, 0, choices);
    }

    /** Returns a draw in which each choice is the largest. */
    static Draw largest() {
        return new Draw(ALL_LARGEST, 0, new long[0]);
    }

    /** Returns the choices so far. */
    long[] choices() {
        return Arrays.copyOf(choices, count);
    }

    /**
     * Returns the elements of lists and the optional parts: start, end and depth of each, in the order of their ends.
     */
    int[] spans() {
        return Arrays.copyOf(spans, spanCount);
    }

    /** Returns how much more complex the sample is than the number of its choices. */
    int weight() {
        return weight;
    }

    /** Adds to the weight of a sample, for long or odd values that take a single choice. */
    <T> T weighing(int more, T value) {
        weight += more;
        return value;
    }

    /** Draws a number from 0 to {@code max}, which is below 2^32. */
    long upTo(long max) {
        return remember(
                switch (mode) {
                    case AT_RANDOM -> ((next() >>> 32) * (max + 1)) >>> 32;
                    case GIVEN -> count < given.length ? Math.min(given[count], max) : 0;
                    default -> count < LARGEST ? max : 0;
                });
    }

    int upTo(int max) {
        return (int) upTo((long) max);
    }

    /** Draws whether something happens that occurs in one of {@code n} samples, and not in the simplest one. */
    boolean oneIn(int n) {
        if (mode == AT_RANDOM) {
            boolean happens = (((next() >>> 32) * n) >>> 32) == 0;
            remember(happens ? 1 : 0);
            return happens;
        }
        return upTo(1) == 1;
    }

    /** Draws a part that one of {@code n} samples has; shrinking removes it with everything that it drew. */
    <T> T maybe(int n, Supplier<? extends T> rare, T usual) {
        int start = count;
        depth++;
        boolean isThere = oneIn(n);
        T value = isThere ? rare.get() : usual;
        depth--;
        if (isThere) {
            remember(start, depth);
        }
        return value;
    }

    /** Does something in one of {@code n} samples. */
    void maybe(int n, Runnable rare) {
        maybe(
                n,
                () -> {
                    rare.run();
                    return true;
                },
                false);
    }

    /** Draws one of a few values, of which the first is the simplest. */
    <T> T of(List<? extends T> values) {
        return values.get(upTo(values.size() - 1));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T of(T... values) {
        return values[upTo(values.length - 1)];
    }

    /** Draws a number that is often at or beside one of the bounds. */
    long between(long min, long max) {
        if (mode == AT_RANDOM) {
            long range = max - min;
            long near = Math.min(2, range);
            return min
                    + remember(
                            switch ((int) (next() >>> 61)) {
                                case 0 -> (next() >>> 62) % (near + 1);
                                case 1 -> range - (next() >>> 62) % (near + 1);
                                default -> ((next() >>> 32) * (range + 1)) >>> 32;
                            });
        }
        return min + upTo(max - min);
    }

    int between(int min, int max) {
        return (int) between((long) min, (long) max);
    }

    /** Draws 64 bits that are often all zeros, all ones or next to a change of sign. */
    long bits() {
        return (half() << 32) | half();
    }

    private long half() {
        if (mode == AT_RANDOM) {
            long random = next();
            return remember(
                    switch ((int) (random & 15)) {
                        case 0 -> 0;
                        case 1 -> 0xffff_ffffL;
                        case 2 -> 0x8000_0000L;
                        default -> random >>> 32;
                    });
        }
        return upTo(0xffff_ffffL);
    }

    /** Draws a list, of which each element is followed by a choice whether another one comes; most lists are short. */
    <T> List<T> list(int min, int max, Supplier<? extends T> element) {
        int size = size(min, max);
        List<T> list = new ArrayList<>(Math.max(0, Math.min(size, 16)));
        for (int i = 0; i < max; i++) {
            int start = count;
            depth++;
            boolean goesOn = another(i < size, i < min);
            if (goesOn) {
                list.add(element.get());
            }
            depth--;
            if (!goesOn) {
                break;
            }
            remember(start, depth);
        }
        return list;
    }

    /** Draws the wanted number of elements, only in random samples. */
    private int size(int min, int max) {
        if (mode != AT_RANDOM) {
            return 0;
        }
        long random = next();
        int range = max - min;
        return switch ((int) (random & 15)) {
            case 0 -> min;
            case 1 -> max <= 8 ? max : min + (int) (((random >>> 32) * (range + 1)) >>> 32);
            default -> min + (int) (((random >>> 32) * (Math.min(range, 4) + 1)) >>> 32);
        };
    }

    /**
     * Draws whether another element comes, also if it must, so that the first elements can be removed like all others.
     */
    private boolean another(boolean isWanted, boolean isForced) {
        boolean goesOn = isForced
                || switch (mode) {
                    case AT_RANDOM -> isWanted;
                    case GIVEN -> count < given.length && given[count] > 0;
                    default -> count < LARGEST;
                };
        remember(goesOn ? 1 : 0);
        return goesOn;
    }

    private long remember(long choice) {
        if (count == choices.length) {
            choices = Arrays.copyOf(choices, count * 2);
        }
        choices[count++] = choice;
        return choice;
    }

    private void remember(int start, int atDepth) {
        if (mode == AT_RANDOM) {
            return; // looked at only to make a sample smaller, which starts by drawing it again
        }
        if (spanCount == spans.length) {
            spans = Arrays.copyOf(spans, spanCount * 2);
        }
        spans[spanCount++] = start;
        spans[spanCount++] = count;
        spans[spanCount++] = atDepth;
    }

    /** Returns the next random number of SplitMix64. */
    private long next() {
        state += 0x9e37_79b9_7f4a_7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
