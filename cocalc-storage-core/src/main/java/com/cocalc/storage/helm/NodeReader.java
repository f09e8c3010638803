package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Builds nodes from events: for the maps of known keys and what an alias can bring there, all of them; for everything
 * else, only the keys that could be misplaced known keys. A node takes a hundred times the memory of its text.
 *
 * <p>It also limits what aliases expand to. An alias takes no memory here, but a program that walks through the values
 * (as Helm does) might not end, or might meet more values than memory holds.
 */
final class NodeReader {

    static final long MOST_VALUES = 1_000_000;

    /** The largest number of nodes; more are refused before they fill the memory. */
    static final int MOST_KEPT = 150_000;

    /** Values in which nothing is read: neither null nor a map, and a map. */
    private static final SequenceNode IGNORED = new SequenceNode(Tag.SEQ, List.of(), FlowStyle.FLOW);

    private static final MappingNode IGNORED_MAP = new MappingNode(Tag.MAP, List.of(), FlowStyle.FLOW);

    /** The value of an anchor, or nothing while that value is read. */
    private record Anchored(Mark start, @Nullable Node node, long values, int levels) {}

    /** The part of a value that is kept. */
    private sealed interface Wanted permits All, Merged, Ours, Traces {}

    private record All() implements Wanted {}

    /** All of a map, or of a list of maps. */
    private record Merged() implements Wanted {}

    private record Ours(KnownKey map) implements Wanted {}

    private record Traces() implements Wanted {}

    private static final Wanted ALL = new All();
    private static final Wanted MERGED = new Merged();
    private static final Wanted TRACES = new Traces();

    private final Parser parser;
    private final boolean hasAliases;
    private final Map<String, Anchored> anchors = new HashMap<>();
    /** The number of values so far, with aliases expanded. */
    private long values;

    private int kept;
    private int deepest;

    private NodeReader(Parser parser, boolean hasAliases) {
        this.parser = parser;
        this.hasAliases = hasAliases;
    }

    /** Returns the only document, or null if there is none. */
    static @Nullable Node read(Parser parser, boolean hasAliases) throws Refused {
        return new NodeReader(parser, hasAliases).document();
    }

