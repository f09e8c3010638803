package com.cocalc.storage.rwx;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Full magazines of all threads, kept as long as the JVM does not need their memory for anything else. */
final class Magazines {
    private final List<Deque<SoftReference<Magazine>>> full = new ArrayList<>();
    // Spares all who write new files the monitor.
    private volatile boolean isEmpty = true;

    Magazines() {
        for (int size = 0; size < Magazine.SIZES; size++) {
            full.add(new ArrayDeque<>());
        }
    }

    @Nullable
    Magazine take(int size) {
        return isEmpty ? null : takeFull(size);
    }

    private synchronized @Nullable Magazine takeFull(int size) {
        Deque<SoftReference<Magazine>> magazines = full.get(size);
        Magazine found = null;
        while (found == null && !magazines.isEmpty()) {
            found = magazines.remove().get();
        }
        isEmpty = full.stream().allMatch(Deque::isEmpty);
        return found;
    }

    synchronized void give(int size, Magazine magazine) {
        magazine.reverse();
        full.get(size).add(new SoftReference<>(magazine));
        isEmpty = false;
    }
}
