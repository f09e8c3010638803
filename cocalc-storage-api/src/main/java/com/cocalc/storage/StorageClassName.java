package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.DnsName;
import org.jspecify.annotations.Nullable;

/** The name of a StorageClass: a DNS-1123 subdomain of at most 253 characters. */
public final class StorageClassName {

    private final String value;

    private StorageClassName(String value) {
        this.value = value;
    }

    /**
     * Parses the name of a class.
     *
     * @param text a DNS-1123 subdomain, at most 253 characters
     * @return the class's name
     * @throws InvalidValueException if no class can have this name
     */
    public static StorageClassName parse(String text) {
        requireNonNull(text, "storage class");
        if (!DnsName.isSubdomain(text)) {
            throw InvalidValueException.of(
                    "storage class",
                    DnsName.SUBDOMAIN_RULE,
                    MessageText.quoted(text),
                    "use a name that `kubectl get storageclass` lists, for example \"nfs\"");
        }
        return new StorageClassName(text);
    }

    /** {@return the name as text, for example {@code nfs}} */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageClassName that && value.equals(that.value);
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
