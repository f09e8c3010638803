package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.JsonGrammar;
import com.cocalc.storage.text.UnicodeText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that fits no other type of this model and is kept without loss: numbers with their digits, members in
 * their order.
 *
 * <p>{@code toString()} is its JSON text in one line. Two values are equal if their texts are.
 */
public sealed interface JsonValue {

    /** The value {@code null}. */
    enum JsonNull implements JsonValue {
        /** The only value. */
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    /** A boolean. */
    enum JsonBoolean implements JsonValue {
        /** {@code true}. */
        TRUE,
        /** {@code false}. */
        FALSE;

        @Override
        public String toString() {
            return this == TRUE ? "true" : "false";
        }
    }

    /**
     * A number as it is written: {@code 1.0} stays {@code 1.0}, and {@code 1e400} does not become infinity.
     *
     * @param digits a number after the grammar of JSON
     */
    record JsonNumber(String digits) implements JsonValue {

        /**
         * Checks the digits.
         *
         * @param digits a number after the grammar of JSON
         * @throws InvalidValueException if they are not a JSON number
         */
        public JsonNumber {
            requireNonNull(digits, "digits");
            if (!JsonGrammar.isNumber(digits)) {
                throw InvalidValueException.of(
                        "JSON number",
                        "follow the grammar of JSON",
                        MessageText.quoted(digits),
                        "write it like 1, -2.5 or 1e9");
            }
        }

        @Override
        public String toString() {
            return digits;
        }
    }

    /**
     * A string.
     *
     * @param text whole Unicode characters
     */
    record JsonString(String text) implements JsonValue {

        /**
         * Checks the text.
         *
         * @param text whole Unicode characters
         * @throws InvalidValueException if it contains an unpaired surrogate
         */
        public JsonString {
            requireWhole(text);
        }

        @Override
        public String toString() {
            return compact(this);
        }
    }

    /**
     * A list of values.
     *
     * @param elements the values
     */
    record JsonArray(List<JsonValue> elements) implements JsonValue {

        /**
         * Takes a copy.
         *
         * @param elements the values
         * @throws NullPointerException if an element is null
         */
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return compact(this);
        }
    }

    /**
     * A name with its value.
     *
     * @param name whole Unicode characters
     * @param value the value
     */
    record Member(String name, JsonValue value) {

        /**
         * Checks the name.
         *
         * @param name whole Unicode characters
         * @param value the value
         * @throws InvalidValueException if it contains an unpaired surrogate
         */
        public Member {
            requireWhole(name);
            requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return compact(new JsonObject(List.of(this)));
        }
    }

    /**
     * An object, with its members in the order in which they are written.
     *
     * @param members the members, of which no two have the same name
     */
    record JsonObject(List<Member> members) implements JsonValue {

        /** Up to this number of members, a comparison of all pairs is faster than a set. */
        private static final int FEW = 12;

        /**
         * Takes a copy.
         *
         * @param members the members, of which no two have the same name
         * @throws InvalidValueException if two members have the same name
         */
        public JsonObject {
            members = List.copyOf(members);
            String twice = findTwice(members);
            if (twice != null) {
                throw InvalidValueException.of(
                        "names of a JSON object",
                        "differ",
                        MessageText.quoted(twice) + " twice",
                        "remove one of the members");
            }
        }

        private static @Nullable String findTwice(List<Member> members) {
            int size = members.size();
            if (size <= FEW) {
                for (int i = 1; i < size; i++) {
                    String name = members.get(i).name();
                    for (int j = 0; j < i; j++) {
                        if (name.equals(members.get(j).name())) {
                            return name;
                        }
                    }
                }
                return null;
            }
            Set<String> names = new HashSet<>(size * 2);
            for (Member member : members) {
                if (!names.add(member.name())) {
                    return member.name();
                }
            }
            return null;
        }

        /**
         * Finds a member by its name.
         *
         * @param name its name
         * @return its value, if there is such a member
         */
        public Optional<JsonValue> find(String name) {
            for (Member member : members) {
                if (member.name().equals(name)) {
                    return Optional.of(member.value());
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return compact(this);
        }
    }

    private static void requireWhole(String text) {
        requireNonNull(text, "text");
        int half = UnicodeText.indexOfHalf(text);
        if (half >= 0) {
            throw InvalidValueException.of(
                    "text",
                    "be whole Unicode characters",
                    MessageText.quoted(text),
                    "replace the half surrogate pair at character " + (half + 1));
        }
    }

    private static String compact(JsonValue value) {
        StringBuilder json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    private static void append(StringBuilder json, JsonValue value) {
        if (value instanceof JsonString string) {
            JsonGrammar.appendQuoted(json, string.text());
        } else if (value instanceof JsonArray array) {
            String separator = "[";
            for (JsonValue element : array.elements()) {
                append(json.append(separator), element);
                separator = ",";
            }
            json.append(array.elements().isEmpty() ? "[]" : "]");
        } else if (value instanceof JsonObject object) {
            String separator = "{";
            for (Member member : object.members()) {
                JsonGrammar.appendQuoted(json.append(separator), member.name());
                append(json.append(':'), member.value());
                separator = ",";
            }
            json.append(object.members().isEmpty() ? "{}" : "}");
        } else {
            json.append(value);
        }
    }
}