    private @Nullable Node document() throws Refused {
        parser.getEvent(); // the start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return null;
        }
        parser.getEvent(); // the start of the document
        Node root = value(new Ours(KnownKey.ROOT), 0);
        parser.getEvent(); // its end
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new Refused(
                    parser.peekEvent().getStartMark(),
                    "hold one YAML document",
                    "followed by another one",
                    "remove the line --- and what follows; Helm 3 reads the first document only, Helm 4 reads all of them");
        }
        return root;
    }

    private Node value(Wanted wanted, int depth) throws Refused {
        if (wanted == MERGED) {
            requireMap(true);
        }
        NodeEvent event = (NodeEvent) parser.getEvent();
        if (event instanceof AliasEvent alias) {
            return aliased(alias, depth);
        }
        String anchor = hasAliases ? event.getAnchor() : null;
        if (anchor == null) {
            return value(event, wanted, depth);
        }
        long before = values;
        int deepestBefore = deepest;
        deepest = depth;
        anchors.put(anchor, new Anchored(event.getStartMark(), null, 0, 0));
        Node node = value(event, wanted == MERGED ? MERGED : ALL, depth);
        anchors.put(anchor, new Anchored(event.getStartMark(), node, values - before, deepest - depth));
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private Node aliased(AliasEvent alias, int depth) throws Refused {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw new Refused(
                    alias.getStartMark(),
                    "be YAML",
                    "not: found undefined alias " + MessageText.plain(alias.getAnchor()),
                    Document.LOOK_AROUND);
        }
        if (anchored.node() == null) {
            throw new Refused(
                    anchored.start(),
                    "hold no value that holds itself",
                    "an anchor with an alias to itself",
                    "remove the alias");
        }
        if (depth + anchored.levels() > Document.DEEPEST) {
            throw new Refused(
                    alias.getStartMark(),
                    "be nested at most " + Document.DEEPEST + " deep, with aliases expanded",
                    "deeper",
                    "write out what the aliases stand for");
        }
        values += anchored.values();
        deepest = Math.max(deepest, depth + anchored.levels());
        if (values > MOST_VALUES) {
            throw new Refused(
                    alias.getStartMark(),
                    "have at most " + MOST_VALUES + " values, with aliases expanded",
                    "more",
                    "remove the aliases; a file like this is made to fill the memory of its reader");
        }
        return anchored.node();
    }

    private Node value(NodeEvent event, Wanted wanted, int depth) throws Refused {
        values++;
        if (wanted != TRACES) {
            keep(event.getStartMark());
        }
        if (event instanceof ScalarEvent scalar) {
            Unreadable.refuse(scalar);
            return scalar(scalar);
        }
        if (depth == Document.DEEPEST) {
            throw new Refused(
                    event.getStartMark(),
                    "be nested at most " + Document.DEEPEST + " deep",
                    "deeper",
                    "check that it is the file with the values, no values need it");
        }
        deepest = Math.max(deepest, depth + 1);
        return event instanceof MappingStartEvent map
                ? map(map, wanted == MERGED ? ALL : wanted, depth + 1)
                : list((CollectionStartEvent) event, wanted, depth + 1);
    }

    private void keep(Mark at) throws Refused {
        if (++kept > MOST_KEPT) {
            throw new Refused(
                    at,
                    "have at most " + MOST_KEPT + " keys and values about storage or with anchors",
                    "more",
                    "check that it is the file with the values, no values need as many");
        }
    }

    /** An exclamation mark alone makes a text, as quotes do. */
    private static ScalarNode scalar(ScalarEvent event) {
        if ("!".equals(event.getTag())) {
            return new ScalarNode(
                    Tag.STR,
                    true,
                    event.getValue(),
                    event.getStartMark(),
                    event.getStartMark(),
                    ScalarStyle.SINGLE_QUOTED);
        }
        boolean isTagged = event.getTag() != null;
        Tag tag = isTagged
                ? new Tag(event.getTag())
                : ScalarType.impliedTag(event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
        return new ScalarNode(
                tag, !isTagged, event.getValue(), event.getStartMark(), event.getStartMark(), event.getScalarStyle());
    }

    private static Tag tag(CollectionStartEvent event, Tag implied) {
        return event.getTag() == null || event.getTag().equals("!") ? implied : new Tag(event.getTag());
    }

    private SequenceNode list(CollectionStartEvent event, Wanted wanted, int depth) throws Refused {
        List<Node> elements = new ArrayList<>(0);
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            if (wanted == MERGED) {
                requireMap(false);
                elements.add(value(ALL, depth));
            } else if (wanted == ALL) {
                elements.add(value(ALL, depth));
            } else if (!skipScalar()) {
                Node element = value(TRACES, depth);
                if (holdsNames(element)) {
                    elements.add(element);
                }
            }
        }
        Mark end = parser.getEvent().getEndMark();
        if (wanted == TRACES && elements.isEmpty()) {
            return IGNORED;
        }
        return new SequenceNode(tag(event, Tag.SEQ), true, elements, event.getStartMark(), end, FlowStyle.FLOW);
    }

    /** Skips the next value if it is a scalar without an anchor, and returns whether it did. */
    private boolean skipScalar() throws Refused {
        if (parser.peekEvent() instanceof ScalarEvent scalar && (!hasAliases || scalar.getAnchor() == null)) {
            Unreadable.refuse(scalar);
            parser.getEvent();
            values++;
            return true;
        }
        return false;
    }

    /** Skips the next value if it is a scalar without an anchor that is not null, and returns whether it did. */
    private boolean skipText() throws Refused {
        boolean isNull =
                parser.peekEvent() instanceof ScalarEvent scalar && ScalarType.of(scalar(scalar)) == ScalarType.NULL;
        return !isNull && skipScalar();
    }

    private MappingNode map(MappingStartEvent event, Wanted wanted, int depth) throws Refused {
        List<NodeTuple> entries = new ArrayList<>(0);
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            if (wanted == TRACES) {
                trace(entries, depth);
            } else {
                Event start = parser.peekEvent();
                Node key = value(wanted == ALL ? ALL : TRACES, depth);
                Unreadable.refuseName(start, key);
                Wanted next = wantedOf(wanted, key);
                entries.add(new NodeTuple(key, next == TRACES && skipText() ? IGNORED : value(next, depth)));
            }
        }
        Mark end = parser.getEvent().getEndMark();
        if (wanted == TRACES && entries.isEmpty()) {
            return IGNORED_MAP;
        }
        return new MappingNode(tag(event, Tag.MAP), true, entries, event.getStartMark(), end, FlowStyle.FLOW);
    }

    /** Requires that a map follows; not even an alias of a list of maps is merged. */
    private void requireMap(boolean orList) throws Refused {
        Event next = parser.peekEvent();
        Anchored anchored = next instanceof AliasEvent alias ? anchors.get(alias.getAnchor()) : null;
        Node node = next instanceof ScalarEvent scalar ? scalar(scalar) : anchored == null ? null : anchored.node();
        boolean isList = node instanceof SequenceNode || (!orList && next instanceof SequenceStartEvent);
        if (isList || node instanceof ScalarNode) {
            throw new Refused(
                    next.getStartMark(),
                    "merge a map or a list of maps",
                    node instanceof ScalarNode ? Shown.value(node) : "a list",
                    "merge an alias of a map");
        }
    }

    private Wanted wantedOf(Wanted holder, Node key) throws Refused {
        if (!(holder instanceof Ours ours)) {
            return key.getTag().equals(Tag.MERGE) ? MERGED : holder;
        }
        keep(key.getStartMark());
        if (key.getTag().equals(Tag.MERGE)) {
            return MERGED;
        }
        KnownKey known = key instanceof ScalarNode scalar ? ours.map().child(scalar.getValue()) : null;
        return known == null ? TRACES : new Ours(known);
    }

    private static boolean isMerge(Event name) {
        return name instanceof ScalarEvent scalar
                && scalar.getValue().equals("<<")
                && scalar(scalar).getTag().equals(Tag.MERGE);
    }

    /** Keeps an entry whose key, or a key below it, could be one of ours. */
    private void trace(List<NodeTuple> entries, int depth) throws Refused {
        Event next = parser.peekEvent();
        Node key = skipScalar() ? null : value(TRACES, depth);
        Unreadable.refuseName(next, key);
        boolean isMerge = isMerge(next);
        boolean isName = next instanceof ScalarEvent scalar && KnownNames.isOneOf(scalar.getValue());
        if (!isName && !isMerge && skipScalar()) {
            return;
        }
        Node value = value(isMerge ? MERGED : TRACES, depth);
        if (next instanceof ScalarEvent scalar && (isName || holdsNames(value))) {
            entries.add(new NodeTuple(key == null ? scalar(scalar) : key, value));
        }
    }

    /** Returns whether a key that could be a known key was kept in the value. */
    private static boolean holdsNames(Node value) {
        return value instanceof MappingNode map
                ? !map.getValue().isEmpty()
                : value instanceof SequenceNode list && !list.getValue().isEmpty();
    }
}
