package com.cocalc.storage.kubernetes;

/** Whether the server takes a client's root for its own, or for an anonymous user. */
public enum RootSquash {
    /** Root is root: an init container can hand homes over to the project's user. */
    OFF("false"),
    /** Root is nobody: whatever root of a node makes belongs to nobody, and its {@code chown} fails. */
    ON("true");

    private final String value;

    RootSquash(String value) {
        this.value = value;
    }

    /** Returns the value as it stands in a StorageClass, where parameters are text. */
    @Override
    public String toString() {
        return value;
    }
}
