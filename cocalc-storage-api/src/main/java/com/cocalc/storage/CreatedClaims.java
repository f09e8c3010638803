package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * The two claims that CoCalc's chart creates by itself (Helm {@code storage.create}, {@code storage.class} and
 * {@code storage.size}).
 *
 * @param storageClass the class of both
 * @param dataSize the size of the data claim
 * @param softwareSize the size of the software claim
 */
public record CreatedClaims(StorageClassName storageClass, StorageSize dataSize, StorageSize softwareSize) {

    /** What the chart creates when nothing is said: class {@code nfs}, {@code 10Gi} each. */
    public static final CreatedClaims DEFAULTS =
            new CreatedClaims(new StorageClassName("nfs"), StorageSize.parse("10Gi"), StorageSize.parse("10Gi"));

    /**
     * Checks that all is there.
     *
     * @param storageClass the class of both
     * @param dataSize the size of the data claim
     * @param softwareSize the size of the software claim
     * @throws NullPointerException if something is missing
     */
    public CreatedClaims {
        requireNonNull(storageClass, "storageClass");
        requireNonNull(dataSize, "dataSize");
        requireNonNull(softwareSize, "softwareSize");
    }
}
