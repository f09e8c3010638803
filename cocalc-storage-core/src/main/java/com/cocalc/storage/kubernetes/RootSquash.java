package com.cocalc.storage.kubernetes;

/** How the server maps a client's root: to its own root, or to an anonymous user. */
public enum RootSquash {
    /** Root stays root: an init container can change the owner of homes to the project's user. */
    OFF("false"),
    /** Root becomes nobody: what root of a node creates is owned by nobody, and its {@code chown} fails. */
    ON("true");

    private final String value;

    RootSquash(String value) {
        this.value = value;
    }

    /** Returns the value of the parameter of a StorageClass. */
    @Override
    public String toString() {
        return value;
    }
}
