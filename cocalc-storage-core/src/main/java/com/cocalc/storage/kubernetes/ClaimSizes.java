package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageSize;

/**
 * The requested sizes of the claims.
 *
 * @param data the claim with all projects' files
 * @param software the claim with the shared software
 * @param shares the claim with the published files, used only if it is a separate claim
 */
public record ClaimSizes(StorageSize data, StorageSize software, StorageSize shares) {

    /**
     * Checks that no size is null.
     *
     * @param data the claim with all projects' files
     * @param software the claim with the shared software
     * @param shares the claim with the published files, used only if it is a separate claim
     */
    public ClaimSizes {
        requireNonNull(data, "data");
        requireNonNull(software, "software");
        requireNonNull(shares, "shares");
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
}
