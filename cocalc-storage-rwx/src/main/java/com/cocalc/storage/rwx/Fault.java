package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A rule that makes operations of one kind fail before they do anything. Each rule counts operations for each volume
 * separately.
 */
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
     * Returns a fault that fails one operation.
     *
     * @param n the number of the operation among those of its kind since the injection, from 1
     * @param operation the kind
     * @param errno the error
     * @return the fault
     * @throws IllegalArgumentException if n is less than 1
     */
    public static Fault nth(long n, Operation operation, Errno errno) {
        if (n < 1) {
            throw InvalidValueException.of("n", "be at least 1", Long.toString(n), "1 is the next operation");
        }
        return new Fault(operation, errno, n, 0, 1);
    }

    /**
     * Returns a fault that fails every operation of a kind.
     *
     * @param operation the kind
     * @param errno the error
     * @return the fault
     */
    public static Fault every(Operation operation, Errno errno) {
        return new Fault(operation, errno, 0, 0, 1);
    }

    /**
     * Returns a fault that fails random operations of a kind, the same ones for the same seed.
     *
     * @param oneIn the average number of operations for each one that fails, at least 1
     * @param seed the seed of the random numbers
     * @param operation the kind
     * @param errno the error
     * @return the fault
     * @throws IllegalArgumentException if oneIn is less than 1
     */
    public static Fault random(int oneIn, long seed, Operation operation, Errno errno) {
        if (oneIn < 1) {
            throw InvalidValueException.of("oneIn", "be at least 1", Integer.toString(oneIn), "1 fails all of them");
        }
        return new Fault(operation, errno, 0, seed, oneIn);
    }

    /**
     * {@return a description of the operations that fail, and of the error, for example {@code WRITE number 2 fails
     * with EIO}}
     */
    @Override
    public String toString() {
        String which = nth > 0
                ? operation + " number " + nth
                : oneIn == 1 ? "every " + operation : "one " + operation + " in " + oneIn + " (seed " + seed + ")";
        return which + " fails with " + errno;
    }

    /** Returns this fault with a count that starts at zero. */
    Running start() {
        return new Running(this);
    }

    /** A fault on one volume, with the number of operations that it has seen. */
    static final class Running {
        private final Fault fault;
        private final SplittableRandom random;
        private long seen;

        private Running(Fault fault) {
            this.fault = fault;
            this.random = new SplittableRandom(fault.seed);
        }

        /** Counts an operation, and returns the error with which it fails, or null if it does not fail. */
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
