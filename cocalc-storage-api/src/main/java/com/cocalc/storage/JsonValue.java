package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of JSON that fits no type of this model, kept so that nothing is lost: numbers with their digits, members in
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
     * A number as it is written: {@code 1.0} stays that, and {@code 1e400} is no infinity.
     *
     * @param digits a number after the grammar of JSON
     */
    record JsonNumber(String digits) implements JsonValue {

        /**
         * Checks the digits.
         *
         * @param digits a number after the grammar of JSON
         * @throws InvalidValueException if they are no JSON number
         */
        public JsonNumber {
            JsonText.requireNumber(digits);
        }

        @Override
        public String toString() {
            return digits;
        }
    }

    /**
     * A text.
     *
     * @param text whole Unicode characters
     */
    record JsonString(String text) implements JsonValue {

        /**
         * Checks the text.
         *
         * @param text whole Unicode characters
         * @throws InvalidValueException if it has half of a surrogate pair
         */
        public JsonString {
            JsonText.requireWhole(text);
        }

        @Override
        public String toString() {
            return JsonText.of(this);
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
            return JsonText.of(this);
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
         * @throws InvalidValueException if it has half of a surrogate pair
         */
        public Member {
            JsonText.requireWhole(name);
            requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return JsonText.of(new JsonObject(List.of(this)));
        }
    }

    /**
     * Members in the order in which they are written.
     *
     * @param members no two of one name
     */
    record JsonObject(List<Member> members) implements JsonValue {

        /** Up to here a look at all pairs is faster than a set. */
        private static final int FEW = 12;

        /**
         * Takes a copy.
         *
         * @param members no two of one name
         * @throws InvalidValueException if two members have one name
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
         * Looks a member up.
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
            return JsonText.of(this);
        }
    }
}
