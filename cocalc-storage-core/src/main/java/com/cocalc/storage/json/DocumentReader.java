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
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one document into values. */
final class DocumentReader {

    /**
     * A factory with no limits other than our own. Names are neither shared nor interned: licence ids differ from
     * project to project, so a table of them would only grow, and a document full of colliding names could not be read.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(LicensesJson.DEEPEST + 1)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // they are refused here, at their place
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final String AS_JSON =
            "write names and texts in double quotes with control characters as escapes, no comments, no comma before"
                    + " a closing bracket, numbers like 1.5";

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
            value = value(first);
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

    /** Reads a value with its open levels in a list, so that no depth fills the stack. */
    private JsonValue value(JsonToken first) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        JsonValue done = start(first, open);
        while (!open.isEmpty()) {
            Open last = open.element();
            if (done != null) {
                add(done, last);
            }
            JsonToken token = nextToken();
            if (token == JsonToken.FIELD_NAME) {
                last.name = parser.currentName();
                token = nextToken();
            }
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                open.pop();
                done = ended(last);
            } else {
                done = start(token, open);
            }
        }
        if (done == null) {
            throw new AssertionError("what was opened last was ended last");
        }
        return done;
    }

    private JsonToken nextToken() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new AssertionError("the parser reports an end within a value itself");
        }
        return token;
    }

    /** Returns the value, or null if it was only opened. */
    private @Nullable JsonValue start(JsonToken token, Deque<Open> open) throws IOException {
        return switch (token) {
            case VALUE_STRING -> string();
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case START_OBJECT, START_ARRAY -> {
                requireLevel(open.size());
                open.push(new Open(token == JsonToken.START_OBJECT));
                yield null;
            }
            default -> number();
        };
    }

    private JsonNumber number() throws IOException {
        String text = parser.getText();
        if (parser.isNaN()) {
            throw refused("be JSON", "the number " + text, AS_JSON);
        }
        return new JsonNumber(text);
    }

    private void add(JsonValue value, Open to) throws IOException {
        try {
            if (to.isObject) {
                to.members.add(new Member(to.name, value));
            } else {
                to.elements.add(value);
            }
        } catch (InvalidValueException e) {
            throw NameSearch.firstFault(document);
        }
    }

    private JsonValue ended(Open open) throws IOException {
        try {
            return open.isObject ? new JsonObject(open.members) : new JsonArray(open.elements);
        } catch (InvalidValueException e) {
            throw NameSearch.firstFault(document);
        }
    }

    /** An object or array that has not ended yet. */
    private static final class Open {

        private final boolean isObject;
        private final List<Member> members;
        private final List<JsonValue> elements;
        private String name = "";

        Open(boolean isObject) {
            this.isObject = isObject;
            members = new ArrayList<>(isObject ? 4 : 0);
            elements = new ArrayList<>(isObject ? 0 : 4);
        }
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

    private void requireLevel(int levels) {
        if (levels == LicensesJson.DEEPEST) {
            throw refused(
                    "be nested at most " + LicensesJson.DEEPEST + " deep",
                    "deeper",
                    "remove the entry that is, no licence needs it");
        }
    }

    private MalformedLicensesException refused(String rule, String found, String remedy) {
        JsonStreamContext context = parser.getParsingContext();
        // The parser is already within what starts here.
        boolean starts = parser.hasToken(JsonToken.START_OBJECT) || parser.hasToken(JsonToken.START_ARRAY);
        return new MalformedLicensesException(
                rule, found, Place.of(parser.currentTokenLocation(), starts ? context.getParent() : context), remedy);
    }

    /**
     * Returns the exception for broken JSON. The parser's own message is about its settings, and quotes more of the
     * document than one character.
     */
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
                AS_JSON);
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
