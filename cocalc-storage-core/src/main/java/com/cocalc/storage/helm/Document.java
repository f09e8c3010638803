package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Makes nodes of text. Nodes have places and never become Java objects, so no tag can create anything. */
final class Document {

    /** How deep values may be nested, aliases unfolded. */
    static final int DEEPEST = 100;

    private static final int LONGEST_WORD = 80;

    private final String text;
    private final Source source;
    private final Problems problems;

    private Document(String text, Source source, Problems problems) {
        this.text = text;
        this.source = source;
        this.problems = problems;
    }

    /** The root of the only document, or null where there is none or where it was refused. */
    static @Nullable Node compose(String text, Source source, Problems problems) {
        return new Document(text, source, problems).compose();
    }

    private @Nullable Node compose() {
        try {
            Node root = new Composer(parser(), ScalarType.RESOLVER, options()).getSingleNode();
            if (root != null && text.indexOf('*') >= 0) {
                Aliases.check(root);
            }
            return root;
        } catch (Aliases.Refused e) {
            refuse(Place.of(source, e.at()), e.rule(), e.found(), e.remedy());
        } catch (ReaderException e) {
            refuseCharacter();
        } catch (MarkedYAMLException e) {
            refuseSyntax(e);
        } catch (YAMLException e) {
            refuseOther(e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The scanner lets some of these through, for example for "\\U99999999".
            refuseOther(new YAMLException("an escape or a number in it has no meaning", e));
        }
        return null;
    }

    private Parser parser() {
        return new ParserImpl(new StreamReader(text), options());
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST - 1); // the composer lets one more pass
        options.setTagInspector(tag -> true); // any tag may stand there, nothing is ever made of it
        options.setCodePointLimit(Integer.MAX_VALUE); // bytes are counted before
        options.setMaxAliasesForCollections(Integer.MAX_VALUE); // what they unfold to is counted after
        return options;
    }

    private void refuse(Place place, String rule, String found, String remedy) {
        problems.add(place, source.name(), rule, found, remedy);
    }

    private void refuseCharacter() {
        int line = 1;
        int column = 1;
        int at = 0;
        while (StreamReader.isPrintable(text.codePointAt(at))) {
            boolean ends = text.charAt(at) == '\n' || (text.charAt(at) == '\r' && !text.startsWith("\r\n", at));
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
            at += Character.charCount(text.codePointAt(at));
        }
        refuse(
                new Place(source.index(), source.name(), line, column),
                "have characters that YAML allows",
                String.format("U+%04X", text.codePointAt(at)),
                "remove it, or write it as an escape in double quotes");
    }

    private void refuseSyntax(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        Place place = mark == null ? new Place(source.index(), source.name(), 1, 1) : Place.of(source, mark);
        if (e instanceof ComposerException && "expected a single document in the stream".equals(e.getContext())) {
            refuse(
                    place,
                    "hold one YAML document",
                    "followed by another one",
                    "remove the line --- and what follows; Helm reads the first document only");
        } else if (isTabbed(place)) {
            refuse(place, "have spaces between keys and values", "spaced with a tab", "replace the tabs in that line");
        } else {
            String words = e.getProblem() == null ? "broken" : e.getProblem();
            refuse(
                    place,
                    "be YAML",
                    "not: " + MessageText.plain(words),
                    "look at the quotes, brackets, colons and spaces there and in the line before");
        }
    }

    /** Whether a tab is what the parser stumbled over, or stands in the indent of that line. */
    private boolean isTabbed(Place place) {
        String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
        int tab = line.indexOf('\t');
        return tab >= 0
                && (line.substring(0, tab).isBlank()
                        || (place.column() <= line.length() && line.charAt(place.column() - 1) == '\t'));
    }

    /** What has no place: too deep, or something that the parser stumbles over. */
    private void refuseOther(YAMLException e) {
        Mark deep = findTooDeep();
        if (deep != null) {
            refuse(
                    Place.of(source, deep),
                    "be nested at most " + DEEPEST + " deep",
                    "deeper",
                    "check that it is the file with the values, no values need it");
        } else {
            String words = e.getMessage() == null
                    ? "broken"
                    : e.getMessage().lines().findFirst().orElse("");
            refuse(
                    new Place(source.index(), source.name(), 1, 1),
                    "be YAML",
                    "not: " + MessageText.plain(words.substring(0, Math.min(words.length(), LONGEST_WORD))),
                    "check the file with another YAML parser");
        }
    }

    private @Nullable Mark findTooDeep() {
        Parser events = parser();
        int depth = 0;
        try {
            while (events.peekEvent() != null) {
                Event event = events.getEvent();
                depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                if (depth > DEEPEST) {
                    return event.getStartMark();
                }
            }
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // broken otherwise
        }
        return null;
    }
}
