package com.cocalc.storage.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a copy does, from several threads. */
final class Tally {

    private static final int MOST_NAMED = 1000;

    final AtomicLong files = new AtomicLong();
    final AtomicLong directories = new AtomicLong();
    final AtomicLong links = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong unchanged = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    final AtomicLong seen = new AtomicLong();
    private final TreeSet<SkippedFile> named = new TreeSet<>();
    private final Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
    private final List<String> remarks = new ArrayList<>();

    /** The first by path are named, so that the report does not depend on which thread was faster. */
    synchronized void skip(FilePath path, SkipReason reason) {
        counts.merge(reason, 1L, Long::sum);
        named.add(new SkippedFile(path, reason));
        if (named.size() > MOST_NAMED) {
            named.pollLast();
        }
    }

    synchronized void remark(String remark) {
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    synchronized List<SkippedFile> skipped() {
        return List.copyOf(named);
    }

    synchronized Map<SkipReason, Long> skippedByReason() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }
}
