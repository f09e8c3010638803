package com.cocalc.storage;

/**
 * The name of a PersistentVolumeClaim.
 *
 * <p>The API server takes any text as the {@code claimName} of a pod, and the pod then waits for ever for a claim that
 * cannot exist; here the rule for the claim itself holds.
 *
 * @param value a DNS-1123 subdomain, at most 253 characters
 */
public record ClaimName(String value) implements Comparable<ClaimName> {

    /**
     * Checks the name.
     *
     * @param value a DNS-1123 subdomain, at most 253 characters
     * @throws InvalidValueException if no claim can have this name
     */
    public ClaimName {
        DnsName.requireSubdomain("claim name", value, "rename the claim");
    }

    /**
     * Reads a name.
     *
     * @param text the name
     * @return the claim's name
     * @throws InvalidValueException if no claim can have this name
     */
    public static ClaimName parse(String text) {
        return new ClaimName(text);
    }

    @Override
    public int compareTo(ClaimName other) {
        return value.compareTo(other.value);
    }

    /** Returns the name as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }
}
