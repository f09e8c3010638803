package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageModel;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what hands files to the project's user can work in this cluster. */
final class OwnershipPreflight {

    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
    private static final String JOB = "cocalc-software-ownership";

    private final StorageModel model;
    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;
    private final HomeOwnership ownership;

    OwnershipPreflight(StorageModel model, ClusterSnapshot snapshot, PreflightFindings findings) {
        this.model = model;
        this.snapshot = snapshot;
        this.findings = findings;
        ownership = model.config().homeOwnership();
    }

    void check() {
        checkNamespace();
        ClaimName data = model.config().dataClaim();
        StorageClass storageClass = ClaimPreflight.findClaim(snapshot, data)
                .flatMap(this::classOf)
                .orElse(null);
        if (ownership instanceof HomeOwnership.FixPermissionsInit && squashesRoot(storageClass)) {
            findings.add(
                    PreflightRule.ROOT_SQUASHED,
                    "/parameters/rootSquash",
                    "class " + OneLine.quoted(ClusterSnapshot.nameOf(storageClass)) + " of "
                            + ClaimPreflight.named(data) + " has rootSquash \"true\", and fixPermissionsInit is on");
        }
        if (ownership instanceof HomeOwnership.AsIs) {
            checkFsGroup(data);
        }
        checkSoftware();
    }

    private Optional<StorageClass> classOf(PersistentVolumeClaim claim) {
        return snapshot.find(
                StorageClass.class, claim.getSpec() == null ? null : claim.getSpec().getStorageClassName());
    }

    private static boolean squashesRoot(@Nullable StorageClass storageClass) {
        return storageClass != null
                && "true".equalsIgnoreCase(
                        Absent.asEmpty(storageClass.getParameters()).get("rootSquash"));
    }

    private void checkNamespace() {
        Namespace namespace =
                snapshot.find(Namespace.class, snapshot.namespace()).orElse(null);
        if (namespace == null
                || !"restricted"
                        .equals(Absent.asEmpty(namespace.getMetadata().getLabels())
                                .get(ENFORCE))) {
            return;
        }
        String enforces = "namespace " + OneLine.quoted(snapshot.namespace()) + " enforces restricted";
        String pointer = "/metadata/labels/" + ENFORCE.replace("/", "~1");
        if (ownership instanceof HomeOwnership.FixPermissionsInit) {
            findings.add(
                    PreflightRule.RESTRICTED_NAMESPACE,
                    pointer,
                    enforces + ", and fixPermissionsInit adds an init container that runs as root");
        } else {
            findings.add(PreflightRule.RESTRICTED_NEEDS_HARDENED, pointer, enforces);
        }
    }

    /** The kubelet's {@code fsGroup} reaches a volume for many nodes only where its driver says File. */
    private void checkFsGroup(ClaimName data) {
        PersistentVolume volume = ClaimPreflight.findClaim(snapshot, data)
                .flatMap(claim -> snapshot.find(
                        PersistentVolume.class,
                        claim.getSpec() == null ? null : claim.getSpec().getVolumeName()))
                .orElse(null);
        PersistentVolumeSpec spec = volume == null ? null : volume.getSpec();
        if (spec == null) {
            return;
        }
        String kind;
        if (spec.getNfs() != null) {
            kind = "an NFS volume, to which fsGroup is never applied";
        } else if (spec.getCsi() != null) {
            String name = Absent.asEmpty(spec.getCsi().getDriver());
            CSIDriver driver = snapshot.find(CSIDriver.class, name).orElse(null);
            String policy = driver == null || driver.getSpec() == null ? null : driver.getSpec().getFsGroupPolicy();
            if (driver == null || "File".equals(policy)) {
                return;
            }
            kind = "a volume of driver " + OneLine.quoted(name) + " with fsGroupPolicy "
                    + OneLine.quoted(policy == null ? "ReadWriteOnceWithFSType" : policy)
                    + ", which does nothing for ReadWriteMany";
        } else {
            return;
        }
        findings.add(
                PreflightRule.HOME_STAYS_ROOTS,
                "/spec",
                ClaimPreflight.named(data) + " is on " + kind + ", and fixPermissionsInit is off");
    }

    /** Nobody can see from outside whose the root is; who ran the Job has seen to it. */
    private void checkSoftware() {
        ClaimName software = model.config().softwareClaim();
        boolean bound = ClaimPreflight.findClaim(snapshot, software)
                .filter(claim -> claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase()))
                .isPresent();
        boolean done = snapshot.all(Pod.class).stream()
                .anyMatch(pod -> snapshot.isHere(pod)
                        && ClusterSnapshot.nameOf(pod).startsWith(JOB)
                        && pod.getStatus() != null
                        && "Succeeded".equals(pod.getStatus().getPhase()));
        if (bound && !done && !(ownership instanceof HomeOwnership.ServerSide)) {
            findings.add(
                    PreflightRule.SOFTWARE_OWNERSHIP,
                    "",
                    ClaimPreflight.named(software) + " may have a root directory that belongs to root");
        }
    }
}
