package com.cocalc.storage;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;

/** Values from well-formed JSON text, so that cases can be written as the database has them. */
final class JsonOf {

    private final String text;
    private int at;

    private JsonOf(String text) {
        this.text = text;
    }

    static JsonValue text(String text) {
        JsonOf reader = new JsonOf(text);
        JsonValue value = reader.value();
        reader.skipBlanks();
        if (reader.at != text.length()) {
            throw new AssertionError("text after the value at " + reader.at + ": " + text);
        }
        return value;
    }

    static ProjectLicenses licenses(String text) {
        return ProjectLicenses.from((JsonObject) text(text));
    }

    static LicenseQuota quota(String text) {
        return LicenseQuota.from((JsonObject) text(text));
    }

    private JsonValue value() {
        skipBlanks();
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            default -> word();
        };
    }

    private JsonValue object() {
        List<Member> members = new ArrayList<>();
        at++;
        while (!taken('}')) {
            taken(',');
            skipBlanks();
            String name = string();
            if (!taken(':')) {
                throw new AssertionError("no colon at " + at + ": " + text);
            }
            members.add(new Member(name, value()));
        }
        return new JsonObject(members);
    }

    private JsonValue array() {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        while (!taken(']')) {
            taken(',');
            elements.add(value());
        }
        return new JsonArray(elements);
    }

    private JsonValue word() {
        int start = at;
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "null" -> JsonNull.NULL;
            case "true" -> JsonBoolean.TRUE;
            case "false" -> JsonBoolean.FALSE;
            default -> new JsonNumber(word);
        };
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            if (c != '\\') {
                string.append(c);
            } else if (text.charAt(at) == 'u') {
                string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 5;
            } else {
                char escaped = text.charAt(at++);
                string.append(escaped == 'n' ? '\n' : escaped);
            }
        }
        return string.toString();
    }

    private boolean taken(char c) {
        skipBlanks();
        if (text.charAt(at) != c) {
            return false;
        }
        at++;
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && " \n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
