package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;

/**
 * A message of a cluster or a program.
 *
 * @param seenIn the place of the message, for example {@code event FailedMount}
 * @param text the message, of unknown origin and length
 */
public record Symptom(String seenIn, String text) {

    /**
     * Creates a message.
     *
     * @param seenIn the place of the message, for example {@code event FailedMount}
     * @param text the message, of unknown origin and length
     */
    public Symptom {
        requireNonNull(seenIn, "seenIn");
        requireNonNull(text, "text");
    }

    /** Returns one line, with the message shortened and everything but printable ASCII escaped. */
    @Override
    public String toString() {
        return seenIn + ": " + MessageText.quoted(text);
    }
}
