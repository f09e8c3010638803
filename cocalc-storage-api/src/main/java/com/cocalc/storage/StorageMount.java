package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.DnsName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mount of a container: which part of which claim, where, and with which access.
 *
 * <p>The mounts of a project or a service come from {@link ProjectVolumes#mounts()} and
 * {@link ServiceVolumes#mounts()}.
 */
public final class StorageMount {

    private final String volume;
    private final ClaimName claim;
    private final ClaimPart part;
    private final MountPath mountPath;
    private final Access access;

    private StorageMount(String volume, ClaimName claim, ClaimPart part, MountPath mountPath, Access access) {
        this.volume = volume;
        this.claim = claim;
        this.part = part;
        this.mountPath = mountPath;
        this.access = access;
    }

    /**
     * Returns a mount of a part of a claim at a path.
     *
     * @param volume the name of the pod's volume, a DNS-1123 label; mounts of one claim share it
     * @param claim the claim behind the volume
     * @param part which part of the claim the mount shows
     * @param mountPath the path at which the container sees the part
     * @param access the access that the mount allows
     * @return the mount
     * @throws InvalidValueException if the volume cannot have this name
     */
    public static StorageMount of(String volume, ClaimName claim, ClaimPart part, MountPath mountPath, Access access) {
        requireNonNull(volume, "volume name");
        if (!DnsName.isLabel(volume)) {
            throw InvalidValueException.of(
                    "volume name", DnsName.LABEL_RULE, MessageText.quoted(volume), "rename the volume");
        }
        requireNonNull(claim, "claim");
        requireNonNull(part, "part");
        requireNonNull(mountPath, "mountPath");
        requireNonNull(access, "access");
        return new StorageMount(volume, claim, part, mountPath, access);
    }

    /** {@return the name of the pod's volume, a DNS-1123 label; mounts of one claim share it} */
    public String volume() {
        return volume;
    }

    /** {@return the claim behind the volume} */
    public ClaimName claim() {
        return claim;
    }

    /** {@return the part of the claim that the mount shows: one directory, or the whole claim} */
    public ClaimPart part() {
        return part;
    }

    /** {@return the path at which the container sees the part} */
    public MountPath mountPath() {
        return mountPath;
    }

    /** {@return the access that this mount allows} */
    public Access access() {
        return access;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageMount that
                && volume.equals(that.volume)
                && claim.equals(that.claim)
                && part.equals(that.part)
                && mountPath.equals(that.mountPath)
                && access.equals(that.access);
    }

    @Override
    public int hashCode() {
        return Objects.hash(volume, claim, part, mountPath, access);
    }

    /** {@return the mount in words, for example {@code /ext: the whole of projects-software, read-only}} */
    @Override
    public String toString() {
        String seen = part instanceof SubPath subPath ? subPath + " of " + claim : "the whole of " + claim;
        return mountPath + ": " + seen + ", " + access;
    }
}
