package com.cocalc.storage.testkit.rwx;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that only operations and tests move: it starts at 2020-01-01T00:00:00Z and advances 1 µs per operation of the
 * volumes that use it.
 */
public final class VirtualTime extends Clock {
    private static final long START_NS = 1_577_836_800L * 1_000_000_000L;
    private static final long STEP_NS = 1_000;

    private final LoneCounter ns;
    private final ZoneId zone;

    /** A clock of its own, at 2020-01-01T00:00:00Z. */
    public VirtualTime() {
        this(LoneCounter.startingAt(START_NS), ZoneOffset.UTC);
    }

    private VirtualTime(LoneCounter ns, ZoneId zone) {
        this.ns = ns;
        this.zone = zone;
    }

    /**
     * Moves the clock forward.
     *
     * @param duration how far, not negative
     * @throws IllegalArgumentException if the duration is negative: files would come from the future
     */
    public void advance(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration must not be negative, but was " + duration + "; a volume's time only moves forward");
        }
        ns.add(duration.toNanos());
    }

    /** Another clock, which shows the same now. */
    VirtualTime copy() {
        return new VirtualTime(LoneCounter.startingAt(ns.get()), zone);
    }

    /** Starts an operation: returns its time. */
    long tick() {
        return tick(1);
    }

    /** Starts as many operations one after the other: returns the time of the last. */
    long tick(int operations) {
        return ns.add(operations * STEP_NS);
    }

    /** Nanoseconds since 1970. */
    long now() {
        return ns.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new VirtualTime(ns, Objects.requireNonNull(other, "other"));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, ns.get());
    }
}
