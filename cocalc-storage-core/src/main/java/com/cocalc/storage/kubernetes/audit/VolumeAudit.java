package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import java.util.HashMap;
import java.util.Map;

/** Checks the volumes themselves. */
final class VolumeAudit {

    private final Expected expected;
    private final Findings findings;

    VolumeAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    /**
     * Checks the volumes of a pod. Kubernetes derives names of claims from the pod's name, which is empty if there is
     * none yet.
     */
    void check(PodView pod, String podName) {
        Map<String, VolumeView> byClaim = new HashMap<>();
        for (VolumeView volume : pod.volumes()) {
            checkSource(volume);
            if (volume.kind() == VolumeSourceKind.EPHEMERAL) {
                checkEphemeral(volume, podName);
            }
            if (!volume.claim().isEmpty()) {
                checkClaim(volume, byClaim);
            }
        }
    }

    private void checkSource(VolumeView volume) {
        if (volume.kind() == null) {
            findings.add(
                    AuditRule.VOLUME_WITHOUT_SOURCE,
                    volume.at(),
                    "volume " + MessageText.quoted(volume.name()) + " has no source");
        }
    }

    private void checkEphemeral(VolumeView volume, String podName) {
        String made = podName + "-" + volume.name();
        if (!podName.isEmpty() && expected.claims().contains(made)) {
            findings.add(
                    AuditRule.EPHEMERAL_CLAIM_NAME,
                    volume.at().child("name"),
                    "for volume " + MessageText.quoted(volume.name()) + " of the pod " + MessageText.quoted(podName)
                            + " Kubernetes makes a claim of the name " + MessageText.quoted(made));
        }
    }

    private void checkClaim(VolumeView volume, Map<String, VolumeView> byClaim) {
        String claim = volume.claim();
        if (!NameRules.isClaimName(claim)) {
            findings.add(
                    AuditRule.IMPOSSIBLE_CLAIM_NAME,
                    volume.claimNameAt(),
                    "no claim can be named " + MessageText.quoted(claim));
        }
        if (volume.isUsed()) {
            VolumeView other = byClaim.putIfAbsent(claim, volume);
            if (other != null) {
                findings.add(
                        AuditRule.TWO_VOLUMES_ONE_CLAIM,
                        volume.claimNameAt(),
                        "volume " + MessageText.quoted(volume.name()) + " is the claim " + MessageText.quoted(claim)
                                + ", which volume " + MessageText.quoted(other.name()) + " is already");
            }
        }
        checkFlags(volume);
    }

    private void checkFlags(VolumeView volume) {
        FieldPath at = volume.sourceAt().child("readOnly");
        if (volume.isReadOnly() && volume.isUsedInPart()) {
            // Of a claim that the pod sees as a whole, the directory is there, or nobody misses it.
            boolean isNeeded =
                    expected.claims().contains(volume.claim()) && expected.findMount(volume.claim(), "") == null;
            findings.add(
                    isNeeded ? AuditRule.READ_ONLY_SOURCE_WITH_SUB_PATH : AuditRule.DIRECTORY_MUST_EXIST,
                    at,
                    "the source of volume " + MessageText.quoted(volume.name())
                            + " is read-only, and a mount of it has a sub-path");
        } else if (volume.isUsed() && !volume.isUsedInPart() && expected.findMount(volume.claim(), "") != null) {
            checkAgreement(volume, at);
        }
    }

    private void checkAgreement(VolumeView volume, FieldPath at) {
        if (volume.isReadOnly() && volume.isUsedWritable()) {
            findings.add(
                    AuditRule.FLAGS_DISAGREE,
                    at,
                    "the source of volume " + MessageText.quoted(volume.name())
                            + " is read-only, and a mount of it does not say so");
        } else if (!volume.isReadOnly() && !volume.isUsedWritable()) {
            findings.add(
                    AuditRule.FLAGS_DISAGREE,
                    volume.sourceAt(),
                    "every mount of volume " + MessageText.quoted(volume.name())
                            + " is read-only, and its source does not say so");
        }
    }
}
