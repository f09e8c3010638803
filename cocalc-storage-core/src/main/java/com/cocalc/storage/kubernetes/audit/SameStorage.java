package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.CleanedPath;
import java.util.List;

/**
 * The claims in the namespace of the installation that are not its own and lead to its files all the same. A pod does
 * not show that: a program that has seen the volumes of the cluster tells it, for example {@code StoragePreflight}.
 *
 * <pre>{@code
 * SameStorage known = StoragePreflight.sameStorage(
 *         StorageModel.of(StorageConfig.defaults()), ClusterSnapshot.of("cocalc", List.of()));
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());
 * Expected expected = Expected.forProject(volumes).knowing(known);
 * }</pre>
 */
public final class SameStorage {

    private static final SameStorage NONE = new SameStorage(List.of());

    private final List<Claim> claims;

    private SameStorage(List<Claim> claims) {
        this.claims = List.copyOf(claims);
    }

    /**
     * Returns that no such claim is known.
     *
     * @return no claims
     */
    public static SameStorage none() {
        return NONE;
    }

    /**
     * Returns that these claims are known.
     *
     * @param claims the claims, one entry for each that they have files of
     * @return the claims
     */
    public static SameStorage of(List<Claim> claims) {
        return new SameStorage(claims);
    }

    /**
     * Returns the claims.
     *
     * @return in the given order
     */
    public List<Claim> claims() {
        return claims;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SameStorage that && claims.equals(that.claims);
    }

    @Override
    public int hashCode() {
        return claims.hashCode();
    }

    /** Returns the claims in words. */
    @Override
    public String toString() {
        return claims.toString();
    }

    /**
     * A claim that is not one of the installation's and has files of one of these.
     *
     * @param name the name of the claim
     * @param part the directory of the claim that has the files, {@code ""} for all of it
     * @param shows whose files they are, for messages: for example {@code the files of claim "projects-data"}
     */
    public record Claim(String name, String part, String shows) {

        /**
         * Cleans the directory.
         *
         * @param name the name of the claim
         * @param part the directory of the claim that has the files, {@code ""} for all of it
         * @param shows whose files they are, for messages
         */
        public Claim {
            requireNonNull(name, "name");
            part = CleanedPath.relative(requireNonNull(part, "part"));
            requireNonNull(shows, "shows");
        }

        /** Whether a mount of this claim shows the files, or may do so. */
        boolean isSeenBy(MountView mount) {
            return !mount.part().isKnown()
                    || CleanedPath.overlap("/" + part, "/" + mount.part().path());
        }
    }
}
