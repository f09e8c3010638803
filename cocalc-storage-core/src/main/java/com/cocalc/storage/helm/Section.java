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

/** The map of a known key, after merge keys and later files were applied. */
final class Section {

    /**
     * A key with its value.
     *
     * @param source the file of the key
     * @param key the key
     * @param value the value
     * @param section the value as a map, if this key contains known keys
     * @param under the entry of an earlier file, if the key is unknown and both are maps, as Helm merges them
     */
    record Entry(
            Source source,
            Node key,
            Node value,
            @Nullable Section section,
            @Nullable Entry under) {

        Entry over(Entry earlier) {
            return new Entry(source, key, value, section, earlier);
        }

        boolean isMap() {
            return value instanceof MappingNode;
        }

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

    /** Merges a later section as Helm does: a later value wins, also null, and two maps are merged. */
    void overlay(Section later) {
        later.entries.forEach((name, entry) -> {
            Entry earlier = entries.get(name);
            if (earlier == null) {
                entries.put(name, entry);
            } else if (entry.isNull() && key.child(name) == null) {
                entries.remove(name); // nobody reads it, so it is as if it were not there
            } else if (earlier.section() != null && entry.section() != null) {
                earlier.section().overlay(entry.section());
            } else if (key.child(name) == null && earlier.isMap() && entry.isMap()) {
                entries.put(name, entry.over(earlier));
            } else {
                entries.put(name, entry);
            }
        });
    }

    /**
     * Adds the entries of a map. Its own keys come first and stay, so they override merged ones, and an earlier merged
     * map overrides a later one.
     */
    private void fill(MappingNode map, Source source, Problems problems) {
        Map<String, Node> own = new LinkedHashMap<>();
        Node mergeKey = null;
        for (NodeTuple tuple : map.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (keyNode.getTag().equals(Tag.MERGE)) {
                if (mergeKey != null) {
                    refuseSecondMerge(keyNode, mergeKey, source, problems);
                }
                mergeKey = keyNode;
                requireBehind(tuple.getValueNode(), own, source, problems);
                continue;
            }
            if (!(keyNode instanceof ScalarNode scalar)) {
                continue; // it was refused before
            }
            String name = scalar.getValue();
            Node before = own.put(name, keyNode);
            if (before != null) {
                problems.add(
                        Place.of(source, keyNode),
                        key.pathOf(name),
                        "stand once",
                        "there before, in line " + Place.of(source, before).line(),
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

    private void refuseSecondMerge(Node second, Node first, Source source, Problems problems) {
        problems.add(
                Place.of(source, second),
                key.pathOf("<<"),
                "stand once",
                "there before, in line " + Place.of(source, first).line(),
                "write one with a list of maps, of which the first one wins");
    }

    /** Refuses keys before a merge key that it brings as well: for YAML they override it, for Helm it does. */
    private void requireBehind(Node merged, Map<String, Node> own, Source source, Problems problems) {
        own.forEach((name, keyNode) -> {
            if (key.child(name) != null && brings(merged, name)) {
                problems.add(
                        Place.of(source, keyNode),
                        key.pathOf(name),
                        "stand after the merge key << of its map",
                        "before it",
                        "put << first in its map; for Helm the merged value replaces this one");
            }
        });
    }

    private static boolean brings(Node merged, String name) {
        if (merged instanceof SequenceNode list) {
            return list.getValue().stream().anyMatch(map -> brings(map, name));
        }
        return merged instanceof MappingNode map
                && map.getValue().stream()
                        .anyMatch(tuple -> tuple.getKeyNode().getTag().equals(Tag.MERGE)
                                ? brings(tuple.getValueNode(), name)
                                : tuple.getKeyNode() instanceof ScalarNode scalar
                                        && scalar.getValue().equals(name));
    }

    private static Entry entry(@Nullable KnownKey child, Node keyNode, Node value, Source source, Problems problems) {
        Section section = child != null && child.isMap() && value instanceof MappingNode map
                ? of(child, map, source, problems)
                : null;
        return new Entry(source, keyNode, value, section, null);
    }

    private void merge(Node merged, Source source, Problems problems) {
        List<Node> maps = merged instanceof SequenceNode list ? list.getValue() : List.of(merged);
        for (Node map : maps) {
            fill((MappingNode) map, source, problems);
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
}
