package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.CleanedPath;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.NameRules;
import com.cocalc.storage.kubernetes.apiserver.OneLine;
import com.cocalc.storage.kubernetes.apiserver.VolumeSourceKind;
import java.util.HashMap;
import java.util.Map;

/** What is wrong with the volumes themselves, whoever mounts them. */
final class VolumeAudit {

    /** Below this the kubelet keeps the volumes of all pods of a node. */
    private static final String KUBELET = "/var/lib/kubelet";

    /** The driver that mounts an export without a claim where a pod names it. */
    private static final String NFS_DRIVER = "nfs.csi.k8s.io";

    private final Expected expected;
    private final Findings findings;

    VolumeAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        Map<String, VolumeView> byClaim = new HashMap<>();
        for (VolumeView volume : pod.volumes()) {
            checkSource(volume);
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
                    "volume " + OneLine.quoted(volume.name()) + " has no source");
        } else if (volume.kind() == VolumeSourceKind.HOST_PATH) {
            checkHostPath(volume);
        } else if (volume.kind() == VolumeSourceKind.NFS) {
            findings.add(
                    AuditRule.INLINE_NFS,
                    volume.sourceAt(),
                    "volume " + OneLine.quoted(volume.name()) + " is "
                            + OneLine.quoted(
                                    Absent.asEmpty(volume.volume().getNfs().getPath())) + " of the NFS server "
                            + OneLine.quoted(
                                    Absent.asEmpty(volume.volume().getNfs().getServer())));
        } else if (volume.kind() == VolumeSourceKind.CSI
                && NFS_DRIVER.equals(volume.volume().getCsi().getDriver())) {
            Map<String, String> attributes =
                    Absent.asEmpty(volume.volume().getCsi().getVolumeAttributes());
            findings.add(
                    AuditRule.INLINE_NFS,
                    volume.sourceAt(),
                    "volume " + OneLine.quoted(volume.name()) + " is "
                            + OneLine.quoted(Absent.asEmpty(attributes.get("share"))) + " of the NFS server "
                            + OneLine.quoted(Absent.asEmpty(attributes.get("server"))));
        }
    }

    private void checkHostPath(VolumeView volume) {
        String path = Absent.asEmpty(volume.volume().getHostPath().getPath());
        String clean = CleanedPath.absolute(path);
        boolean reachesVolumes = CleanedPath.isAtOrBelow(clean, KUBELET) || CleanedPath.isAtOrBelow(KUBELET, clean);
        findings.add(
                reachesVolumes ? AuditRule.HOST_PATH_TO_VOLUMES : AuditRule.HOST_PATH,
                volume.sourceAt(),
                "volume " + OneLine.quoted(volume.name()) + " is the node's directory " + OneLine.quoted(path));
    }

    private void checkClaim(VolumeView volume, Map<String, VolumeView> byClaim) {
        String claim = volume.claim();
        if (!NameRules.isClaimName(claim)) {
            findings.add(
                    AuditRule.IMPOSSIBLE_CLAIM_NAME,
                    volume.claimNameAt(),
                    "no claim can be named " + OneLine.quoted(claim));
        }
        if (volume.isUsed()) {
            VolumeView other = byClaim.putIfAbsent(claim, volume);
            if (other != null) {
                findings.add(
                        AuditRule.TWO_VOLUMES_ONE_CLAIM,
                        volume.claimNameAt(),
                        "volume " + OneLine.quoted(volume.name()) + " is the claim " + OneLine.quoted(claim)
                                + ", which volume " + OneLine.quoted(other.name()) + " is already");
            }
        }
        checkFlags(volume);
    }

    private void checkFlags(VolumeView volume) {
        FieldPath at = volume.sourceAt().child("readOnly");
        if (volume.isReadOnly() && volume.isUsedInPart()) {
            findings.add(
                    AuditRule.READ_ONLY_SOURCE_WITH_SUB_PATH,
                    at,
                    "the source of volume " + OneLine.quoted(volume.name())
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
                    "the source of volume " + OneLine.quoted(volume.name())
                            + " is read-only, and a mount of it does not say so");
        } else if (!volume.isReadOnly() && !volume.isUsedWritable()) {
            findings.add(
                    AuditRule.FLAGS_DISAGREE,
                    volume.sourceAt(),
                    "every mount of volume " + OneLine.quoted(volume.name())
                            + " is read-only, and its source does not say so");
        }
    }
}
