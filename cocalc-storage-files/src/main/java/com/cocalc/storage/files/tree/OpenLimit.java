package com.cocalc.storage.files.tree;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long it may take to open a name that somebody else can change.
 *
 * <p>A thread that opens a FIFO whose name is gone cannot be freed, and is left behind: see {@link LostThreads}.
 */
public final class OpenLimit {

    private final Duration limit;
    private final LostThreads lost;

    private OpenLimit(Duration limit, LostThreads lost) {
        if (limit.isNegative() || limit.isZero()) {
            throw InvalidValueException.of("limit for opening", "be positive", limit.toString(), "use a few seconds");
        }
        this.limit = limit;
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
        return Math.min(most, Math.max(1, limit.toMillis()));
    }

    boolean isPast(long openingNanos) {
        return openingNanos >= limit.toNanos();
    }

    /** Whether the open has lasted so long that opening the other end will not end it. */
    boolean isLongPast(long openingNanos) {
        return openingNanos > 3 * limit.toNanos();
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
