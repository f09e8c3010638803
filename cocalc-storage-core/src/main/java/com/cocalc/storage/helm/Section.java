package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A map of a known key: what it says after merge keys, and after later files. */
final class Section {

    /**
     * A key with its value.
     *
     * @param source where it was written
     * @param key its key
     * @param value its value
     * @param section the value as a map, where this key is one that holds known keys
     */
    record Entry(
            Source source, Node key, Node value, @Nullable Section section) {

        boolean isNull() {
            return value instanceof ScalarNode scalar && ScalarType.of(scalar) == ScalarType.NULL;
        }

        Place keyPlace() {
            return Place.of(source, key);
        }

        Place place() {
            return Place.of(source, value);
        }
    }

    private final KnownKey key;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Section(KnownKey key) {
        this.key = key;
    }

    static Section empty(KnownKey key) {
        return new Section(key);
    }

    static Section of(KnownKey key, MappingNode map, Source source, Problems problems) {
        Section section = new Section(key);
        section.requireUntagged(map, source, problems);
        section.fill(map, source, problems);
        return section;
    }

    KnownKey key() {
        return key;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }

    /** Helm's way: a later value wins, two maps are merged, null takes away what is there. */
    void overlay(Section later) {
        later.entries.forEach((name, entry) -> {
            Entry earlier = entries.get(name);
            if (earlier == null) {
                entries.put(name, entry);
            } else if (entry.isNull()) {
                entries.remove(name);
            } else if (earlier.section() != null && entry.section() != null) {
                earlier.section().overlay(entry.section());
            } else {
                entries.put(name, entry);
            }
        });
    }

    /** Own keys come first and stay, so that they win over merged ones, and an earlier merged map over a later one. */
    private void fill(MappingNode map, Source source, Problems problems) {
        Map<String, Node> own = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (keyNode.getTag().equals(Tag.MERGE)) {
                continue;
            }
            if (!(keyNode instanceof ScalarNode scalar)) {
                refuseKey(keyNode, source, problems);
                continue;
            }
            String name = scalar.getValue();
            Node before = own.put(name, keyNode);
            if (before != null) {
                problems.add(
                        Place.of(source, keyNode),
                        key.pathOf(name),
                        "stand once",
                        "there before, in line " + (before.getStartMark().getLine() + 1),
                        "remove one of the two; for Helm the earlier one has no effect");
            }
            KnownKey child = key.child(name);
            if (child != null && ScalarType.of(scalar) == ScalarType.TAGGED) {
                problems.add(
                        Place.of(source, keyNode),
                        "the key " + child,
                        "have no tag",
                        Shown.value(keyNode),
                        "remove the tag");
            }
            if (!entries.containsKey(name)) {
                entries.put(name, entry(child, keyNode, tuple.getValueNode(), source, problems));
            }
        }
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode(), source, problems);
            }
        }
    }

    private static Entry entry(@Nullable KnownKey child, Node keyNode, Node value, Source source, Problems problems) {
        Section section = child != null && child.isMap() && value instanceof MappingNode map
                ? of(child, map, source, problems)
                : null;
        return new Entry(source, keyNode, value, section);
    }

    private void merge(Node merged, Source source, Problems problems) {
        List<Node> maps = merged instanceof SequenceNode list ? list.getValue() : List.of(merged);
        for (Node map : maps) {
            if (map instanceof MappingNode mapping) {
                fill(mapping, source, problems);
            } else {
                problems.add(
                        Place.of(source, map),
                        key.pathOf("<<"),
                        "be a map or a list of maps",
                        Shown.value(map),
                        "merge an alias of a map");
            }
        }
    }

    private void requireUntagged(MappingNode map, Source source, Problems problems) {
        if (!map.getTag().equals(Tag.MAP)) {
            problems.add(
                    Place.of(source, map),
                    key.toString(),
                    "have no tag",
                    "tagged " + MessageText.quoted(map.getTag().getValue()),
                    "remove the tag");
        }
    }

    private void refuseKey(Node keyNode, Source source, Problems problems) {
        if (key.others() == KnownKey.Others.REFUSED) {
            problems.add(Place.of(source, keyNode), "a key of " + key, "be a text", Shown.value(keyNode), "remove it");
        }
    }
}
