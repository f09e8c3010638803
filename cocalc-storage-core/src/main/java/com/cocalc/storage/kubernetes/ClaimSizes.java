package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageSize;

/**
 * How large each claim is to be.
 *
 * @param data the claim with all projects' files
 * @param software the claim with the software for everybody
 * @param shares the claim with the published files, used where it is one of its own
 */
public record ClaimSizes(StorageSize data, StorageSize software, StorageSize shares) {

    /**
     * Checks that all is there.
     *
     * @param data the claim with all projects' files
     * @param software the claim with the software for everybody
     * @param shares the claim with the published files, used where it is one of its own
     */
    public ClaimSizes {
        requireNonNull(data, "data");
        requireNonNull(software, "software");
        requireNonNull(shares, "shares");
    }

    /**
     * Returns two sizes; a shares claim of its own is as large as the data claim.
     *
     * @param data the claim with all projects' files
     * @param software the claim with the software for everybody
     * @return the sizes
     */
    public static ClaimSizes of(StorageSize data, StorageSize software) {
        return new ClaimSizes(data, software, data);
    }

    /**
     * Reads two sizes; a shares claim of its own is as large as the data claim.
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
     * Sets the size of a shares claim of its own.
     *
     * @param size the size
     * @return a changed copy
     */
    public ClaimSizes withShares(StorageSize size) {
        return new ClaimSizes(data, software, size);
    }
}
