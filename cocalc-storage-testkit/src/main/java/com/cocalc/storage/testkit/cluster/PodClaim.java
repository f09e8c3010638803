package com.cocalc.storage.testkit.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Optional;

/**
 * The claim behind a volume of a pod.
 *
 * @param isReadOnly whether the volume, not the mount, is read-only
 * @param isOwn whether the claim is created and deleted with the pod, as for a generic ephemeral volume
 */
record PodClaim(String volume, String name, boolean isReadOnly, boolean isOwn) {

    /** Returns the claim behind a volume, or empty if the volume is not a claim. */
    static Optional<PodClaim> of(Pod pod, Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        if (source != null) {
            boolean isReadOnly = Boolean.TRUE.equals(source.getReadOnly());
            return Optional.of(new PodClaim(volume.getName(), source.getClaimName(), isReadOnly, false));
        }
        if (volume.getEphemeral() == null) {
            return Optional.empty();
        }
        String name = pod.getMetadata().getName() + "-" + volume.getName();
        return Optional.of(new PodClaim(volume.getName(), name, false, true));
    }
}
