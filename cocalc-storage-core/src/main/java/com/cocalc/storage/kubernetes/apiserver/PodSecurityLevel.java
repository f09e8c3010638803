package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.Locale;

/** A level of Pod Security, as a namespace's label {@code pod-security.kubernetes.io/enforce} names it. */
public enum PodSecurityLevel {
    /** Everything is allowed; a namespace without the label is at this level. */
    PRIVILEGED,
    /** Known ways to take over the node are refused. */
    BASELINE,
    /** Root, capabilities and privilege escalation are refused as well. */
    RESTRICTED;

    /**
     * Parses the value of the label.
     *
     * @param text exactly {@code privileged}, {@code baseline} or {@code restricted}
     * @return the level
     * @throws IllegalArgumentException if it is another text; the server refuses such a namespace
     */
    public static PodSecurityLevel parse(String text) {
        requireNonNull(text, "text");
        for (PodSecurityLevel level : values()) {
            if (level.toString().equals(text)) {
                return level;
            }
        }
        throw InvalidValueException.of(
                "Pod Security level",
                "be privileged, baseline or restricted",
                MessageText.quoted(text),
                "write one of the three in lower case");
    }

    /** Returns the value of the label. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
