package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.rwx.kernel.Ticks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that only operations and tests move: it starts at 2020-01-01T00:00:00Z and advances 1 µs for each operation
 * of the volumes that use it, except closing. No two operations have the same time.
 */
public final class VirtualTime extends Clock {
    private static final long STEP_NS = 1_000;
    private static final long START_NS = 1_577_836_800L * 1_000_000_000L;
    /** 2262-04-01T00:00:00Z: leaves ten days for operations. */
    private static final long LAST_NS = 9_222_422_400L * 1_000_000_000L;

    private final AtomicLong now;
    private final ZoneId zone;

    /** Creates a clock at 2020-01-01T00:00:00Z. */
    public VirtualTime() {
        this(new AtomicLong(START_NS), ZoneOffset.UTC);
    }

    private VirtualTime(AtomicLong now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Moves the clock forward.
     *
     * @param duration the time to add, not negative; times end in the year 2262
     * @throws IllegalArgumentException if the duration is negative or leads beyond that year
     */
    public void advance(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative()) {
            throw InvalidValueException.of(
                    "duration", "not be negative", duration.toString(), "a volume's time only moves forward");
        }
        if (duration.compareTo(Duration.ofNanos(LAST_NS - now.get())) > 0) {
            throw InvalidValueException.of(
                    "duration",
                    "end by " + Instant.ofEpochSecond(0, LAST_NS),
                    duration + " from " + instant() + " on",
                    "times are nanoseconds in 64 bits");
        }
        now.addAndGet(duration.toNanos());
    }

    /** Returns another clock that shows the same time. */
    VirtualTime copy() {
        return new VirtualTime(new AtomicLong(now.get()), zone);
    }

    /** Returns the times of operations on this clock. */
    Ticks ticks() {
        return new Ticks() {
            @Override
            public long now() {
                return now.get();
            }

            @Override
            public long next() {
                return now.addAndGet(STEP_NS);
            }
        };
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new VirtualTime(now, Objects.requireNonNull(other, "other"));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, now.get());
    }
}
