package com.cocalc.storage.helm;

import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Bounds what aliases unfold to. In the nodes an alias costs nothing, but whoever walks through them (Helm does) would
 * walk for ever, or through more values than memory holds.
 */
final class Aliases {

    static final long MOST_VALUES = 1_000_000;

    /** What lies below a node. */
    private record Extent(long values, int levels) {}

    private static final Extent SCALAR = new Extent(1, 0);
    /** While a node is looked at, meeting it again means that it holds itself. */
    private static final Extent OPEN = new Extent(0, 0);

    // Nodes are equal only to themselves.
    private final Map<Node, Extent> known = new HashMap<>();

    private Aliases() {}

    /** Why a document is refused. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Node at;
        private final String rule;
        private final String found;
        private final String remedy;

        private Refused(Node at, String rule, String found, String remedy) {
            super(rule, null, false, false);
            this.at = at;
            this.rule = rule;
            this.found = found;
            this.remedy = remedy;
        }

        Node at() {
            return at;
        }

        String rule() {
            return rule;
        }

        String found() {
            return found;
        }

        String remedy() {
            return remedy;
        }
    }

    static void check(Node root) throws Refused {
        new Aliases().extent(root, 0);
    }

    private Extent extent(Node node, int depth) throws Refused {
        if (!(node instanceof CollectionNode<?>)) {
            return SCALAR;
        }
        Extent extent = known.get(node);
        if (OPEN.equals(extent)) { // no other extent has no value
            throw new Refused(
                    node, "hold no value that holds itself", "an anchor with an alias to itself", "remove the alias");
        }
        // The depth is looked at before going down, so that no chain of aliases fills the stack.
        requireLevels(node, depth + (extent == null ? 1 : extent.levels()));
        if (extent == null) {
            known.put(node, OPEN);
            extent = below(node, depth + 1);
            known.put(node, extent);
        }
        return extent;
    }

    private Extent below(Node node, int depth) throws Refused {
        long values = 1;
        int levels = 0;
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                Extent key = extent(entry.getKeyNode(), depth);
                Extent value = extent(entry.getValueNode(), depth);
                values += key.values() + value.values();
                levels = Math.max(levels, Math.max(key.levels(), value.levels()));
                requireValues(node, values);
            }
        } else if (node instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                Extent value = extent(element, depth);
                values += value.values();
                levels = Math.max(levels, value.levels());
                requireValues(node, values);
            }
        }
        return new Extent(values, levels + 1);
    }

    private static void requireLevels(Node node, int levels) throws Refused {
        if (levels > Document.DEEPEST) {
            throw new Refused(
                    node,
                    "be nested at most " + Document.DEEPEST + " deep, aliases unfolded",
                    "deeper",
                    "write out what the aliases stand for");
        }
    }

    private static void requireValues(Node node, long values) throws Refused {
        if (values > MOST_VALUES) {
            throw new Refused(
                    node,
                    "have at most " + MOST_VALUES + " values, aliases unfolded",
                    "more",
                    "remove the aliases; a file like this is made to fill the memory of its reader");
        }
    }
}
