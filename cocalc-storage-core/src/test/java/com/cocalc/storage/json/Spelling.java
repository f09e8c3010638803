package com.cocalc.storage.json;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.List;

/** One of many ways to write a document: with blanks and escapes that mean nothing. */
final class Spelling {

    private static final List<String> BLANKS = List.of("", " ", "\n", "\r\n", "\t", "  \n ");

    private final List<Integer> choices;
    private int at;

    Spelling(List<Integer> choices) {
        this.choices = choices;
    }

    String of(JsonValue value) {
        return blank() + spelled(value) + blank();
    }

    private String spelled(JsonValue value) {
        if (value instanceof JsonString string) {
            return quoted(string.text());
        }
        StringBuilder text = new StringBuilder();
        if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                text.append(text.isEmpty() ? "" : ",").append(of(element));
            }
            return "[" + blank() + text + "]";
        }
        if (value instanceof JsonObject object) {
            for (Member member : object.members()) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(blank())
                        .append(quoted(member.name()))
                        .append(blank())
                        .append(':')
                        .append(of(member.value()));
            }
            return "{" + blank() + text + "}";
        }
        return value.toString();
    }

    private String quoted(String string) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            // A pair of one half as it is and one escaped cannot be written in UTF-8.
            if (c < ' ' || c == '"' || c == '\\' || (next() % 5 == 0 && !Character.isSurrogate(c))) {
                text.append(String.format(next() % 2 == 0 ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private String blank() {
        return BLANKS.get(next() % BLANKS.size());
    }

    private int next() {
        return choices.get(at++ % choices.size());
    }
}
