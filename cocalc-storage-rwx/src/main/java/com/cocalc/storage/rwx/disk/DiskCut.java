package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.disk.DiskDirectory.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The number of operations of each directory that a crash keeps: the first ones, and those of other directories that
 * they need.
 */
final class DiskCut {
    private final Map<DiskDirectory, Long> counts = new LinkedHashMap<>();

    long count(DiskDirectory directory) {
        return Math.max(directory.forced(), counts.getOrDefault(directory, 0L));
    }

    /** Takes at least so many operations of a directory, with all that they need. */
    void raise(DiskDirectory directory, long count) {
        Deque<Place> open = new ArrayDeque<>();
        open.add(new Place(directory, count - 1));
        while (!open.isEmpty()) {
            Place place = open.remove();
            DiskDirectory taken = place.directory();
            long number = count(taken);
            while (number <= place.number()) {
                open.addAll(taken.step(number).needs());
                number = taken.endOfStep(number);
            }
            counts.put(taken, number);
        }
    }

    /** Lets the disk have all of it. */
    void force() {
        counts.forEach((directory, count) -> {
            directory.force(count);
            directory.forceLinks();
        });
    }
}
