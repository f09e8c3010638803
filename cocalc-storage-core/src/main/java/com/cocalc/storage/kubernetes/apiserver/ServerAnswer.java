package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The API server's answer to a posted object. */
public sealed interface ServerAnswer {

    /** The object is stored: 201. */
    record Accepted() implements ServerAnswer {
        @Override
        public int code() {
            return 201;
        }

        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public String reason() {
            return "accepted";
        }
    }

    /**
     * The object cannot be read: 400.
     *
     * @param reason the reason in one line; the server names only the first value with a wrong type
     * @param causes all values with a wrong type or, if there are none, all unknown and duplicate fields; empty if the
     *     text is not an object of a known version
     */
    record Undecodable(String reason, List<Cause> causes) implements ServerAnswer {
        /**
         * Copies the list.
         *
         * @param reason the reason in one line
         * @param causes the faults
         */
        public Undecodable {
            causes = List.copyOf(causes);
        }

        @Override
        public int code() {
            return 400;
        }

        /** Returns the unknown and duplicate fields; the server names no field for a value with a wrong type. */
        @Override
        public List<String> fields() {
            return causes.stream()
                    .filter(cause -> cause.kind() != Kind.WRONG_TYPE)
                    .map(Cause::field)
                    .toList();
        }
    }

    /**
     * The request is too large: 413.
     *
     * @param bytes the size of the object as JSON
     */
    record TooLarge(long bytes) implements ServerAnswer {

        /** The largest request that the server reads, 3 MiB. */
        static final int MOST_BYTES = 3 * 1024 * 1024;

        @Override
        public int code() {
            return 413;
        }

        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public String reason() {
            return "the text must have at most " + MOST_BYTES + " bytes, but has " + bytes + "; leave something out";
        }
    }

    /**
     * The object breaks rules: 422.
     *
     * @param causes at least one, in the server's order
     */
    record Invalid(List<Cause> causes) implements ServerAnswer {
        /**
         * Copies the list.
         *
         * @param causes at least one, in the server's order
         */
        public Invalid {
            causes = List.copyOf(causes);
            if (causes.isEmpty()) {
                throw InvalidValueException.of("causes", "name at least one fault", "empty", "say Accepted");
            }
        }

        @Override
        public int code() {
            return 422;
        }

        @Override
        public List<String> fields() {
            Set<String> fields = causes.stream().map(Cause::field).collect(Collectors.toCollection(LinkedHashSet::new));
            return List.copyOf(fields);
        }

        @Override
        public String reason() {
            return causes.stream().map(Cause::toString).collect(Collectors.joining("; "));
        }
    }

    /** The kind of a fault. */
    enum Kind {
        /** A value has another type than its field. */
        WRONG_TYPE,
        /** The server does not know the field. */
        UNKNOWN_FIELD,
        /** The field occurs twice. */
        DUPLICATE_FIELD,
        /** The value breaks a rule. */
        BROKEN_RULE
    }

    /**
     * One fault.
     *
     * @param kind the kind of the fault
     * @param field the place, as the server writes it, for example {@code spec.volumes[0].name}
     * @param pointer the same place as a JSON pointer into the object; some of the server's own paths lead nowhere
     * @param message what is wrong, in words close to the server's
     */
    record Cause(Kind kind, String field, String pointer, String message) {
        @Override
        public String toString() {
            return MessageText.whole(field) + ": " + message;
        }
    }

    /** {@return the HTTP status: 201, 400, 413 or 422} */
    int code();

    /** {@return whether the object would be stored} */
    default boolean isAccepted() {
        return code() == 201;
    }

    /**
     * Returns the fields to which the server attributes the faults.
     *
     * @return the server's own paths in its order, each once; empty if accepted
     */
    List<String> fields();

    /** {@return the reason of the answer, one line for a person} */
    String reason();
}
