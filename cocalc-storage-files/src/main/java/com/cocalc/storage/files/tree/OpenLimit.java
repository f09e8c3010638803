package com.cocalc.storage.files.tree;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.files.outcome.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long it may take to open a name that somebody else can change.
 *
 * <p>A thread that opens a FIFO whose name is gone cannot be freed, and is left behind. So many may be left behind by
 * the operations of one service; then further ones are refused, until a thread returns.
 */
public final class OpenLimit {

    static final int MOST_LOST = 64;

    private final Duration limit;
    private final AtomicInteger lost;

    private OpenLimit(Duration limit, AtomicInteger lost) {
        if (limit.isNegative() || limit.isZero()) {
            throw InvalidValueException.of("limit for opening", "be positive", limit.toString(), "use a few seconds");
        }
        this.limit = limit;
        this.lost = lost;
    }

    public static OpenLimit of(Duration limit) {
        return new OpenLimit(limit, new AtomicInteger());
    }

    /** Another limit for the same service. */
    public OpenLimit with(Duration another) {
        return new OpenLimit(another, lost);
    }

    /** How often to look whether an open takes too long. */
    long tickMillis(long most) {
        return Math.min(most, Math.max(1, limit.toMillis()));
    }

    boolean isPast(long openingNanos) {
        return openingNanos >= limit.toNanos();
    }

    /** Whether the open has lasted so long that opening the other end will not end it. */
    boolean isLongPast(long openingNanos) {
        return openingNanos > 3 * limit.toNanos();
    }

    public void requireThreads() {
        if (lost.get() >= MOST_LOST) {
            throw new OperationException(
                    Problem.BLOCKED,
                    "at most " + MOST_LOST + " threads may wait to open FIFOs whose names are gone, but so many do; "
                            + "restart the service, and see whose projects earlier operations named as blocked");
        }
    }

    void lose() {
        lost.incrementAndGet();
    }

    void find() {
        lost.decrementAndGet();
    }
}
