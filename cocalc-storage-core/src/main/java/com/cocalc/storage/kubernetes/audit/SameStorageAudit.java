package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import java.util.List;

/** Claims that are not the installation's, and of which it is known that they lead to its files. */
final class SameStorageAudit {

    private final Expected expected;
    private final Findings findings;

    SameStorageAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        for (SameStorage.Claim claim : expected.sameStorage().claims()) {
            for (VolumeView volume : pod.volumes()) {
                if (volume.claim().equals(claim.name()) && isSeen(claim, volume, pod)) {
                    findings.add(
                            AuditRule.CLAIM_OF_SAME_STORAGE,
                            volume.claimNameAt(),
                            "volume " + MessageText.quoted(volume.name()) + " is the claim "
                                    + MessageText.quoted(claim.name()) + ", which has " + claim.shows());
                }
            }
        }
    }

    /** A volume that nobody mounts yet can be mounted in any part. */
    private static boolean isSeen(SameStorage.Claim claim, VolumeView volume, PodView pod) {
        List<MountView> mounts = pod.containers().stream()
                .flatMap(container -> container.mounts().stream())
                .filter(mount -> mount.volume() == volume)
                .toList();
        return mounts.isEmpty() || mounts.stream().anyMatch(claim::isSeenBy);
    }
}
