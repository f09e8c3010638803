package com.cocalc.storage.rwx.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory: the names and attributes that the disk has, and the operations since, of which a crash keeps the first.
 * The last operations are kept one by one; what is older is one step, which the disk has as a whole or not at all, so
 * that memory is taken for what there is and not for all that happened.
 */
final class DiskDirectory extends DiskNode {
    /** So many operations are kept one by one, at least. */
    static final int SINGLE_STEPS = 1000;

    private final Map<String, DiskNode> names = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private SavedAttributes attributes;
    private long forced;
    /** How many operations the first step stands for. */
    private long merged = 1;

    /** The operation that gave this directory the name that it has now; null if the disk had it from the start. */
    @Nullable
    Place named;

    /**
     * One operation on this directory, or several.
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
        return steps.isEmpty() ? forced : forced + merged + steps.size() - 1;
    }

    /** The number of operations that the disk has. */
    long forced() {
        return forced;
    }

    /** The step that an operation is part of. */
    private int index(long number) {
        return (int) Math.max(0, number - forced - merged + 1);
    }

    Step step(long number) {
        return steps.get(index(number));
    }

    /** The number of the first operation behind the step that this one is part of. */
    long endOfStep(long number) {
        return forced + merged + index(number);
    }

    void add(Step step) {
        steps.add(step);
        if (steps.size() > 2 * SINGLE_STEPS) {
            merge(steps.size() - SINGLE_STEPS);
        }
    }

    /** Makes one of the first steps. */
    private void merge(int count) {
        List<Step> first = steps.subList(0, count);
        Map<String, @Nullable DiskNode> last = new LinkedHashMap<>();
        for (Step step : first) {
            step.names.forEach((name, node) -> {
                last.remove(name);
                last.put(name, node);
            });
        }
        // What came and went in the meantime leaves nothing behind.
        last.entrySet().removeIf(entry -> entry.getValue() == null && !names.containsKey(entry.getKey()));
        long end = forced + merged + count - 1;
        Map<DiskDirectory, Long> needed = new LinkedHashMap<>();
        for (Step step : first) {
            for (Place need : step.needs) {
                if (need.number >= need.directory.forced && !need.directory.cameAndWentIn(this, end, last)) {
                    needed.merge(need.directory, need.number, Math::max);
                }
            }
        }
        List<Place> needs = new ArrayList<>();
        needed.forEach((directory, number) -> needs.add(new Place(directory, number)));
        Step one = new Step(first.get(count - 1).after, last, needs);
        first.clear();
        steps.add(0, one);
        merged += count - 1;
    }

    /** Whether this has no name any more, but for operations on another directory that are one by now. */
    private boolean cameAndWentIn(DiskDirectory parent, long end, Map<String, @Nullable DiskNode> left) {
        Place last = named;
        return last != null
                && last.directory == parent
                && last.number < end
                && !left.containsValue(this)
                && !parent.names.containsValue(this);
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

    /** After so many operations, and the rest of the step that the last one is part of. */
    State after(long count) {
        Map<String, DiskNode> then = new LinkedHashMap<>(names);
        SavedAttributes last = attributes;
        for (int i = 0; count > forced && i <= index(count - 1); i++) {
            last = steps.get(i).after;
            perform(steps.get(i), then);
        }
        return new State(last, then);
    }

    /** The disk has these operations from now on, and the rest of the step that the last one is part of. */
    void force(long count) {
        if (count > forced) {
            long end = endOfStep(count - 1);
            List<Step> done = steps.subList(0, index(count - 1) + 1);
            done.forEach(step -> perform(step, names));
            attributes = done.get(done.size() - 1).after;
            done.clear();
            forced = end;
            merged = 1;
        }
    }

    /** The links in here have no other way to the disk. */
    void forceLinks() {
        for (DiskNode node : names.values()) {
            if (node instanceof DiskLeaf leaf) {
                leaf.force();
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
