package com.cocalc.storage.rwx.disk;

import java.util.SplittableRandom;

/** The random choices of a crash. The same seed decides the same; the ends of each range come up more often. */
final class Chances {
    private final SplittableRandom random;
    private final Lean lean;

    private enum Lean {
        TO_NOTHING,
        TO_ALL,
        TO_NEITHER
    }

    Chances(long seed) {
        random = new SplittableRandom(seed);
        lean = lean(8);
    }

    /** One time in so many to nothing, and one time to all. */
    private Lean lean(int oneIn) {
        return switch (random.nextInt(oneIn)) {
            case 0 -> Lean.TO_NOTHING;
            case 1 -> Lean.TO_ALL;
            default -> Lean.TO_NEITHER;
        };
    }

    /** How many of the first changes survive. */
    int upTo(int count) {
        return switch (lean == Lean.TO_NEITHER ? lean(4) : lean) {
            case TO_NOTHING -> 0;
            case TO_ALL -> count;
            case TO_NEITHER -> random.nextInt(count + 1);
        };
    }

    /** How blocks of one file are decided. */
    Coin coin() {
        Lean side = lean == Lean.TO_NEITHER ? lean(4) : lean;
        return () -> side == Lean.TO_NEITHER ? random.nextBoolean() : side == Lean.TO_ALL;
    }

    /** Decides again and again. */
    @FunctionalInterface
    interface Coin {
        boolean isHeads();
    }
}
