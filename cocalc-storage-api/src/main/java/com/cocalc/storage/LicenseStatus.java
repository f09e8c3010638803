package com.cocalc.storage;

import java.util.Optional;

/** The status of a licence for a project, as the hub stores it. */
public enum LicenseStatus {
    /** The licence applies and could contribute something. */
    VALID("valid"),
    /** The licence applies and contributes something. */
    ACTIVE("active"),
    /** The licence applies but adds nothing. It still grants write access to the software. */
    INEFFECTIVE("ineffective"),
    /** The licence no longer applies. */
    EXPIRED("expired"),
    /** As many projects as the licence allows already use it. */
    EXHAUSTED("exhausted"),
    /** The licence does not apply yet. */
    FUTURE("future");

    private final String text;

    LicenseStatus(String text) {
        this.text = text;
    }

    /**
     * Finds the status with a text. The hub compares text exactly, so {@code EXPIRED} and {@code "expired "} are none
     * of these.
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
     * {@return whether a licence of this status takes part in the decision, as all do except {@link #EXPIRED},
     * {@link #EXHAUSTED} and {@link #FUTURE}}
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
