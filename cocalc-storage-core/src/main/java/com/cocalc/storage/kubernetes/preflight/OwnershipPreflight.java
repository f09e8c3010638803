package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverSpec;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what hands files to the project's user can work in this cluster. */
final class OwnershipPreflight {

    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

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
        checkHomes(model.config().dataClaim());
        checkPreparation();
    }

    private void checkHomes(ClaimName data) {
        Optional<PersistentVolumeClaim> claim = ClaimPreflight.findClaim(snapshot, data);
        StorageClass storageClass = claim.flatMap(this::classOf).orElse(null);
        PersistentVolume volume = claim.flatMap(snapshot::volumeOf).orElse(null);
        BackEnd backEnd = backEndOf(data);
        if (backEnd == null) {
            return;
        }
        if (ownership instanceof HomeOwnership.FixPermissionsInit && !backEnd.rootMayChown()) {
            rootSquashed(data, storageClass, volume);
        }
        boolean mapped = backEnd.strategy() instanceof HomeOwnership.ServerSide;
        if (ownership instanceof HomeOwnership.AsIs && !mapped && !backEnd.appliesFsGroup()) {
            findings.add(
                    snapshot.objectName(data),
                    PreflightRule.HOME_STAYS_ROOTS,
                    "/spec",
                    ClaimPreflight.named(data) + " is on " + inWords(backEnd, volume)
                            + ", and fixPermissionsInit is off");
        }
        if (ownership instanceof HomeOwnership.ServerSide && isNoServer(backEnd)) {
            findings.add(
                    snapshot.objectName(data),
                    PreflightRule.NOBODY_IS_MAPPED,
                    "/spec",
                    ClaimPreflight.named(data) + " is on " + inWords(backEnd, volume)
                            + ", and the server is to map everybody to the project's user");
        }
    }

    private void rootSquashed(ClaimName data, @Nullable StorageClass storageClass, @Nullable PersistentVolume volume) {
        if (storageClass != null && FoundBackEnd.squashesRoot(storageClass)) {
            findings.add(
                    snapshot.objectName(storageClass),
                    PreflightRule.ROOT_SQUASHED,
                    "/parameters/rootSquash",
                    "class " + MessageText.quoted(ClusterSnapshot.nameOf(storageClass)) + " of "
                            + ClaimPreflight.named(data) + " has rootSquash \"true\", and fixPermissionsInit is on");
        } else if (volume != null && volume.getSpec() != null) {
            rootSquashed(data, volume, volume.getSpec().getCsi());
        }
    }

    private void rootSquashed(ClaimName data, PersistentVolume volume, @Nullable CSIPersistentVolumeSource csi) {
        ObjectName object = snapshot.objectName(volume);
        String squash = csi == null ? "" : FoundBackEnd.azureSquash(csi);
        if (squash.isEmpty()) {
            findings.add(
                    object,
                    PreflightRule.ROOT_SQUASHED,
                    "/spec/csi/volumeHandle",
                    ClaimPreflight.named(data)
                            + " is behind an EFS access point, which maps root as well, and fixPermissionsInit is on");
        } else {
            findings.add(
                    object,
                    PreflightRule.ROOT_SQUASHED,
                    "/spec/csi/volumeAttributes",
                    ClaimPreflight.named(data) + " is on a share of Azure Files with rootSquashType "
                            + MessageText.quoted(squash) + ", and fixPermissionsInit is on",
                    "use a class with rootSquashType NoRootSquash; or set manage.project.fixPermissionsInit: false, and"
                            + " let the server map everybody to the project's user");
        }
    }

    /** An NFS server may map everybody, and no object tells. */
    private static boolean isNoServer(BackEnd backEnd) {
        return backEnd == BackEnd.CEPHFS || backEnd == BackEnd.LOCAL || backEnd == BackEnd.HOST_PATH;
    }

    private String inWords(BackEnd backEnd, @Nullable PersistentVolume volume) {
        if (backEnd == BackEnd.CSI_DEFAULT_POLICY && volume != null) {
            String name = Absent.asEmpty(volume.getSpec().getCsi().getDriver());
            String policy = snapshot.find(CSIDriver.class, name)
                    .map(CSIDriver::getSpec)
                    .map(CSIDriverSpec::getFsGroupPolicy)
                    .orElse("ReadWriteOnceWithFSType");
            return "a volume of driver " + MessageText.quoted(name) + " with fsGroupPolicy "
                    + MessageText.quoted(policy) + ", which does nothing for ReadWriteMany";
        }
        return switch (backEnd) {
            case CEPHFS -> "CephFS, which maps nobody";
            case LOCAL -> "a local volume, which maps nobody";
            case HOST_PATH -> "a directory of a node, to which fsGroup is never applied";
            default -> "an NFS volume, to which fsGroup is never applied";
        };
    }

    private @Nullable BackEnd backEndOf(ClaimName name) {
        Optional<PersistentVolumeClaim> claim = ClaimPreflight.findClaim(snapshot, name);
        return FoundBackEnd.of(
                        snapshot,
                        claim.flatMap(snapshot::volumeOf).orElse(null),
                        claim.flatMap(this::classOf).orElse(null))
                .orElse(null);
    }

    private Optional<StorageClass> classOf(PersistentVolumeClaim claim) {
        return snapshot.find(StorageClass.class, ClusterSnapshot.classOf(claim));
    }

    private @Nullable Namespace namespace() {
        return snapshot.find(Namespace.class, snapshot.namespace()).orElse(null);
    }

    private static boolean isRestricted(@Nullable Namespace namespace) {
        ObjectMeta meta =
                namespace == null || namespace.getMetadata() == null ? new ObjectMeta() : namespace.getMetadata();
        return "restricted".equals(Absent.asEmpty(meta.getLabels()).get(ENFORCE));
    }

    private void checkNamespace() {
        Namespace namespace = namespace();
        if (namespace == null || !isRestricted(namespace)) {
            return;
        }
        ObjectName object = snapshot.objectName(namespace);
        String enforces = "namespace " + MessageText.quoted(snapshot.namespace()) + " enforces restricted";
        String pointer = "/metadata/labels/" + ENFORCE.replace("/", "~1");
        if (ownership instanceof HomeOwnership.FixPermissionsInit) {
            findings.add(
                    object,
                    PreflightRule.RESTRICTED_NAMESPACE,
                    pointer,
                    enforces + ", and fixPermissionsInit adds an init container that runs as root");
        } else {
            findings.add(object, PreflightRule.RESTRICTED_NEEDS_HARDENED, pointer, enforces);
        }
    }

    /** Nobody can see from outside whose a directory is; who ran the Job has seen to it. */
    private void checkPreparation() {
        if (ownership instanceof HomeOwnership.ServerSide) {
            return;
        }
        suggestPreparation(model.config().softwareClaim(), "a root directory that belongs to root");
        ClaimName data = model.config().dataClaim();
        ClaimName shares = model.config().sharesClaim();
        if (shares.equals(data)) {
            suggestPreparation(data, "directories of homes and shares that belong to root");
        } else {
            suggestPreparation(data, "a directory of homes that belongs to root");
            suggestPreparation(shares, "a directory of shares that belongs to root");
        }
    }

    private void suggestPreparation(ClaimName claim, String what) {
        BackEnd backEnd = backEndOf(claim);
        boolean mapped = backEnd != null && backEnd.strategy() instanceof HomeOwnership.ServerSide;
        if (!isBound(claim) || mapped || isPrepared(claim)) {
            return;
        }
        String found = ClaimPreflight.named(claim) + " may have " + what;
        if (backEnd != null && !backEnd.rootMayChown()) {
            findings.add(
                    snapshot.objectName(claim),
                    PreflightRule.CLAIM_PREPARATION,
                    "",
                    found + ", and its server takes root for nobody",
                    "make the directories on the server itself, and change their owner there");
        } else if (isRestricted(namespace())) {
            findings.add(
                    snapshot.objectName(claim),
                    PreflightRule.CLAIM_PREPARATION,
                    "",
                    found,
                    "let the namespace enforce baseline while the Job " + ClaimPreparation.JOB_NAME
                            + " runs once, as root"
                            + " (cocalc-storage objects --software-owner-image IMAGE prints it)");
        } else {
            findings.add(snapshot.objectName(claim), PreflightRule.CLAIM_PREPARATION, "", found);
        }
    }

    /** The Job stays when its pod is deleted, and a Job that cleans up after itself leaves nothing. */
    private boolean isPrepared(ClaimName claim) {
        Stream<Pod> ofPods = snapshot.all(Pod.class).stream()
                .filter(pod -> pod.getStatus() != null
                        && "Succeeded".equals(pod.getStatus().getPhase()));
        Stream<Pod> ofJobs = snapshot.all(Job.class).stream()
                .filter(job -> job.getStatus() != null
                        && job.getStatus().getSucceeded() != null
                        && job.getStatus().getSucceeded() > 0)
                .map(OwnershipPreflight::podOf);
        return Stream.concat(ofPods, ofJobs)
                .filter(pod ->
                        snapshot.isHere(pod) && ClusterSnapshot.nameOf(pod).startsWith(ClaimPreparation.JOB_NAME))
                .map(pod -> new VolumesOfPod(pod).claims().keySet())
                .anyMatch(claims -> claims.isEmpty() || claims.contains(claim.value()));
    }

    private static Pod podOf(Job job) {
        Pod pod = new Pod();
        pod.setMetadata(job.getMetadata());
        JobSpec spec = Absent.asEmpty(job.getSpec(), JobSpec::new);
        pod.setSpec(spec.getTemplate() == null ? null : spec.getTemplate().getSpec());
        return pod;
    }

    private boolean isBound(ClaimName name) {
        return ClaimPreflight.findClaim(snapshot, name)
                .filter(claim -> claim.getStatus() != null
                        && "Bound".equals(claim.getStatus().getPhase()))
                .isPresent();
    }
}
