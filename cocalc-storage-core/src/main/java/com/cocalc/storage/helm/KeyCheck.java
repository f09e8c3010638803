package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.helm.KnownKey.Others;
import com.cocalc.storage.helm.Section.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds keys that were mistyped, misspelled or misplaced, and values that should be maps. */
final class KeyCheck {

    /** The largest distance of a key from a known key that is absent. */
    private static final int NEAR = 2;

    /**
     * The length from which a name beside the right key is more likely a mistake than a word of other parts of CoCalc.
     */
    private static final int LONG_NAME = 12;

    /** The keys that no other part of CoCalc has at the root and in {@code global}. */
    private static final List<KnownKey> OURS_AT_THE_TOP = List.of(
            KnownKey.DATA_CLAIM, KnownKey.SOFTWARE_CLAIM, KnownKey.SHARES_CLAIM, KnownKey.CREATE, KnownKey.CLASS);

    /** The keys that identify a map as one of ours; many other maps have a {@code class}. */
    private static final List<KnownKey> TELLING_LEAVES = List.of(
            KnownKey.DATA_CLAIM,
            KnownKey.SOFTWARE_CLAIM,
            KnownKey.SHARES_CLAIM,
            KnownKey.SHARED_FILES_PATH,
            KnownKey.CREATE,
            KnownKey.DATA_SIZE,
            KnownKey.SOFTWARE_SIZE,
            KnownKey.FIX_PERMISSIONS_INIT);

    /** The maps that names of claims identify in any place. */
    private static final List<KnownKey> WHOLE = List.of(KnownKey.GLOBAL, KnownKey.CLAIMS);

