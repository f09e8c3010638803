package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** The faults that the server reports, in its order and in its words. */
final class Faults {

    private List<ServerAnswer.Cause> faults = List.of();

    List<ServerAnswer.Cause> list() {
        return faults;
    }

    int size() {
        return faults.size();
    }

    void required(FieldPath at, String detail) {
        add(at, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    void invalid(FieldPath at, Object value, String detail) {
        add(at, "Invalid value: " + shown(value) + ": " + detail);
    }

    void duplicate(FieldPath at, Object value) {
        add(at, "Duplicate value: " + shown(value));
    }

    void notFound(FieldPath at, Object value) {
        add(at, "Not found: " + shown(value));
    }

    void forbidden(FieldPath at, String detail) {
        add(at, "Forbidden: " + detail);
    }

    void tooLong(FieldPath at, int longest) {
        add(at, "Too long: may not be more than " + longest + " bytes");
    }

    void unsupported(FieldPath at, Object value, List<String> supported) {
        StringBuilder message =
                new StringBuilder("Unsupported value: ").append(shown(value)).append(": supported values: ");
        String comma = "";
        for (String one : supported) {
            message.append(comma).append('"').append(one).append('"');
            comma = ", ";
        }
        add(at, message.toString());
    }

    private void add(FieldPath at, String message) {
        if (faults.isEmpty()) {
            faults = new ArrayList<>(4);
        }
        faults.add(new ServerAnswer.Cause(ServerAnswer.Kind.BROKEN_RULE, at.toString(), at.pointer(), message));
    }

    private static String shown(Object value) {
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : MessageText.quoted(value.toString());
    }
}
