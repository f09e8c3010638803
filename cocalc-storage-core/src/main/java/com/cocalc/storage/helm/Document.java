package com.cocalc.storage.helm;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.yaml.YamlText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Parses text into nodes. Nodes have places and never become Java objects, so no tag can create anything. */
final class Document {

    /** The largest depth of nested values, with aliases expanded. */
    static final int DEEPEST = 100;

    static final String LOOK_AROUND = "look at the quotes, brackets, colons and spaces there and in the line before";

    private static final int LONGEST_WORD = 80;

    /** A directive that Helm's parser does not take, after comments and other directives. */
    private static final Pattern OTHER_DIRECTIVE =
            Pattern.compile("(?:(?:[ ]*+#.*+|%TAG\\s.*+|%YAML[ \\t]++1\\.1(?=\\s|$).*+|[ ]*+)\\R)*+"
                    + "(%YAML[ \\t]++(?!1\\.1(?:\\s|$))\\S*+|%(?!TAG\\s|YAML\\s)\\S*+)");

    private final String text;
    private final Source source;
    private final Problems problems;

    private Document(String text, Source source, Problems problems) {
        this.text = text;
        this.source = source;
        this.problems = problems;
    }

    /** Returns the root of the only document, or null if there is none or it was refused. */
    static @Nullable Node compose(String text, Source source, Problems problems) {
        return new Document(text, source, problems).compose();
    }

    private @Nullable Node compose() {
        int forbidden = YamlText.findForbidden(text);
        if (forbidden >= 0) {
            refuseCharacter(forbidden);
            return null;
        }
        if (text.startsWith("\uFEFF")) {
            refuseCharacter(0);
            return null;
        }
        Matcher directive = OTHER_DIRECTIVE.matcher(text);
        if (directive.lookingAt()) {
            refuseDirective(directive.start(1), directive.group(1));
            return null;
        }
        try {
            return NodeReader.read(YamlText.parser(text), text.indexOf('*') >= 0);
        } catch (Refused e) {
            refuse(Place.of(source, e.at()), e.rule(), e.found(), e.remedy());
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

    private void refuse(Place place, String rule, String found, String remedy) {
        problems.add(place, source.name(), rule, found, remedy);
    }

    private void refuseCharacter(int at) {
        refuse(
                Place.of(source, YamlText.markOf(text, at)),
                "have characters that YAML allows",
                String.format("U+%04X", text.codePointAt(at)),
                "remove it, or write it as an escape in double quotes");
    }

    private void refuseDirective(int at, String directive) {
        Place place = Place.of(source, YamlText.markOf(text, at));
        String found = MessageText.quoted(directive);
        if (directive.startsWith("%YAML")) {
            refuse(
                    place,
                    "be YAML 1.1 where it names a version",
                    found,
                    "remove that line and the --- after it, which Helm does not read");
        } else {
            refuse(place, "have no directive that Helm does not know", found, "remove that line");
        }
    }

    private void refuseSyntax(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        Place place = mark == null ? new Place(source.index(), source.name(), 1, 1) : Place.of(source, mark);
        if (isTabbed(place)) {
            refuse(place, "have spaces between keys and values", "spaced with a tab", "replace the tabs in that line");
        } else {
            String words = e.getProblem() == null ? "broken" : e.getProblem();
            refuse(place, "be YAML", "not: " + MessageText.plain(words), LOOK_AROUND);
        }
    }

    /** Returns whether a tab is what the parser refuses. */
    private boolean isTabbed(Place place) {
        String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
        return line.codePoints().skip(place.column() - 1L).findFirst().orElse(0) == '\t';
    }

    /** Reports a problem that has no place. */
    private void refuseOther(YAMLException e) {
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
