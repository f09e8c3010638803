package com.cocalc.storage.helm;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The files of values, each merged over the previous ones. */
final class Layers {

    private final Problems problems;
    private Section merged = Section.empty(KnownKey.ROOT);

    Layers(Problems problems) {
        this.problems = problems;
    }

    void add(String text, String name) {
        if (isTooLong(text)) {
            problems.add(ValuesFile.tooLong(name));
            return;
        }
        Source source = new Source(problems.currentFile(), name);
        Node root = Document.compose(text.startsWith("\uFEFF") ? text.substring(1) : text, source, problems);
        Section section = root == null ? null : sectionOf(root, source);
        if (section != null) {
            merged.overlay(section);
        }
    }

    Section merged() {
        return merged;
    }

    private static boolean isTooLong(String text) {
        return text.length() > ValuesFile.LONGEST_BYTES / 3
                && text.getBytes(StandardCharsets.UTF_8).length > ValuesFile.LONGEST_BYTES;
    }

    private @Nullable Section sectionOf(Node root, Source source) {
        if (root instanceof MappingNode map) {
            return Section.of(KnownKey.ROOT, map, source, problems);
        }
        if (!(root instanceof ScalarNode scalar) || ScalarType.of(scalar) != ScalarType.NULL) {
            problems.add(
                    Place.of(source, root),
                    source.name(),
                    "be a map of keys",
                    Shown.value(root),
                    "start it with a key such as global:");
        }
        return null;
    }
}
