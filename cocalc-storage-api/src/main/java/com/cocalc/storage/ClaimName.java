package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.DnsName;
import org.jspecify.annotations.Nullable;

/**
 * The name of a PersistentVolumeClaim: a DNS-1123 subdomain of at most 253 characters.
 *
 * <p>The API server accepts any text as the {@code claimName} of a pod, which then waits forever for a claim that
 * cannot exist. This class applies the rule for the claim itself.
 *
 * <pre>{@code
 * ClaimName claim = ClaimName.parse("projects-data");
 * }</pre>
 */
public final class ClaimName implements Comparable<ClaimName> {

    private final String value;

    private ClaimName(String value) {
        this.value = value;
    }

    /**
     * Parses the name of a claim.
     *
     * @param text a DNS-1123 subdomain, at most 253 characters
     * @return the claim's name
     * @throws InvalidValueException if no claim can have this name
     */
    public static ClaimName parse(String text) {
        requireNonNull(text, "claim name");
        if (!DnsName.isSubdomain(text)) {
            throw InvalidValueException.of(
                    "claim name", DnsName.SUBDOMAIN_RULE, MessageText.quoted(text), "rename the claim");
        }
        return new ClaimName(text);
    }

    /** {@return the name as text, for example {@code projects-data}} */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(ClaimName other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the name as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }
}
