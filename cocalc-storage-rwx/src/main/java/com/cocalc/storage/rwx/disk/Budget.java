package com.cocalc.storage.rwx.disk;

/** A count that has a limit. */
public final class Budget {
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final long limit;
    private long used;

    Budget(long limit) {
        this.limit = limit;
    }

    /** Takes the amount if the limit allows it. */
    boolean take(long amount) {
        if (amount > limit - used) {
            return false;
        }
        used += amount;
        return true;
    }

    /** Takes even beyond the limit: what was there before the limit. */
    void force(long amount) {
        used += amount;
    }

    void give(long amount) {
        used -= amount;
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used;
    }
}
