package com.cocalc.storage.json;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.ProjectLicenses;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one document into values. */
final class DocumentReader {

    /**
     * No limits but our own. Names are neither shared nor interned: licence ids differ from project to project, so a
     * table of them would only grow, and a document full of colliding names could not be read.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(LicensesJson.DEEPEST + 1)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String document;
    private final JsonParser parser;

    private DocumentReader(String document, JsonParser parser) {
        this.document = document;
        this.parser = parser;
    }

    static ProjectLicenses read(String document) {
        try (JsonParser parser = JSON.createParser(document)) {
            return new DocumentReader(document, parser).read();
        } catch (IOException e) {
            throw new UncheckedIOException("no text is read from outside here", e);
        }
    }

    private ProjectLicenses read() throws IOException {
        JsonValue value;
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refused("be a JSON object or null", "empty", "write null or {} where there is no licence");
            }
            if (first != JsonToken.START_OBJECT && first != JsonToken.VALUE_NULL) {
                throw refused(
                        "be a JSON object or null",
                        nameOf(first),
                        "write a map of licence id to entry, or null where there is no licence");
            }
            value = value(first, LicensesJson.DEEPEST);
        } catch (JacksonException e) {
            throw broken(e);
        }
        requireEnd();
        return value instanceof JsonObject map ? ProjectLicenses.from(map) : ProjectLicenses.none();
    }

    private void requireEnd() throws IOException {
        String rest;
        try {
            JsonToken next = parser.nextToken();
            if (next == null) {
                return;
            }
            rest = nameOf(next);
        } catch (JacksonException e) {
            rest = "text that is no JSON";
        }
        throw refused("end after its object", "followed by " + rest, "remove what follows");
    }

    private JsonValue value(@Nullable JsonToken token, int levels) throws IOException {
        if (token == null) {
            throw new AssertionError("the parser reports an end within a value itself");
        }
        return switch (token) {
            case VALUE_STRING -> string();
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case START_OBJECT -> object(levelsWithin(levels));
            case START_ARRAY -> array(levelsWithin(levels));
            default -> new JsonNumber(parser.getText());
        };
    }

    private JsonString string() throws IOException {
        String text = parser.getText();
        try {
            return new JsonString(text);
        } catch (InvalidValueException e) {
            throw refused(
                    "be whole Unicode characters",
                    "half of a surrogate pair in a text",
                    "write both halves or U+FFFD in their place");
        }
    }

    private JsonObject object(int levels) throws IOException {
        List<Member> members = new ArrayList<>(4);
        try {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                members.add(new Member(name, value(parser.nextToken(), levels)));
            }
            return new JsonObject(members);
        } catch (InvalidValueException e) {
            throw NameSearch.firstFault(document);
        }
    }

    private JsonArray array(int levels) throws IOException {
        List<JsonValue> elements = new ArrayList<>(4);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token, levels));
        }
        return new JsonArray(elements);
    }

    private int levelsWithin(int levels) {
        if (levels == 0) {
            throw refused(
                    "be nested at most " + LicensesJson.DEEPEST + " deep",
                    "deeper",
                    "remove the entry that is, no licence needs it");
        }
        return levels - 1;
    }

    private MalformedLicensesException refused(String rule, String found, String remedy) {
        JsonStreamContext context = parser.getParsingContext();
        // The parser is already within what starts here.
        boolean starts = parser.hasToken(JsonToken.START_OBJECT) || parser.hasToken(JsonToken.START_ARRAY);
        return new MalformedLicensesException(
                rule, found, Place.of(parser.currentTokenLocation(), starts ? context.getParent() : context), remedy);
    }

    /** The parser's own words are about its settings, and quote more of the document than one character. */
    private MalformedLicensesException broken(JacksonException e) {
        Place place = Place.of(
                e.getLocation() == null ? parser.currentLocation() : e.getLocation(), parser.getParsingContext());
        if (e.getOriginalMessage().contains("surrogate")) {
            // In names the parser itself looks at escapes, in texts it does not.
            return NameSearch.halfPair(place);
        }
        int at = offset(place);
        if (at > 0 && isForbiddenControl(document.charAt(at - 1))) {
            at--; // the parser points behind these
            place = new Place(place.line(), place.column() - 1, place.pointer());
        }
        return new MalformedLicensesException(
                "be JSON",
                at < document.length()
                        ? "no JSON at '" + MessageText.plain(document.substring(at, at + 1)) + "'"
                        : "broken off at its end",
                place,
                "write names and texts in double quotes with control characters as escapes, no comments, no comma before"
                        + " a closing bracket, numbers like 1.5");
    }

    private static boolean isForbiddenControl(char c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t';
    }

    private int offset(Place place) {
        int at = 0;
        for (int line = 1; line < place.line() && at < document.length(); at++) {
            boolean twoInOne = document.startsWith("\r\n", at);
            if (!twoInOne && (document.charAt(at) == '\n' || document.charAt(at) == '\r')) {
                line++;
            }
        }
        return at + place.column() - 1;
    }

    private static String nameOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a number";
        };
    }
}
