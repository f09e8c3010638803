package com.cocalc.storage.kubernetes.preflight;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of messages that have one cause. Its first group, if it has one, is a name in the message.
 *
 * @param text what the message has somewhere; capitals make no difference
 * @param kind what it means
 */
record KnownText(Pattern text, CauseKind kind) {

    static KnownText of(String text, CauseKind kind) {
        return new KnownText(Pattern.compile(text, Pattern.DOTALL | Pattern.CASE_INSENSITIVE), kind);
    }

    /** The first of the texts that a message has: what names its place stands before words that many say. */
    static Optional<Found> find(List<KnownText> known, String message) {
        for (KnownText one : known) {
            Matcher found = one.text.matcher(message);
            if (found.find()) {
                return Optional.of(new Found(one.kind, found.groupCount() == 0 ? null : found.group(1)));
            }
        }
        return Optional.empty();
    }

    /**
     * What a message was found to mean.
     *
     * @param kind what it means
     * @param name the name in it
     */
    record Found(CauseKind kind, @Nullable String name) {}
}
