package com.cocalc.storage.kubernetes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that clashes, collected so that a person mends a pod once. */
final class Conflicts {

    private static final int LONGEST = 80;

    private final String template;
    private final List<Conflict> found = new ArrayList<>(0);

    /**
     * Starts without any.
     *
     * @param template what stands before {@code spec} of the pod in the object at hand; empty for a pod
     */
    Conflicts(String template) {
        this.template = template;
    }

    void add(String place, String found, String wanted, String remedy) {
        this.found.add(new Conflict(template + place, found, wanted, remedy));
    }

    void throwIfAny(String pod) {
        if (!found.isEmpty()) {
            throw new StorageConflictException(pod, found);
        }
    }

    /** Text of a pod in a message: pods are written by strangers. */
    static String quoted(@Nullable String text) {
        if (text == null) {
            return "nothing";
        }
        return "\"" + shown(text) + "\"";
    }

    /** The same without quotes, where a word is expected. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(LONGEST).forEach(c -> {
            if (c < ' ' || c >= 0x7f) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        });
        return shown.append(text.length() > LONGEST ? "…" : "").toString();
    }
}
