package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * One mount of a container: which part of which claim, where, and with which access.
 *
 * @param volume the name of the pod's volume, a DNS-1123 label; mounts of one claim share it
 * @param claim the claim behind the volume
 * @param part what of the claim is seen
 * @param mountPath where it is seen
 * @param access what may be done through this mount
 */
public record StorageMount(String volume, ClaimName claim, ClaimPart part, MountPath mountPath, Access access) {

    /**
     * Checks the volume's name and that all is there.
     *
     * @param volume the name of the pod's volume, a DNS-1123 label; mounts of one claim share it
     * @param claim the claim behind the volume
     * @param part what of the claim is seen
     * @param mountPath where it is seen
     * @param access what may be done through this mount
     * @throws InvalidValueException if the volume cannot have this name
     */
    public StorageMount {
        DnsName.requireLabel("volume name", volume, "rename the volume");
        requireNonNull(claim, "claim");
        requireNonNull(part, "part");
        requireNonNull(mountPath, "mountPath");
        requireNonNull(access, "access");
    }

    /**
     * Returns the mount in words.
     *
     * @return for example {@code /ext: the whole of projects-software, read-only}
     */
    @Override
    public String toString() {
        String seen = part instanceof SubPath subPath ? subPath + " of " + claim : "the whole of " + claim;
        return mountPath + ": " + seen + ", " + access;
    }
}
