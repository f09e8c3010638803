package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;

/** How JSON is written: compact, in ASCII-safe quotes where needed, and with nothing that is no JSON. */
final class JsonText {

    private JsonText() {}

    static String of(JsonValue value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonValue value) {
        if (value instanceof JsonString string) {
            appendQuoted(text, string.text());
        } else if (value instanceof JsonArray array) {
            String separator = "[";
            for (JsonValue element : array.elements()) {
                append(text.append(separator), element);
                separator = ",";
            }
            text.append(array.elements().isEmpty() ? "[]" : "]");
        } else if (value instanceof JsonObject object) {
            String separator = "{";
            for (Member member : object.members()) {
                appendQuoted(text.append(separator), member.name());
                append(text.append(':'), member.value());
                separator = ",";
            }
            text.append(object.members().isEmpty() ? "{}" : "}");
        } else {
            text.append(value);
        }
    }

    private static void appendQuoted(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ') {
                text.append(c);
            } else {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        text.append('"');
    }

    static void requireWhole(String text) {
        requireNonNull(text, "text");
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw InvalidValueException.of(
                            "text",
                            "be whole Unicode characters",
                            MessageText.quoted(text),
                            "replace the half surrogate pair at character " + (i + 1));
                }
                i++;
            }
        }
    }

    static void requireNumber(String digits) {
        requireNonNull(digits, "digits");
        int at = digits.startsWith("-") ? 1 : 0;
        int whole = skipDigits(digits, at);
        boolean number = whole > at && (digits.charAt(at) != '0' || whole == at + 1);
        at = whole;
        if (at < digits.length() && digits.charAt(at) == '.') {
            at = skipDigits(digits, at + 1);
            number &= Character.isDigit(digits.charAt(at - 1));
        }
        if (at < digits.length() && (digits.charAt(at) | 0x20) == 'e') {
            int sign =
                    at + 1 < digits.length() && (digits.charAt(at + 1) == '-' || digits.charAt(at + 1) == '+') ? 1 : 0;
            int exponent = at + 1 + sign;
            at = skipDigits(digits, exponent);
            number &= at > exponent;
        }
        if (!number || at != digits.length()) {
            throw InvalidValueException.of(
                    "JSON number",
                    "follow the grammar of JSON",
                    MessageText.quoted(digits),
                    "write it like 1, -2.5 or 1e9");
        }
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
