package com.cocalc.storage;

/** The time without use after which a project is stopped. */
public enum IdleTimeout {
    /** {@code short}: half an hour. */
    SHORT("short"),
    /** {@code medium}: two hours. */
    MEDIUM("medium"),
    /** {@code day}: a day. */
    DAY("day");

    private final String text;

    IdleTimeout(String text) {
        this.text = text;
    }

    /** Returns the text as the hub stores it. */
    @Override
    public String toString() {
        return text;
    }
}
