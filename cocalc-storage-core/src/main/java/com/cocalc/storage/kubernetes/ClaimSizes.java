package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageSize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requested sizes of the claims. */
public final class ClaimSizes {

    private final StorageSize data;
    private final StorageSize software;
    private final StorageSize shares;

    private ClaimSizes(StorageSize data, StorageSize software, StorageSize shares) {
        this.data = requireNonNull(data, "data");
        this.software = requireNonNull(software, "software");
        this.shares = requireNonNull(shares, "shares");
    }

    /**
     * Returns the sizes of two claims; a separate shares claim is as large as the data claim.
     *
     * @param data the claim with all projects' files
     * @param software the claim with the shared software
     * @return the sizes
     */
    public static ClaimSizes of(StorageSize data, StorageSize software) {
        return new ClaimSizes(data, software, data);
    }

    /**
     * Parses the sizes of two claims; a separate shares claim is as large as the data claim.
     *
     * @param data for example {@code 500Gi}
     * @param software for example {@code 100Gi}
     * @return the sizes
     * @throws IllegalArgumentException if one is not a quantity of whole bytes
     */
    public static ClaimSizes parse(String data, String software) {
        return of(StorageSize.parse(data), StorageSize.parse(software));
    }

    /**
     * Returns a copy with another size of the shares claim.
     *
     * @param size the size
     * @return a changed copy
     */
    public ClaimSizes withShares(StorageSize size) {
        return new ClaimSizes(data, software, size);
    }

    /** {@return the size of the claim with all projects' files} */
    public StorageSize data() {
        return data;
    }

    /** {@return the size of the claim with the shared software} */
    public StorageSize software() {
        return software;
    }

    /** {@return the size of the claim with the published files, used only if it is a separate claim} */
    public StorageSize shares() {
        return shares;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimSizes that
                && data.equals(that.data)
                && software.equals(that.software)
                && shares.equals(that.shares);
    }

    @Override
    public int hashCode() {
        return Objects.hash(data, software, shares);
    }

    /** Returns the sizes in words. */
    @Override
    public String toString() {
        return "data " + data + ", software " + software + ", shares " + shares;
    }
}
