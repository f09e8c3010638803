package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a copy does, from several threads. */
public final class Tally {

    private static final int MOST_NAMED = 1000;

    /** A little less than the time between two looks at the workers. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofMillis(95);

    /**
     * Something that was not copied.
     *
     * @param path where it is
     * @param reason why
     */
    public record Skipped(TreePath path, SkipReason reason) implements Comparable<Skipped> {
        @Override
        public int compareTo(Skipped other) {
            int byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : reason.compareTo(other.reason);
        }

        /** FNV-1a of 64 bits, so that two of a million are the same once in forty million times. */
        long hash() {
            long hash = 0xcbf29ce484222325L ^ reason.name().hashCode();
            for (byte b : path.toBytes()) {
                hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
            }
            return hash == 0 ? 1 : hash;
        }
    }

    public final AtomicLong files = new AtomicLong();
    public final AtomicLong directories = new AtomicLong();
    public final AtomicLong links = new AtomicLong();
    /** The sizes of the files that have been copied. */
    public final AtomicLong bytes = new AtomicLong();
    /** As {@link #bytes}, with what is there of files that are being copied. */
    final AtomicLong moved = new AtomicLong();

    public final AtomicLong unchanged = new AtomicLong();
    public final AtomicLong deleted = new AtomicLong();
    final AtomicLong seen = new AtomicLong();
    /** What the source has, as far as it was added up for a limit. */
    final AtomicLong countedFiles = new AtomicLong();

    final AtomicLong countedBytes = new AtomicLong();
    private final TreeSet<Skipped> named = new TreeSet<>();
    private final HashSetOfLongs unnamed = new HashSetOfLongs();
    private final Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
    private final List<String> remarks = new ArrayList<>();
    private Stopwatch sinceTold = new Stopwatch();

    /**
     * Reports something once, however often it is looked at. The first by path are named, so that the report does not
     * depend on which thread was faster.
     */
    public synchronized void skip(TreePath path, SkipReason reason) {
        Skipped skipped = new Skipped(path, reason);
        if (!named.add(skipped)) {
            return;
        }
        Skipped last = named.size() > MOST_NAMED ? named.pollLast() : null;
        if (last == null || unnamed.add(last.hash())) {
            counts.merge(reason, 1L, Long::sum);
        }
    }

    /** Begins to add up for a limit. */
    public void countAnew() {
        countedFiles.set(0);
        countedBytes.set(0);
    }

    /** Takes a link out of what was added up: what it leads to is added instead. */
    public void discountLink() {
        countedFiles.decrementAndGet();
    }

    /** Whether a listener may hear again, however many copies make up the operation. For the calling thread alone. */
    boolean isTellingDue() {
        boolean due = sinceTold.isPast(BETWEEN_TELLINGS);
        if (due) {
            sinceTold = new Stopwatch();
        }
        return due;
    }

    synchronized void remark(String remark) {
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    public synchronized List<Skipped> skipped() {
        return List.copyOf(named);
    }

    public synchronized Map<SkipReason, Long> skippedByReason() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    public synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }
}
