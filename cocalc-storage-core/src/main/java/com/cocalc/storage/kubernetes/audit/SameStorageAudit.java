package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import com.cocalc.storage.kubernetes.pod.VolumeView;

/** Reports volumes that are not the installation's claims but are known to lead to its files. */
final class SameStorageAudit {

    private final Expected expected;
    private final Findings findings;

    SameStorageAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        for (VolumeView volume : pod.volumes()) {
            for (SameStorage.Files files : expected.sameStorage().filesIn(volume.volume())) {
                if (isSeen(volume, files)) {
                    report(volume, files);
                }
            }
        }
    }

    /**
     * Whether a container sees files that the volume has. A volume that nobody mounts yet can be mounted in any part.
     */
    private static boolean isSeen(VolumeView volume, SameStorage.Files files) {
        return volume.mounts().isEmpty() || volume.mounts().stream().anyMatch(files::isSeenBy);
    }

    private void report(VolumeView volume, SameStorage.Files files) {
        String named = "volume " + MessageText.quoted(volume.name());
        if (volume.claim().isEmpty()) {
            findings.add(AuditRule.VOLUME_OF_SAME_STORAGE, placeOf(volume), named + " has " + files.shows());
        } else {
            findings.add(
                    AuditRule.CLAIM_OF_SAME_STORAGE,
                    volume.claimNameAt(),
                    named + " is the claim " + MessageText.quoted(volume.claim()) + ", which has " + files.shows());
        }
    }

    /**
     * Returns the place of what leads to the files: the source, or the volume of the cluster that a new claim requests.
     */
    private static FieldPath placeOf(VolumeView volume) {
        return volume.kind() == VolumeSourceKind.EPHEMERAL
                ? volume.sourceAt().child("volumeClaimTemplate").child("spec").child("volumeName")
                : volume.sourceAt();
    }
}
