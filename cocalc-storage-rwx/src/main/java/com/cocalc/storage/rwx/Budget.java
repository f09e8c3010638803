package com.cocalc.storage.rwx;

import java.util.concurrent.atomic.AtomicLong;

/** A count that has a limit, or none. Without one, threads do not get in each other's way. */
final class Budget {
    static final long UNLIMITED = Long.MAX_VALUE;

    private final LoneCounter counted = LoneCounter.ofLanes();
    private final AtomicLong taken = new AtomicLong();
    private final long limit;

    Budget(long limit) {
        this.limit = limit;
    }

    boolean take(long amount) {
        if (limit == UNLIMITED) {
            counted.add(amount);
            return true;
        }
        while (true) {
            long before = taken.get();
            if (amount > limit - before) {
                return false;
            }
            if (taken.compareAndSet(before, before + amount)) {
                return true;
            }
        }
    }

    /** Takes even beyond the limit: what was there before the limit. */
    void force(long amount) {
        counted.add(amount);
        taken.addAndGet(amount);
    }

    void give(long amount) {
        if (limit == UNLIMITED) {
            counted.add(-amount);
        } else {
            taken.addAndGet(-amount);
        }
    }

    long limit() {
        return limit;
    }

    long used() {
        return limit == UNLIMITED ? counted.get() : taken.get();
    }
}
