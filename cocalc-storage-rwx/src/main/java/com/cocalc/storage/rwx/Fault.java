package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A rule by which operations of one kind fail before they do anything. Each has a count of its own on each volume. */
public final class Fault {
    private final Operation operation;
    private final Errno errno;
    private final long nth;
    private final long seed;
    private final int oneIn;

    private Fault(Operation operation, Errno errno, long nth, long seed, int oneIn) {
        this.operation = Objects.requireNonNull(operation, "operation");
        this.errno = Objects.requireNonNull(errno, "errno");
        this.nth = nth;
        this.seed = seed;
        this.oneIn = oneIn;
    }

    /**
     * Fails one operation, counted from the injection.
     *
     * @param n which operation of the kind, from 1
     * @param operation the kind
     * @param errno the error
     * @return the fault
     * @throws IllegalArgumentException if n is less than 1
     */
    public static Fault nth(long n, Operation operation, Errno errno) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, but was " + n + "; 1 is the next operation");
        }
        return new Fault(operation, errno, n, 0, 1);
    }

    /**
     * Fails every operation of a kind.
     *
     * @param operation the kind
     * @param errno the error
     * @return the fault
     */
    public static Fault every(Operation operation, Errno errno) {
        return new Fault(operation, errno, 0, 0, 1);
    }

    /**
     * Fails random operations of a kind, the same ones for the same seed.
     *
     * @param oneIn how many operations there are to each that fails, on average; at least 1
     * @param seed where the random numbers start
     * @param operation the kind
     * @param errno the error
     * @return the fault
     * @throws IllegalArgumentException if oneIn is less than 1
     */
    public static Fault random(int oneIn, long seed, Operation operation, Errno errno) {
        if (oneIn < 1) {
            throw new IllegalArgumentException("oneIn must be at least 1, but was " + oneIn + "; 1 fails all of them");
        }
        return new Fault(operation, errno, 0, seed, oneIn);
    }

    /**
     * Returns what fails, and how.
     *
     * @return for example {@code WRITE number 2 fails with EIO}
     */
    @Override
    public String toString() {
        String which = nth > 0
                ? operation + " number " + nth
                : oneIn == 1 ? "every " + operation : "one " + operation + " in " + oneIn + " (seed " + seed + ")";
        return which + " fails with " + errno;
    }

    /** This fault with a fresh count. */
    Running start() {
        return new Running(this);
    }

    /** A fault on a volume: counts the operations that it has seen. */
    static final class Running {
        private final Fault fault;
        private final SplittableRandom random;
        private long seen;

        private Running(Fault fault) {
            this.fault = fault;
            this.random = new SplittableRandom(fault.seed);
        }

        /** Counts an operation, and returns what it fails with, or null. */
        synchronized @Nullable Errno meet(Operation operation) {
            if (operation != fault.operation) {
                return null;
            }
            seen++;
            boolean isHit = fault.nth == 0 ? random.nextInt(fault.oneIn) == 0 : seen == fault.nth;
            return isHit ? fault.errno : null;
        }
    }
}
