package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The id of a licence, always written in lower case.
 *
 * @param uuid the id
 */
public record LicenseId(UUID uuid) implements Comparable<LicenseId> {

    /**
     * Checks that there is an id.
     *
     * @param uuid the id
     * @throws NullPointerException if there is none
     */
    public LicenseId {
        requireNonNull(uuid, "uuid");
    }

    /**
     * Returns the id of this UUID.
     *
     * @param uuid the UUID
     * @return the id
     */
    public static LicenseId of(UUID uuid) {
        return new LicenseId(uuid);
    }

    /**
     * Reads an id. Both letter cases of one UUID are the same id.
     *
     * @param text a UUID in its 36 characters
     * @return the id
     * @throws InvalidValueException if the text is anything else, also where {@code UUID.fromString} would take it
     */
    public static LicenseId parse(String text) {
        return new LicenseId(CanonicalUuid.parse("licence id", text));
    }

    /** Compares the lower-case texts, so that a sorted list reads sorted. */
    @Override
    public int compareTo(LicenseId other) {
        return toString().compareTo(other.toString());
    }

    /**
     * Returns the 36 characters in lower case, as the directory and the database have them.
     *
     * @return for example {@code 3f5ea6cb-d334-4dfe-a43f-2072073c2b13}
     */
    @Override
    public String toString() {
        return uuid.toString();
    }
}
