package com.cocalc.storage;

/**
 * The name of a StorageClass.
 *
 * @param value a DNS-1123 subdomain, at most 253 characters
 */
public record StorageClassName(String value) {

    /**
     * Checks the name.
     *
     * @param value a DNS-1123 subdomain, at most 253 characters
     * @throws InvalidValueException if no class can have this name
     */
    public StorageClassName {
        DnsName.requireSubdomain(
                "storage class", value, "use a name that `kubectl get storageclass` lists, for example \"nfs\"");
    }

    /**
     * Reads a name.
     *
     * @param text the name
     * @return the class's name
     * @throws InvalidValueException if no class can have this name
     */
    public static StorageClassName parse(String text) {
        return new StorageClassName(text);
    }

    /** Returns the name as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }
}
