package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatus;
import java.util.List;

/** Whether the volume of a claim is the claim's, lives, and can be written to. */
final class VolumeStatePreflight {

    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;

    VolumeStatePreflight(ClusterSnapshot snapshot, PreflightFindings findings) {
        this.snapshot = snapshot;
        this.findings = findings;
    }

    void check(String behind, PersistentVolume volume) {
        PersistentVolumeSpec spec = Absent.asEmpty(volume.getSpec(), PersistentVolumeSpec::new);
        PersistentVolumeStatus status = Absent.asEmpty(volume.getStatus(), PersistentVolumeStatus::new);
        ObjectMeta metadata = Absent.asEmpty(volume.getMetadata(), ObjectMeta::new);
        if (metadata.getDeletionTimestamp() != null) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_TERMINATING,
                    "/metadata/deletionTimestamp",
                    behind + " is being deleted");
        }
        String phase = Absent.asEmpty(status.getPhase());
        if (phase.equals("Failed") || phase.equals("Released")) {
            String message = Absent.asEmpty(status.getMessage());
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_FAILED,
                    "/status/phase",
                    behind + " is " + phase + (message.isEmpty() ? "" : ": " + MessageText.quoted(message)));
        }
        SourceFields source = SourceFields.of(spec);
        if (source.isReadOnly()) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_READ_ONLY,
                    "/spec/" + source.kind() + "/readOnly",
                    behind + " is readOnly");
        } else if (isReadOnly(VolumeMountOptions.of(volume).options())) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_READ_ONLY,
                    VolumeMountOptions.of(volume).pointer(),
                    behind + " has mount option \"ro\"");
        }
    }

    /** The last one of the two counts. */
    private static boolean isReadOnly(List<String> mountOptions) {
        return mountOptions.stream()
                .filter(option -> option.equals("ro") || option.equals("rw"))
                .reduce("rw", (former, latter) -> latter)
                .equals("ro");
    }

    /** Of two claims on one volume, one at most is its owner. */
    void checkOwner(ClaimName name, String behind, PersistentVolume volume) {
        ObjectReference owner =
                volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
        if (owner == null || Absent.isEmpty(owner.getName())) {
            return;
        }
        String uid = ClaimPreflight.findClaim(snapshot, name)
                .map(PersistentVolumeClaim::getMetadata)
                .map(ObjectMeta::getUid)
                .orElse("");
        String namespace = Absent.asEmpty(owner.getNamespace());
        if (!owner.getName().equals(name.value()) || !namespace.equals(snapshot.namespace())) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_OF_ANOTHER_CLAIM,
                    "/spec/claimRef",
                    behind + " belongs to claim " + MessageText.quoted(owner.getName()) + " of namespace "
                            + MessageText.quoted(namespace));
        } else if (!uid.isEmpty() && !Absent.isEmpty(owner.getUid()) && !uid.equals(owner.getUid())) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.VOLUME_OF_ANOTHER_CLAIM,
                    "/spec/claimRef/uid",
                    behind + " belongs to an earlier claim of this name");
        }
    }
}
