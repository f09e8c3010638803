package com.cocalc.storage.files.tree;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long it may take to open a name that somebody else can change.
 *
 * <p>A thread that opens a FIFO whose name is gone cannot be freed, and is left behind: see {@link LostThreads}.
 */
public final class OpenLimit {

    /** As many as a stopwatch counts where the limit is longer, which is some centuries. */
    private final long limitNanos;

    private final LostThreads lost;

    private OpenLimit(Duration limit, LostThreads lost) {
        if (limit.isNegative() || limit.isZero()) {
            throw InvalidValueException.of("limit for opening", "be positive", limit.toString(), "use a few seconds");
        }
        this.limitNanos = limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? limit.toNanos() : Long.MAX_VALUE;
        this.lost = lost;
    }

    public static OpenLimit of(Duration limit) {
        return new OpenLimit(limit, new LostThreads());
    }

    /** Another limit for the same service. */
    public OpenLimit with(Duration another) {
        return new OpenLimit(another, lost);
    }

    /** How often to look whether an open takes too long. */
    long tickMillis(long most) {
        return Math.min(most, Math.max(1, TimeUnit.NANOSECONDS.toMillis(limitNanos)));
    }

    boolean isPast(long openingNanos) {
        return openingNanos >= limitNanos;
    }

    /** Whether the open has lasted so long that opening the other end will not end it. */
    boolean isLongPast(long openingNanos) {
        return openingNanos / 3 > limitNanos;
    }

    /** Refuses an operation that concerns these projects, if too many threads are left behind. */
    public void requireThreads(List<ProjectId> projects) {
        lost.requireFew(projects);
    }

    void lose(@Nullable ProjectId owner) {
        lost.lose(owner);
    }

    void find(@Nullable ProjectId owner) {
        lost.find(owner);
    }
}
