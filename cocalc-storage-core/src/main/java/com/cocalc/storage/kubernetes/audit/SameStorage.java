package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.MountView;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/**
 * The claims in the namespace of the installation that are not its own but lead to its files, and the volumes that do
 * so without a claim. A pod does not show this; a program that has seen the volumes of the cluster knows it, for
 * example {@code StoragePreflight}.
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

    private static final Inline NOTHING = volume -> List.of();
    private static final SameStorage NONE = new SameStorage(List.of(), NOTHING);

    private final List<Claim> claims;
    private final Inline inline;

    private SameStorage(List<Claim> claims, Inline inline) {
        this.claims = List.copyOf(claims);
        this.inline = requireNonNull(inline, "inline");
    }

    /**
     * Returns an instance without claims and volumes.
     *
     * @return no claims, and no volumes
     */
    public static SameStorage none() {
        return NONE;
    }

    /**
     * Returns an instance with claims.
     *
     * @param claims the claims, one entry for each claim of the installation whose files they have
     * @return the claims, and no volumes without a claim
     */
    public static SameStorage of(List<Claim> claims) {
        return new SameStorage(claims, NOTHING);
    }

    /**
     * Returns an instance with claims, and with volumes without a claim.
     *
     * @param claims the claims, one entry for each claim of the installation whose files they have
     * @param inline tells the files in a volume without a claim
     * @return both
     */
    public static SameStorage of(List<Claim> claims, Inline inline) {
        return new SameStorage(claims, inline);
    }

    /**
     * Returns the claims.
     *
     * @return in the given order
     */
    public List<Claim> claims() {
        return claims;
    }

    /**
     * Returns the files of the installation in a volume that is not one of its claims.
     *
     * @param volume a volume of a pod in the namespace of the installation
     * @return an entry for each claim of the installation whose files the volume has; empty if none is known
     */
    public List<Files> filesIn(Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        return source == null
                ? inline.filesIn(volume)
                : claims.stream()
                        .filter(claim -> claim.name().equals(source.getClaimName()))
                        .map(Claim::files)
                        .toList();
    }

    /** Returns the claims in words. */
    @Override
    public String toString() {
        return claims.toString();
    }

    /** Finds the files of the installation in a volume that a pod names inline, without a claim. */
    @FunctionalInterface
    public interface Inline {

        /**
         * Finds the files.
         *
         * @param volume a volume of a pod, of any kind but a claim
         * @return an entry for each claim of the installation whose files the volume has, as far as that is certain
         */
        List<Files> filesIn(Volume volume);
    }

    /**
     * Files of the installation in a volume.
     *
     * @param part the directory of the volume that has the files, {@code ""} for all of it
     * @param shows a description of the files for messages, for example {@code files of claim "projects-data"}
     */
    public record Files(String part, String shows) {

        /**
         * Cleans the directory.
         *
         * @param part the directory of the volume that has the files, {@code ""} for all of it
         * @param shows a description of the files for messages
         */
        public Files {
            part = CleanedPath.relative(requireNonNull(part, "part"));
            requireNonNull(shows, "shows");
        }

        /** Returns whether a mount of the volume shows the files, or may show them. */
        boolean isSeenBy(MountView mount) {
            return !mount.part().isKnown()
                    || CleanedPath.overlap("/" + part, "/" + mount.part().path());
        }
    }

    /**
     * A claim that is not one of the installation's and has files of one of them.
     *
     * @param name the name of the claim
     * @param files the files
     */
    public record Claim(String name, Files files) {

        /**
         * Checks that no part is null.
         *
         * @param name the name of the claim
         * @param files the files
         */
        public Claim {
            requireNonNull(name, "name");
            requireNonNull(files, "files");
        }

        /**
         * Creates a claim with its files.
         *
         * @param name the name of the claim
         * @param part the directory of the claim that has the files, or {@code ""} for the whole claim
         * @param shows a description of the files for messages
         */
        public Claim(String name, String part, String shows) {
            this(name, new Files(part, shows));
        }

        /** Returns the claim and its files in words. */
        @Override
        public String toString() {
            return "claim " + MessageText.quoted(name) + " with " + files.shows()
                    + (files.part().isEmpty() ? "" : " in " + MessageText.quoted(files.part()));
        }
    }
}
