package com.cocalc.storage;

import com.cocalc.storage.text.CanonicalUuid;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name of a project's licence in messages: its key, or its position where it has none. */
public final class LicenseName {

    private final int position;
    private final @Nullable String key;
    private final boolean isOddKey;

    LicenseName(int position, @Nullable String key) {
        this.position = position;
        this.key = key;
        isOddKey = key != null && !CanonicalUuid.isCanonical(key);
    }

    /** {@return the position among the project's licences, from 1} */
    public int position() {
        return position;
    }

    /**
     * {@return the key in the project's map, which may be any text because the hub never reads it; empty if the
     * licences were given without keys}
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** {@return the key as an id, or empty if there is no key or it is not a UUID} */
    public Optional<LicenseId> id() {
        return key != null && !isOddKey ? Optional.of(LicenseId.parse(key)) : Optional.empty();
    }

    /** Returns whether there is a key that is not a UUID. */
    boolean isOddKey() {
        return isOddKey;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LicenseName that && position == that.position && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * position + Objects.hashCode(key);
    }

    /**
     * {@return the name for a person: a UUID as it is stored, any other key in quotes, for example {@code licence
     * 3f5ea6cb-d334-4dfe-a43f-2072073c2b13} or {@code licence no. 2}}
     */
    @Override
    public String toString() {
        if (key == null) {
            return "licence no. " + position;
        }
        return "licence " + (isOddKey ? MessageText.quoted(key) : key);
    }
}