    private final Problems problems;
    /** The maps of other parts that were searched, as aliases lead to one more than once. A node equals only itself. */
    private final Set<Node> searched = new HashSet<>();
    /** The keys that names in the maps of other parts can mean; one name can occur there very often. */
    private final Map<String, List<KnownKey>> ours = new HashMap<>();

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
        KnownKey dotted = KnownNames.dotted(map, name);
        KnownKey joined = KnownNames.joined(map, name);
        if (dotted != null) {
            boolean hasDots = name.indexOf('.') >= 0;
            reportPath(entry.keyPlace(), map, hasDots ? "have no dots" : "be one for each map", name, dotted);
        } else if (joined != null && holdsTelling(joined, entry.value())) {
            reportPath(entry.keyPlace(), map, "be one for each map", name, joined);
        } else if (map.others() == Others.REFUSED) {
            report(
                    entry.keyPlace(),
                    map.toString(),
                    "be " + map.children().stream().map(KnownKey::name).collect(Collectors.joining(", ")),
                    name,
                    remedy(map, name, entry.value()));
        } else {
            checkIgnored(section, name, entry);
        }
    }

    private void reportPath(Place place, KnownKey map, String rule, String name, KnownKey known) {
        report(
                place,
                map.toString(),
                rule,
                name,
                "write " + nested(known) + " below each other, each indented; Helm takes "
                        + (name.indexOf('.') < 0 ? "it as one name" : "dots as part of the name"));
    }

    private static String remedy(KnownKey map, String name, Node value) {
        KnownKey nearest = map.children().stream()
                .min(Comparator.comparingInt(known -> KnownNames.distance(known, name)))
                .orElseThrow();
        List<KnownKey> named = KnownNames.named(name);
        List<KnownKey> fitting = named.stream()
                .filter(known -> known.isMap() == value instanceof MappingNode)
                .toList();
        List<KnownKey> elsewhere = fitting.isEmpty() ? named : fitting;
        return elsewhere.isEmpty() || KnownNames.distance(nearest, name) <= 1
                ? "the nearest is " + nearest.name() + "; rename it or remove it"
                : "move it to " + either(elsewhere) + ", or remove it";
    }

    private void checkIgnored(Section section, String name, Entry entry) {
        KnownKey map = section.key();
        KnownKey missed = missed(section, name, entry.value());
        if (missed != null) {
            report(
                    entry.keyPlace(),
                    map.toString(),
                    "not be mistaken for " + missed.name(),
                    name,
                    "rename it to " + missed.name() + ", otherwise it has no effect");
            return;
        }
        for (Entry at = entry; at != null; at = at.under()) {
            List<KnownKey> elsewhere = elsewhere(map, name, at.value());
            if (!elsewhere.isEmpty()) {
                reportMisplaced(at.keyPlace(), map.toString(), name, elsewhere);
                return;
            }
            search(map.pathOf(name), at.value(), at.source());
        }
    }

    private static @Nullable KnownKey missed(Section section, String name, Node value) {
        for (KnownKey known : section.key().children()) {
            Entry there = section.find(known.name());
            boolean isAbsent = there == null || there.isNull();
            // A plural beside the singular is another word, unless it holds the same.
            boolean isPlural =
                    !isAbsent && name.equals(known.name() + "s") && !(known.isMap() && holdsTelling(known, value));
            int near = isAbsent || known.name().length() >= LONG_NAME ? NEAR : 1;
            if (KnownNames.isSpelling(known, name) || (!isPlural && KnownNames.distance(known, name) <= near)) {
                return known;
            }
        }
        return null;
    }

    /** Returns the known keys that a misplaced key can mean; empty if it may belong to another part of CoCalc. */
    private static List<KnownKey> elsewhere(KnownKey map, String name, Node value) {
        boolean isAtTheTop = map == KnownKey.ROOT || map == KnownKey.GLOBAL;
        return KnownNames.named(name).stream()
                .filter(known -> known.isMap()
                        ? holdsTelling(known, value)
                        : KnownNames.isTelling(known.name()) || (isAtTheTop && OURS_AT_THE_TOP.contains(known)))
                .toList();
    }

    private static boolean holdsTelling(KnownKey known, Node value) {
        if (!known.isMap()) {
            return TELLING_LEAVES.contains(known);
        }
        if (value instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                KnownKey child = entry.getKeyNode() instanceof ScalarNode name ? known.child(name.getValue()) : null;
                if (child != null && holdsTelling(child, entry.getValueNode())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Searches the values of other parts of CoCalc for names that only storage has. */
    private void search(String path, Node value, Source source) {
        if (value instanceof SequenceNode list && searched.add(list)) {
            list.getValue().forEach(element -> search(path + "[]", element, source));
        }
        if (!(value instanceof MappingNode map) || !searched.add(map)) {
            return;
        }
        for (NodeTuple entry : map.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                KnownKey whole = findWhole(key.getValue(), entry.getValueNode());
                List<KnownKey> meant =
                        whole != null ? List.of(whole) : ours.computeIfAbsent(key.getValue(), KeyCheck::meantBy);
                if (!meant.isEmpty()) {
                    reportMisplaced(Place.of(source, key), path, key.getValue(), meant);
                } else {
                    search(path + "." + Shown.key(key.getValue()), entry.getValueNode(), source);
                }
            }
        }
    }

    /** Returns our map of that name if it is one with names of claims, below the name of a chart for example. */
    private static @Nullable KnownKey findWhole(String name, Node value) {
        for (KnownKey whole : WHOLE) {
            if (name.equals(whole.name()) && holdsTelling(whole, value)) {
                return whole;
            }
        }
        return null;
    }

    private static List<KnownKey> meantBy(String name) {
        return KnownNames.isTelling(name) ? KnownNames.named(name) : List.of();
    }

    private void reportMisplaced(Place place, String map, String name, List<KnownKey> known) {
        report(place, map, "be in its place", name, "move it to " + either(known) + ", here it has no effect");
    }

    private void report(Place place, String map, String rule, String name, String remedy) {
        problems.add(place, "a key of " + map, rule, () -> MessageText.quoted(name), remedy);
    }

    private static String either(List<KnownKey> known) {
        return known.stream().map(KnownKey::toString).collect(Collectors.joining(" or "));
    }

    private static String nested(KnownKey known) {
        KnownKey above = known.parent();
        return above == null || above == KnownKey.ROOT ? known.name() + ":" : nested(above) + " " + known.name() + ":";
    }
}
