package com.cocalc.storage.rwx;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that only operations and tests move: it starts at 2020-01-01T00:00:00Z and advances 1 µs per operation of the
 * volumes that use it, but for closing, which takes none. An operation never gets an earlier time than one that had
 * ended before. Each time is given once, but where threads have been at work at the same time for long (hundreds of
 * operations each): then up to 64 operations of a thread may get one time, as on Linux, whose clock moves a few hundred
 * times a second. All of them count.
 */
public final class VirtualTime extends Clock {
    /** The work of an operation. */
    static final long STEP_NS = 1_000;

    private static final long START_NS = 1_577_836_800L * 1_000_000_000L;
    /** 2262-04-01T00:00:00Z: leaves ten days for operations. */
    private static final long LAST_NS = 9_222_422_400L * 1_000_000_000L;

    private final SharedTime time;
    private final ZoneId zone;

    /** A clock of its own, at 2020-01-01T00:00:00Z. */
    public VirtualTime() {
        this(new SharedTime(START_NS), ZoneOffset.UTC);
    }

    private VirtualTime(SharedTime time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /**
     * Moves the clock forward.
     *
     * @param duration how far, not negative; times end in the year 2262
     * @throws IllegalArgumentException if the duration is negative, for files would come from the future, or goes
     *     beyond that year
     */
    public void advance(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration must not be negative, but was " + duration + "; a volume's time only moves forward");
        }
        if (duration.compareTo(Duration.ofNanos(LAST_NS - time.now())) > 0) {
            throw new IllegalArgumentException("duration must end by " + Instant.ofEpochSecond(0, LAST_NS)
                    + ", but was " + duration + " from " + instant() + " on; times are nanoseconds in 64 bits");
        }
        time.advance(duration.toNanos());
    }

    /** Another clock, which shows the same now. */
    VirtualTime copy() {
        return new VirtualTime(new SharedTime(time.now()), zone);
    }

    /** Starts an operation: returns its time. */
    long tick() {
        return tick(1);
    }

    /** Starts as many operations one after the other: returns the time of the last. */
    long tick(int operations) {
        return time.work(operations * STEP_NS);
    }

    /** Nanoseconds since 1970. */
    long now() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new VirtualTime(time, Objects.requireNonNull(other, "other"));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, time.now());
    }
}
