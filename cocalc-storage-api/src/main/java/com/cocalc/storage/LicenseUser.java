package com.cocalc.storage;

/** The kind of customer that a licence is sold to. */
public enum LicenseUser {
    /** {@code academic}. */
    ACADEMIC("academic"),
    /** {@code business}. */
    BUSINESS("business");

    private final String text;

    LicenseUser(String text) {
        this.text = text;
    }

    /** Returns the text as the hub stores it. */
    @Override
    public String toString() {
        return text;
    }
}
