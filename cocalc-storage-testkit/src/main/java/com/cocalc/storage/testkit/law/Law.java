package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import java.util.regex.Pattern;

/**
 * A law that must hold for CoCalc's storage. {@code docs/laws.md} lists all laws.
 *
 * @param id the stable name: lower-case words joined by {@code -}
 * @param sentence what must hold, as one sentence without the full stop
 * @param remedy how to fix a violation, as half a sentence
 */
public record Law(String id, String sentence, String remedy) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /**
     * Checks the texts.
     *
     * @param id lower-case words joined by {@code -}
     * @param sentence what must hold, as one sentence without the full stop
     * @param remedy how to fix a violation, as half a sentence
     * @throws IllegalArgumentException if the id is of another form, or a text is empty or has several lines
     */
    public Law {
        requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw InvalidValueException.of(
                    "id of a law",
                    "be lower-case words joined by '-'",
                    Printed.of(id),
                    "write for example home-is-resolved");
        }
        requireLine("sentence", requireNonNull(sentence, "sentence"));
        requireLine("remedy", requireNonNull(remedy, "remedy"));
    }

    private static void requireLine(String name, String text) {
        if (text.isBlank() || text.lines().count() > 1) {
            throw InvalidValueException.of(
                    name + " of a law", "be one line", Printed.of(text), "say it in one sentence");
        }
    }

    /** Returns the id and the sentence. */
    @Override
    public String toString() {
        return id + ": " + sentence;
    }
}
