package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.ResizePlan.Grow;
import com.cocalc.storage.kubernetes.ResizePlan.Label;
import com.cocalc.storage.kubernetes.ResizePlan.Refused;
import com.cocalc.storage.kubernetes.ResizePlan.Step;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a claim in the cluster with the claim that is wanted. */
final class LiveClaim {

    private static final String COPY =
            "create a claim of another name, copy the files while nothing runs, and name that one in values.yaml";

    private final PersistentVolumeClaim live;
    private final PersistentVolumeClaimSpec spec;
    private final List<StorageClass> classes;
    private final List<Step> steps = new ArrayList<>();

    LiveClaim(PersistentVolumeClaim live, List<StorageClass> classes) {
        this.live = live;
        this.classes = classes;
        spec = live.getSpec() == null ? new PersistentVolumeClaimSpec() : live.getSpec();
    }

    ResizePlan planTo(StorageClaims.Claim wanted) {
        if (live.getMetadata().getDeletionTimestamp() != null) {
            refuse(
                    "metadata.deletionTimestamp",
                    live.getMetadata().getDeletionTimestamp(),
                    "absent",
                    "the claim is being deleted and goes as soon as no pod uses it",
                    "save the files now: set reclaimPolicy Retain on its volume, and bind that to a new claim");
        }
        planModes();
        planClass(wanted);
        planSize(wanted);
        planLabels(wanted.labels());
        return new ResizePlan(wanted.name(), steps);
    }

    /** Plans the labels; labels of others are not changed. */
    private void planLabels(Map<String, String> wanted) {
        Map<String, String> there = Absent.asEmpty(live.getMetadata().getLabels());
        wanted.forEach((key, value) -> {
            if (!value.equals(there.get(key))) {
                String from = there.get(key);
                steps.add(new Label(key, from == null ? "" : from, value));
            }
        });
    }

    private void planModes() {
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (!modes.contains(StorageClaims.MODE)) {
            refuse(
                    "spec.accessModes",
                    modes.toString(),
                    "[" + StorageClaims.MODE + "]",
                    "access modes never change, and pods on other nodes could not mount it",
                    COPY);
        }
        String mode = spec.getVolumeMode();
        if (mode != null && !mode.equals(StorageClaims.VOLUME_MODE)) {
            refuse("spec.volumeMode", mode, StorageClaims.VOLUME_MODE, "the volume mode never changes", COPY);
        }
    }

    private void planClass(StorageClaims.Claim wanted) {
        String there = spec.getStorageClassName();
        if (!wanted.storageClass().value().equals(there)) {
            refuse(
                    "spec.storageClassName",
                    there == null ? "absent" : MessageText.quoted(there),
                    MessageText.quoted(wanted.storageClass().value()),
                    "the class of a claim never changes",
                    COPY + ", or write the class that it has");
        }
    }

    private void planSize(StorageClaims.Claim wanted) {
        Quantity there = requested();
        if (there == null) {
            refuse(
                    "spec.resources.requests.storage",
                    "absent or no quantity",
                    wanted.size().toString(),
                    "no cluster has such a claim",
                    "read the claim from the cluster");
            return;
        }
        BigDecimal bytes = Quantity.getAmountInBytes(there);
        int more = new BigDecimal(wanted.size().bytes()).compareTo(bytes);
        if (more < 0) {
            refuseSize(there, wanted, "a claim never shrinks", "write at least " + there + ", or " + COPY);
        } else if (more > 0) {
            planGrowth(there, wanted);
        }
    }

    private void planGrowth(Quantity there, StorageClaims.Claim wanted) {
        String phase = live.getStatus() == null ? null : live.getStatus().getPhase();
        if (!"Bound".equals(phase)) {
            refuseSize(
                    there,
                    wanted,
                    "only a bound claim grows, and this one is " + (phase == null ? "without a phase" : phase),
                    "let it be bound first, or delete it and create it with the new size, as it holds no files");
            return;
        }
        Optional<StorageClass> storageClass = classes.stream()
                .filter(c -> c.getMetadata() != null
                        && spec.getStorageClassName() != null
                        && spec.getStorageClassName().equals(c.getMetadata().getName()))
                .findFirst();
        if (storageClass.isEmpty()) {
            refuseSize(
                    there,
                    wanted,
                    "its class " + MessageText.quoted(spec.getStorageClassName())
                            + " does not exist, so it cannot allow it",
                    "create the class with allowVolumeExpansion: true, if its storage can grow");
        } else if (!Boolean.TRUE.equals(storageClass.get().getAllowVolumeExpansion())) {
            refuseSize(
                    there,
                    wanted,
                    "its class " + MessageText.quoted(spec.getStorageClassName()) + " does not allow it",
                    "set allowVolumeExpansion: true on the class, if its storage can grow");
        } else {
            steps.add(new Grow(there.toString(), wanted.size().toString()));
        }
    }

    private @Nullable Quantity requested() {
        Map<String, Quantity> requests =
                spec.getResources() == null ? null : spec.getResources().getRequests();
        Quantity size = requests == null ? null : requests.get("storage");
        try {
            if (size != null) {
                Quantity.getAmountInBytes(size);
            }
            return size;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void refuseSize(Quantity there, StorageClaims.Claim wanted, String reason, String remedy) {
        refuse(
                "spec.resources.requests.storage",
                there.toString(),
                wanted.size().toString(),
                reason,
                remedy);
    }

    private void refuse(String field, String from, String to, String reason, String remedy) {
        steps.add(new Refused(field, from, to, reason, remedy));
    }
}
