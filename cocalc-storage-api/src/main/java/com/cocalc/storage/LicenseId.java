package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.CanonicalUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id of a licence: a UUID, always written in lower case. */
public final class LicenseId implements Comparable<LicenseId> {

    private final UUID uuid;

    private LicenseId(UUID uuid) {
        this.uuid = uuid;
    }

    /**
     * Returns the id of this UUID.
     *
     * @param uuid the UUID
     * @return the id
     */
    public static LicenseId of(UUID uuid) {
        return new LicenseId(requireNonNull(uuid, "uuid"));
    }

    /**
     * Parses an id. Both letter cases of one UUID are the same id.
     *
     * @param text a UUID in its 36 characters
     * @return the id
     * @throws InvalidValueException if the text is anything else, also where {@code UUID.fromString} would take it
     */
    public static LicenseId parse(String text) {
        requireNonNull(text, "licence id");
        if (!CanonicalUuid.isCanonical(text)) {
            throw InvalidValueException.of(
                    "licence id",
                    CanonicalUuid.RULE,
                    MessageText.quoted(text),
                    "copy it whole and without braces, prefix or blanks");
        }
        return new LicenseId(CanonicalUuid.read(text));
    }

    /** {@return the id as a UUID} */
    public UUID uuid() {
        return uuid;
    }

    /** Compares the ids as lower-case text, so that a sorted list is in the order of its text. */
    @Override
    public int compareTo(LicenseId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LicenseId that && uuid.equals(that.uuid);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }

    /**
     * {@return the 36 characters in lower case, as the directory and the database have them, for example
     * {@code 3f5ea6cb-d334-4dfe-a43f-2072073c2b13}}
     */
    @Override
    public String toString() {
        return uuid.toString();
    }
}
