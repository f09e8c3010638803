package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.apiserver.OneLine;

/**
 * What a cluster or a program said.
 *
 * @param seenIn where it was said, for example {@code event FailedMount}
 * @param text the words, of unknown origin and length
 */
public record Symptom(String seenIn, String text) {

    /**
     * Checks that both are there.
     *
     * @param seenIn where it was said, for example {@code event FailedMount}
     * @param text the words, of unknown origin and length
     */
    public Symptom {
        requireNonNull(seenIn, "seenIn");
        requireNonNull(text, "text");
    }

    /** Returns one line, the words shortened and their odd characters escaped. */
    @Override
    public String toString() {
        return seenIn + ": " + OneLine.quoted(text);
    }
}
