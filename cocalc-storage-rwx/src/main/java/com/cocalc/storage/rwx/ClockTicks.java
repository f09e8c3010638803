package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.kernel.Ticks;
import java.time.Clock;
import java.time.Instant;

/** The times of operations on a clock that operations do not move: the time that the clock shows. */
record ClockTicks(Clock clock) implements Ticks {
    /** Returns the times of operations on a clock. */
    static Ticks of(Clock clock) {
        return clock instanceof VirtualTime virtual ? virtual.ticks() : new ClockTicks(clock);
    }

    @Override
    public long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long next() {
        return now();
    }
}
