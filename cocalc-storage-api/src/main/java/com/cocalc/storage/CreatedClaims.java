package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two claims that CoCalc's chart creates by itself (Helm {@code storage.create}, {@code storage.class} and
 * {@code storage.size}).
 */
public final class CreatedClaims {

    /** What the chart creates by default: class {@code nfs}, {@code 10Gi} each. */
    public static final CreatedClaims DEFAULTS =
            of(StorageClassName.parse("nfs"), StorageSize.parse("10Gi"), StorageSize.parse("10Gi"));

    private final StorageClassName storageClass;
    private final StorageSize dataSize;
    private final StorageSize softwareSize;

    private CreatedClaims(StorageClassName storageClass, StorageSize dataSize, StorageSize softwareSize) {
        this.storageClass = storageClass;
        this.dataSize = dataSize;
        this.softwareSize = softwareSize;
    }

    /**
     * Returns two claims with a class and their sizes.
     *
     * @param storageClass the class of both claims
     * @param dataSize the requested size of the data claim
     * @param softwareSize the requested size of the software claim
     * @return the claims
     */
    public static CreatedClaims of(StorageClassName storageClass, StorageSize dataSize, StorageSize softwareSize) {
        requireNonNull(storageClass, "storageClass");
        requireNonNull(dataSize, "dataSize");
        requireNonNull(softwareSize, "softwareSize");
        return new CreatedClaims(storageClass, dataSize, softwareSize);
    }

    /** {@return the class of both claims} */
    public StorageClassName storageClass() {
        return storageClass;
    }

    /** {@return the requested size of the data claim} */
    public StorageSize dataSize() {
        return dataSize;
    }

    /** {@return the requested size of the software claim} */
    public StorageSize softwareSize() {
        return softwareSize;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreatedClaims that
                && storageClass.equals(that.storageClass)
                && dataSize.equals(that.dataSize)
                && softwareSize.equals(that.softwareSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(storageClass, dataSize, softwareSize);
    }

    /** Returns the class and the sizes in words. */
    @Override
    public String toString() {
        return "class " + storageClass + ", data " + dataSize + ", software " + softwareSize;
    }
}
