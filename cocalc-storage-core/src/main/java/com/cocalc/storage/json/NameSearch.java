package com.cocalc.storage.json;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JsonValue.JsonString;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the name for which a document is refused. The first pass keeps no places of names, so a second pass finds it.
 */
final class NameSearch {

    private NameSearch() {}

    static MalformedLicensesException firstFault(String document) throws IOException {
        Deque<Map<String, Place>> open = new ArrayDeque<>();
        try (JsonParser parser = DocumentReader.JSON.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.push(new HashMap<>());
                } else if (token == JsonToken.END_OBJECT) {
                    open.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    Place here = Place.of(parser.currentTokenLocation(), parser.getParsingContext());
                    if (!isWhole(name)) {
                        return halfPair(here);
                    }
                    Place before = open.element().put(name, here);
                    if (before != null) {
                        return new MalformedLicensesException(
                                "have a name once in an object",
                                "a name twice, first at " + before.lineAndColumn(),
                                here,
                                "remove one of the two");
                    }
                }
            }
        }
        throw new AssertionError("a name was refused that now is fine");
    }

    static MalformedLicensesException halfPair(Place place) {
        return new MalformedLicensesException(
                "be whole Unicode characters",
                "half of a surrogate pair in a name",
                place,
                "write both halves or U+FFFD in their place");
    }

    private static boolean isWhole(String name) {
        try {
            return !new JsonString(name).text().isEmpty() || name.isEmpty();
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
