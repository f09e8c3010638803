package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The volumes that the cluster can bind a claim to, as its binder chooses them. */
final class FittingVolumes {

    private final ClusterSnapshot snapshot;
    private final PersistentVolumeClaim claim;
    private final PersistentVolumeClaimSpec wish;

    FittingVolumes(ClusterSnapshot snapshot, PersistentVolumeClaim claim) {
        this.snapshot = snapshot;
        this.claim = claim;
        wish = Absent.asEmpty(claim.getSpec(), PersistentVolumeClaimSpec::new);
    }

    /** Whether the volume that the claim names fits, or any if it names none. A selector by expressions is not read. */
    boolean isFound() {
        String named = Absent.asEmpty(wish.getVolumeName());
        LabelSelector selector = Absent.asEmpty(wish.getSelector(), LabelSelector::new);
        return snapshot.all(PersistentVolume.class).stream()
                .filter(volume -> named.isEmpty()
                        ? Absent.asEmpty(selector.getMatchExpressions()).isEmpty()
                                && labels(volume)
                                        .entrySet()
                                        .containsAll(Absent.asEmpty(selector.getMatchLabels())
                                                .entrySet())
                        : named.equals(ClusterSnapshot.nameOf(volume)))
                .anyMatch(volume -> fault(volume) == null && phase(volume).equals("Available"));
    }

    private static String phase(PersistentVolume volume) {
        return volume.getStatus() == null
                ? ""
                : Absent.asEmpty(volume.getStatus().getPhase());
    }

    private static Map<String, String> labels(PersistentVolume volume) {
        return volume.getMetadata() == null
                ? Map.of()
                : Absent.asEmpty(volume.getMetadata().getLabels());
    }

    /**
     * What keeps the claim from the volume that it names. A user who may not list volumes has a snapshot without any.
     */
    String whyUnfit(String named) {
        if (snapshot.all(PersistentVolume.class).isEmpty()) {
            return "";
        }
        String fault = snapshot.find(PersistentVolume.class, named)
                .map(volume -> Absent.asEmpty(fault(volume)))
                .orElse("does not exist");
        return fault.isEmpty() ? "" : ", which " + fault;
    }

    private @Nullable String fault(PersistentVolume volume) {
        PersistentVolumeSpec spec = Absent.asEmpty(volume.getSpec(), PersistentVolumeSpec::new);
        String asked = Absent.asEmpty(ClusterSnapshot.classOf(claim));
        String there = Absent.asEmpty(ClusterSnapshot.classOf(volume, spec.getStorageClassName()));
        if (!there.equals(asked)) {
            return "has class " + MessageText.quoted(there) + " and not " + MessageText.quoted(asked);
        }
        StorageSize size = ClaimPreflight.sizeOf(spec.getCapacity());
        StorageSize wanted = wish.getResources() == null
                ? null
                : ClaimPreflight.sizeOf(wish.getResources().getRequests());
        if (size != null && wanted != null && size.compareTo(wanted) < 0) {
            return "has " + size + " and not " + wanted;
        }
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (!new HashSet<>(modes).containsAll(Absent.asEmpty(wish.getAccessModes()))) {
            return "has access modes " + MessageText.quoted(modes.toString());
        }
        if (isBlock(spec.getVolumeMode()) != isBlock(wish.getVolumeMode())) {
            return "has volumeMode " + (isBlock(spec.getVolumeMode()) ? "Block" : "Filesystem");
        }
        if (spec.getClaimRef() != null && !isOfClaim(spec.getClaimRef())) {
            return "belongs to claim "
                    + MessageText.quoted(Absent.asEmpty(spec.getClaimRef().getName()))
                    + " of namespace "
                    + MessageText.quoted(Absent.asEmpty(spec.getClaimRef().getNamespace()));
        }
        if (phase(volume).equals("Released") || phase(volume).equals("Failed")) {
            return "is " + phase(volume);
        }
        return volume.getMetadata() != null && volume.getMetadata().getDeletionTimestamp() != null
                ? "is being deleted"
                : null;
    }

    private static boolean isBlock(@Nullable String mode) {
        return "Block".equals(mode);
    }

    private boolean isOfClaim(ObjectReference owner) {
        String uid = Absent.asEmpty(claim.getMetadata().getUid());
        return ClusterSnapshot.nameOf(claim).equals(owner.getName())
                && snapshot.namespace().equals(owner.getNamespace())
                && (uid.isEmpty() || Absent.isEmpty(owner.getUid()) || uid.equals(owner.getUid()));
    }
}
