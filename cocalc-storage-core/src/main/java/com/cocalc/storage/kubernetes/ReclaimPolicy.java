package com.cocalc.storage.kubernetes;

/** What happens to the files of a deleted claim. */
public enum ReclaimPolicy {
    /** The files stay until an operator removes the volume. */
    RETAIN("Retain"),
    /** The files of all projects are deleted at once. */
    DELETE("Delete");

    private final String value;

    ReclaimPolicy(String value) {
        this.value = value;
    }

    /** Returns the value as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }
}
