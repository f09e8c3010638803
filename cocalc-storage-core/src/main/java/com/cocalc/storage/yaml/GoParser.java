package com.cocalc.storage.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * Refuses what the parser of the library takes, and Go's parser (that of Helm and kubectl) refuses or reads as another
 * value: <code>{a:[b]}</code>, where for Go the colon belongs to the name, some anchors and some escapes.
 */
final class GoParser implements Parser {

    private static final Pattern ANCHOR = Pattern.compile("[0-9A-Za-z_-]++");

    private final YamlText text;
    private final Parser parser;
    private final Deque<Level> open = new ArrayDeque<>();

    GoParser(YamlText text, Parser parser) {
        this.text = text;
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        Event event = parser.getEvent();
        if (event instanceof NodeEvent node) {
            checkName(node);
            checkAnchor(node);
            checkEscapes(node);
        }
        if (event instanceof CollectionStartEvent start) {
            open.push(new Level(start));
        } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
            open.pop();
        }
        text.forgetBefore(event.getStartMark().getIndex());
        return event;
    }

    private void checkName(NodeEvent event) {
        Level level = open.peek();
        if (level == null || !level.isMap) {
            return;
        }
        if (level.name == null) {
            level.name = event;
            return;
        }
        boolean isPlain = level.name instanceof ScalarEvent name && name.isPlain();
        if (isPlain && level.isFlow && text.isTightColon(event.getStartMark().getIndex() - 1)) {
            throw refused("expected a blank after ':'", before(event.getStartMark()));
        }
        level.name = null;
    }

    private static void checkAnchor(NodeEvent event) {
        String anchor = event.getAnchor();
        if (anchor != null && !ANCHOR.matcher(anchor).matches()) {
            throw refused("an anchor of other characters than letters, digits, '-' and '_'", event.getStartMark());
        }
    }

    private void checkEscapes(NodeEvent event) {
        if (event instanceof ScalarEvent scalar
                && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                && text.hasHalfEscape(scalar.getStartMark(), scalar.getEndMark())) {
            throw refused("an escape of half a character", event.getStartMark());
        }
    }

    private static ParserException refused(String problem, Mark at) {
        return new ParserException(null, null, problem, at);
    }

    private static Mark before(Mark mark) {
        return new Mark(
                mark.getName(),
                mark.getIndex() - 1,
                mark.getLine(),
                mark.getColumn() - 1,
                mark.getBuffer(),
                mark.getPointer());
    }

    /** A list or a map that has not ended yet. */
    private static final class Level {

        private final boolean isMap;
        private final boolean isFlow;
        /** The name whose value is next. */
        private @Nullable NodeEvent name;

        Level(CollectionStartEvent start) {
            isMap = start instanceof MappingStartEvent;
            isFlow = start.isFlow();
        }
    }
}
