package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.NameRules;
import com.cocalc.storage.kubernetes.apiserver.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with the volumes themselves, whoever mounts them. */
final class VolumeAudit {

    private final Expected expected;
    private final Findings findings;

    VolumeAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    /** The name is that of the pod, which Kubernetes makes names of claims from; empty where there is none yet. */
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
        } else if (volume.kind() == VolumeSourceKind.HOST_PATH) {
            checkHostPath(volume);
        } else {
            String words = InlineStorage.words(volume.volume(), volume.kind());
            if (words != null) {
                boolean writable = volume.isUsedWritable()
                        && !volume.isReadOnly()
                        && InlineStorage.isKnown(volume.volume(), volume.kind());
                findings.add(
                        writable ? AuditRule.INLINE_STORAGE_WRITABLE : AuditRule.INLINE_STORAGE,
                        volume.sourceAt(),
                        "volume " + MessageText.quoted(volume.name()) + " is " + words);
            }
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
        PersistentVolumeClaimTemplate template = volume.volume().getEphemeral().getVolumeClaimTemplate();
        PersistentVolumeClaimSpec spec = template == null ? null : template.getSpec();
        if (spec == null) {
            return;
        }
        FieldPath at = volume.sourceAt().child("volumeClaimTemplate").child("spec");
        TypedLocalObjectReference source = spec.getDataSource();
        if (source != null) {
            checkClone(volume, at.child("dataSource"), source.getKind(), source.getName());
        }
        TypedObjectReference reference = spec.getDataSourceRef();
        if (reference != null) {
            checkClone(volume, at.child("dataSourceRef"), reference.getKind(), reference.getName());
        }
        if (!Absent.isEmpty(spec.getVolumeName())) {
            findings.add(
                    AuditRule.INLINE_STORAGE_WRITABLE,
                    at.child("volumeName"),
                    "volume " + MessageText.quoted(volume.name()) + " is the persistent volume "
                            + MessageText.quoted(spec.getVolumeName()));
        }
    }

    private void checkClone(VolumeView volume, FieldPath at, @Nullable String kind, @Nullable String name) {
        if ("PersistentVolumeClaim".equals(kind) && expected.claims().contains(Absent.asEmpty(name))) {
            findings.add(
                    AuditRule.CLONE_OF_CLAIM,
                    at,
                    "volume " + MessageText.quoted(volume.name()) + " is filled with the content of the claim "
                            + MessageText.quoted(Absent.asEmpty(name)));
        }
    }

    private void checkHostPath(VolumeView volume) {
        String path = Absent.asEmpty(volume.volume().getHostPath().getPath());
        findings.add(
                NodePath.rule(path),
                volume.sourceAt(),
                "volume " + MessageText.quoted(volume.name()) + " is the node's directory " + MessageText.quoted(path));
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
            findings.add(
                    AuditRule.READ_ONLY_SOURCE_WITH_SUB_PATH,
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
