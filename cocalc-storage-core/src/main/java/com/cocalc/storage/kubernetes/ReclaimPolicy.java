package com.cocalc.storage.kubernetes;

/** What happens to the files of a claim that is deleted. */
public enum ReclaimPolicy {
    /** They stay, until somebody removes the volume by hand. */
    RETAIN("Retain"),
    /** They are deleted at once, with all projects. */
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
