package com.cocalc.storage;

import java.util.Optional;

/** Whether a licence applies to a project, as the hub stores it. */
public enum LicenseStatus {
    /** It could contribute. */
    VALID("valid"),
    /** It contributes something. */
    ACTIVE("active"),
    /** It applies but adds nothing. It still grants write access to the software. */
    INEFFECTIVE("ineffective"),
    /** Its time is over. */
    EXPIRED("expired"),
    /** It runs in as many projects as it allows. */
    EXHAUSTED("exhausted"),
    /** Its time has not come. */
    FUTURE("future");

    private final String text;

    LicenseStatus(String text) {
        this.text = text;
    }

    /**
     * Reads a status. The hub compares text exactly, so {@code EXPIRED} and {@code "expired "} are none of these.
     *
     * @param text the text
     * @return the status, if it is one of these in lower case
     */
    public static Optional<LicenseStatus> find(String text) {
        for (LicenseStatus status : values()) {
            if (status.text.equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether a licence of this status takes part in the decision.
     *
     * @return false for {@link #EXPIRED}, {@link #EXHAUSTED} and {@link #FUTURE}
     */
    public boolean counts() {
        return this == VALID || this == ACTIVE || this == INEFFECTIVE;
    }

    /** Returns the text as the hub stores it. */
    @Override
    public String toString() {
        return text;
    }
}
