package com.cocalc.storage;

/** A piece of stored JSON in a sentence: short, in one line, with its odd characters escaped. */
final class Clipped {

    private Clipped() {}

    static String of(JsonValue value) {
        if (value instanceof JsonValue.JsonString string) {
            return "the text " + Quoted.of(string.text());
        }
        return Quoted.json(value.toString());
    }
}
