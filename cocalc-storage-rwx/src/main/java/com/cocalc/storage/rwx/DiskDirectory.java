package com.cocalc.storage.rwx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory: the names and attributes that the disk has, and the operations since, of which a crash keeps the first.
 */
final class DiskDirectory extends DiskNode {
    private final Map<String, DiskNode> names = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private SavedAttributes attributes;
    private long forced;

    /** The operation that gave this directory the name that it has now; null if the disk had it from the start. */
    @Nullable
    Place named;

    /**
     * One operation on this directory.
     *
     * @param names what each name means afterwards, null for nothing; in this order
     * @param needs operations that are on the disk whenever this one is
     */
    record Step(SavedAttributes after, Map<String, @Nullable DiskNode> names, List<Place> needs) {}

    /** An operation by its number in its directory. */
    record Place(DiskDirectory directory, long number) {}

    /** What a directory holds after its first operations. */
    record State(SavedAttributes attributes, Map<String, DiskNode> names) {}

    DiskDirectory(DirectoryNode directory) {
        super(directory.ino);
        this.attributes = SavedAttributes.of(directory);
    }

    /** Where the next operation will be. */
    Place next() {
        return new Place(this, end());
    }

    /** The number of all operations so far. */
    long end() {
        return forced + steps.size();
    }

    /** The number of operations that the disk has. */
    long forced() {
        return forced;
    }

    Step step(long number) {
        return steps.get((int) (number - forced));
    }

    void add(Step step) {
        steps.add(step);
    }

    @Override
    void changed(SavedAttributes now) {
        add(new Step(now, Map.of(), List.of()));
    }

    /** Names that were there when the disk was looked at first. */
    void put(String name, DiskNode node) {
        names.put(name, node);
    }

    /** All that a name meant on the disk or since. */
    List<DiskNode> everNamed() {
        List<DiskNode> all = new ArrayList<>(names.values());
        for (Step step : steps) {
            for (DiskNode node : step.names.values()) {
                if (node != null) {
                    all.add(node);
                }
            }
        }
        return all;
    }

    State after(long count) {
        Map<String, DiskNode> then = new LinkedHashMap<>(names);
        SavedAttributes last = attributes;
        for (long number = forced; number < count; number++) {
            last = step(number).after;
            perform(step(number), then);
        }
        return new State(last, then);
    }

    /** The disk has these operations from now on. */
    void force(long count) {
        if (count > forced) {
            List<Step> done = steps.subList(0, (int) (count - forced));
            done.forEach(step -> perform(step, names));
            attributes = done.get(done.size() - 1).after;
            done.clear();
            forced = count;
        }
    }

    /** The links in here have no other way to the disk. */
    void forceLinks() {
        for (DiskNode node : names.values()) {
            if (node instanceof DiskLink link) {
                link.force();
            }
        }
    }

    private static void perform(Step step, Map<String, DiskNode> names) {
        step.names.forEach((name, node) -> {
            if (node == null) {
                names.remove(name);
            } else {
                names.put(name, node);
            }
        });
    }
}
