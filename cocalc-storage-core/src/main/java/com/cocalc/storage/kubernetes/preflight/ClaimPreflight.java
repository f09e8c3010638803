package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The claims that pods mount: whether they are there, bound, and of the right kind. */
final class ClaimPreflight {

    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private final StorageModel model;
    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;

    ClaimPreflight(StorageModel model, ClusterSnapshot snapshot, PreflightFindings findings) {
        this.model = model;
        this.snapshot = snapshot;
        this.findings = findings;
    }

    void check() {
        for (ClaimName name : model.claims()) {
            Optional<PersistentVolumeClaim> claim = findClaim(snapshot, name);
            if (claim.isPresent()) {
                check(name, claim.get());
            } else {
                missing(name);
            }
        }
    }

    private void missing(ClaimName name) {
        String there = snapshot.claims().stream()
                .map(ClusterSnapshot::nameOf)
                .distinct()
                .limit(20)
                .map(MessageText::quoted)
                .collect(Collectors.joining(", "));
        String elsewhere = snapshot.all(PersistentVolumeClaim.class).stream()
                .filter(claim -> name.value().equals(ClusterSnapshot.nameOf(claim)))
                .map(claim -> MessageText.quoted(claim.getMetadata().getNamespace()))
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        findings.add(
                snapshot.objectName(name),
                PreflightRule.CLAIM_MISSING,
                "",
                named(name) + " is not in namespace " + MessageText.quoted(snapshot.namespace())
                        + (there.isEmpty() ? ", which has no claim" : ", which has " + there)
                        + (elsewhere.isEmpty() ? "" : "; there is one in namespace " + elsewhere),
                "create the claim " + MessageText.quoted(name.value()) + " there"
                        + (elsewhere.isEmpty() ? "" : "; or check with the namespace in which CoCalc is installed"));
    }

    static Optional<PersistentVolumeClaim> findClaim(ClusterSnapshot snapshot, ClaimName name) {
        return snapshot.claims().stream()
                .filter(claim -> name.value().equals(ClusterSnapshot.nameOf(claim)))
                .findFirst();
    }

    static String named(ClaimName name) {
        return "claim " + MessageText.quoted(name.value());
    }

