package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.helm.KnownKey.Others;
import com.cocalc.storage.helm.Section.Entry;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds keys that were mistyped, and values that should be maps. */
final class KeyCheck {

    private static final int NEAR = 2;

    private final Problems problems;

    private KeyCheck(Problems problems) {
        this.problems = problems;
    }

    static void check(Section root, Problems problems) {
        new KeyCheck(problems).check(root);
    }

    private void check(Section section) {
        section.entries().forEach((name, entry) -> {
            KnownKey child = section.key().child(name);
            if (child == null) {
                checkUnknown(section, name, entry);
            } else if (entry.section() != null) {
                check(entry.section());
            } else if (child.isMap() && !entry.isNull()) {
                problems.add(
                        entry.place(),
                        child.toString(),
                        "be a map of keys",
                        Shown.value(entry.value()),
                        "write its keys below it, indented");
            }
        });
    }

    private void checkUnknown(Section section, String name, Entry entry) {
        KnownKey map = section.key();
        if (map.others() == Others.REFUSED) {
            KnownKey nearest = nearest(map.children(), name);
            problems.add(
                    entry.keyPlace(),
                    "a key of " + map,
                    "be " + map.children().stream().map(KnownKey::name).collect(Collectors.joining(", ")),
                    MessageText.quoted(name),
                    "the nearest is " + nearest.name() + "; rename it or remove it");
            return;
        }
        KnownKey missed = missed(section, name);
        if (missed != null) {
            problems.add(
                    entry.keyPlace(),
                    "a key of " + map,
                    "not be mistaken for " + missed.name(),
                    MessageText.quoted(name),
                    "rename it to " + missed.name() + ", otherwise it has no effect");
        }
    }

    private static KnownKey nearest(List<KnownKey> known, String name) {
        KnownKey nearest = known.get(0);
        for (KnownKey candidate : known) {
            if (distance(candidate, name) < distance(nearest, name)) {
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static @Nullable KnownKey missed(Section section, String name) {
        for (KnownKey known : section.key().children()) {
            Entry there = section.find(known.name());
            if ((there == null || there.isNull()) && distance(known, name) <= NEAR) {
                return known;
            }
        }
        return null;
    }

    /** A key of any length costs no more than it can tell. */
    private static int distance(KnownKey known, String name) {
        int least = Math.abs(known.name().length() - name.length());
        return least > 2 * known.name().length() + NEAR ? least : EditDistance.between(known.name(), name);
    }
}
