package com.cocalc.storage.json;

import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param pointer the JSON pointer (RFC 6901) of the value there; empty for the document itself
 */
record Place(int line, int column, String pointer) {

    static final Place START = new Place(1, 1, "");

    static Place of(JsonLocation location, @Nullable JsonStreamContext context) {
        return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), pointerOf(context));
    }

    private static String pointerOf(@Nullable JsonStreamContext context) {
        StringBuilder pointer = new StringBuilder();
        for (JsonStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
            if (at.inArray()) {
                pointer.insert(0, "/" + Math.max(0, at.getCurrentIndex()));
            } else if (at.getCurrentName() != null) {
                pointer.insert(0, "/" + at.getCurrentName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    String lineAndColumn() {
        return "line " + line + ", column " + column;
    }

    /** Returns the place for a message, with the names in the pointer escaped. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? lineAndColumn() : lineAndColumn() + ", at " + MessageText.quoted(pointer);
    }
}