    private void check(ClaimName name, PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = Absent.asEmpty(claim.getSpec(), PersistentVolumeClaimSpec::new);
        PersistentVolumeClaimStatus status = Absent.asEmpty(claim.getStatus(), PersistentVolumeClaimStatus::new);
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (!modes.contains("ReadWriteMany")) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.NOT_READ_WRITE_MANY,
                    "/spec/accessModes",
                    named(name) + " has access modes " + MessageText.quoted(modes.toString()));
        }
        if ("Block".equals(spec.getVolumeMode())) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.BLOCK_VOLUME,
                    "/spec/volumeMode",
                    named(name) + " has volumeMode Block");
        }
        if (claim.getMetadata() != null && claim.getMetadata().getDeletionTimestamp() != null) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.CLAIM_TERMINATING,
                    "/metadata/deletionTimestamp",
                    named(name) + " is being deleted, " + usersOf(name));
        }
        String phase = Absent.asEmpty(status.getPhase());
        if (phase.equals("Lost")) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.CLAIM_LOST,
                    "/status/phase",
                    named(name) + " has lost volume " + MessageText.quoted(Absent.asEmpty(spec.getVolumeName())));
        } else if (!phase.equals("Bound")) {
            whyPending(name, claim, spec);
        } else {
            checkSize(name, status);
        }
    }

    private String usersOf(ClaimName name) {
        List<String> users = snapshot.all(Pod.class).stream()
                .filter(snapshot::isHere)
                .filter(pod -> new VolumesOfPod(pod).claims().containsKey(name.value()))
                .map(pod -> MessageText.quoted(ClusterSnapshot.nameOf(pod)))
                .toList();
        if (users.isEmpty()) {
            return "and no pod of the snapshot uses it";
        }
        String some = String.join(", ", users.subList(0, Math.min(5, users.size())));
        return "while " + users.size() + (users.size() == 1 ? " pod uses it: " : " pods use it: ") + some
                + (users.size() > 5 ? ", …" : "");
    }

    private void whyPending(ClaimName name, PersistentVolumeClaim claim, PersistentVolumeClaimSpec spec) {
        String asked = ClusterSnapshot.classOf(claim);
        String volume = Absent.asEmpty(spec.getVolumeName());
        FittingVolumes fitting = new FittingVolumes(snapshot, claim);
        if (fitting.isFound()) {
            return; // the cluster binds it, now or with its first pod
        }
        if (!volume.isEmpty()) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.CLAIM_WAITS_FOR_VOLUME,
                    "/spec/volumeName",
                    named(name) + " is Pending, and waits for volume " + MessageText.quoted(volume)
                            + fitting.whyUnfit(volume));
        } else if (asked == null) {
            Optional<StorageClass> standard = defaultClass();
            if (standard.isEmpty()) {
                findings.add(
                        snapshot.objectName(name),
                        PreflightRule.NO_DEFAULT_CLASS,
                        "/spec/storageClassName",
                        named(name) + " is Pending, it names no class, and "
                                + classes("none of the classes ", " is the default"));
            } else {
                whyPending(name, spec, standard.get());
            }
        } else if (asked.isEmpty()) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.CLAIM_WITHOUT_CLASS,
                    "/spec/storageClassName",
                    named(name) + " is Pending, and its class is \"\", so nothing is provisioned");
        } else {
            snapshot.find(StorageClass.class, asked)
                    .ifPresentOrElse(
                            storageClass -> whyPending(name, spec, storageClass),
                            () -> findings.add(
                                    snapshot.objectName(name),
                                    PreflightRule.CLASS_MISSING,
                                    "/spec/storageClassName",
                                    named(name) + " is Pending, as class " + MessageText.quoted(asked) + " is missing; "
                                            + classes("there are ", "")));
        }
    }

    private String classes(String before, String after) {
        String names = snapshot.all(StorageClass.class).stream()
                .limit(20)
                .map(one -> MessageText.quoted(ClusterSnapshot.nameOf(one)))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "the snapshot has no class at all" : before + names + after;
    }

    /** Of several, the server takes the newest one. */
    private Optional<StorageClass> defaultClass() {
        return snapshot.all(StorageClass.class).stream()
                .filter(ClaimPreflight::isDefault)
                .max(Comparator.comparing((StorageClass one) ->
                                Absent.asEmpty(one.getMetadata().getCreationTimestamp()))
                        .thenComparing(ClusterSnapshot::nameOf, Comparator.reverseOrder()));
    }

    /** Kubernetes reads the old name of the annotation as well. */
    private static boolean isDefault(StorageClass storageClass) {
        Map<String, String> annotations = storageClass.getMetadata() == null
                ? Map.of()
                : Absent.asEmpty(storageClass.getMetadata().getAnnotations());
        return "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"))
                || "true".equals(annotations.get("storageclass.beta.kubernetes.io/is-default-class"));
    }

    private void whyPending(ClaimName name, PersistentVolumeClaimSpec spec, StorageClass storageClass) {
        String provisioner = Absent.asEmpty(storageClass.getProvisioner());
        String pending =
                named(name) + " is Pending, and its class " + MessageText.quoted(ClusterSnapshot.nameOf(storageClass));
        String failure = failureOf(name);
        if (provisioner.equals(NO_PROVISIONER)) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.CLASS_WITHOUT_PROVISIONER,
                    "/spec/storageClassName",
                    pending + " has no provisioner");
        } else if (failure != null) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.PROVISIONING_FAILED,
                    "/status/phase",
                    named(name) + " is Pending, and its provisioner says " + MessageText.quoted(failure));
        } else if (spec.getSelector() != null) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.PROVISIONER_SILENT,
                    "/spec/selector",
                    pending + " has provisioner " + MessageText.quoted(provisioner) + ", and the claim has a selector",
                    "make a volume with these labels by hand, or create the claim again without selector: a provisioner"
                            + " makes none for it");
        } else if ("WaitForFirstConsumer".equals(storageClass.getVolumeBindingMode())) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.WAITS_FOR_FIRST_CONSUMER,
                    "/status/phase",
                    pending + " has volumeBindingMode WaitForFirstConsumer");
        } else {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.PROVISIONER_SILENT,
                    "/status/phase",
                    pending + " has provisioner " + MessageText.quoted(provisioner) + ", which has made no volume");
        }
    }

    /** The last word of the provisioner about a claim; events are listed oldest first. */
    private @Nullable String failureOf(ClaimName name) {
        String last = null;
        for (Event event : snapshot.all(Event.class)) {
            ObjectReference about = Absent.asEmpty(event.getInvolvedObject(), ObjectReference::new);
            boolean here = about.getNamespace() == null || about.getNamespace().equals(snapshot.namespace());
            if (here
                    && "ProvisioningFailed".equals(event.getReason())
                    && "PersistentVolumeClaim".equals(about.getKind())
                    && name.value().equals(about.getName())) {
                last = Absent.asEmpty(event.getMessage());
            }
        }
        return last;
    }

    private void checkSize(ClaimName name, PersistentVolumeClaimStatus status) {
        StorageSize there = sizeOf(status.getCapacity());
        StorageSize wanted =
                model.config().created().map(created -> sizeOf(name, created)).orElse(null);
        if (there != null && wanted != null && there.compareTo(wanted) < 0) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.SIZE_TOO_SMALL,
                    "/status/capacity/storage",
                    named(name) + " holds " + there + ", but values.yaml asks for " + wanted);
        }
    }

    private @Nullable StorageSize sizeOf(ClaimName name, CreatedClaims created) {
        if (name.equals(model.config().dataClaim())) {
            return created.dataSize();
        }
        return name.equals(model.config().softwareClaim()) ? created.softwareSize() : null;
    }

    static @Nullable StorageSize sizeOf(@Nullable Map<String, Quantity> amounts) {
        Quantity quantity = Absent.asEmpty(amounts).get("storage");
        return quantity == null ? null : sizeOf(textOf(quantity));
    }

    /** A quantity as it is written. */
    static String textOf(Quantity quantity) {
        return Absent.asEmpty(quantity.getAmount()) + Absent.asEmpty(quantity.getFormat());
    }

    static @Nullable StorageSize sizeOf(String quantity) {
        try {
            return StorageSize.parse(quantity);
        } catch (IllegalArgumentException e) {
            return null; // a cluster writes what its own rules allow
        }
    }
}
