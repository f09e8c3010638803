package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Claims: how they are bound, what becomes of pods without them, and of files without a claim. */
class ClaimsTest {

    private static final Pod PROJECT = Pods.project(Pods.AS_IS, ProjectLicenses.none());

    private static StorageClass storageClass(String reclaimPolicy, String bindingMode) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName("nfs")
                .endMetadata()
                .withProvisioner("example.com/nfs")
                .withReclaimPolicy(reclaimPolicy)
                .withVolumeBindingMode(bindingMode)
                .build();
    }

    private static FakeCluster cluster(String reclaimPolicy) {
        return FakeCluster.builder()
                .storageClass(storageClass(reclaimPolicy, "Immediate"), Provisioner.of(BackEnd.GANESHA))
                .claimsOf(Pods.AS_IS, "nfs")
                .build();
    }

    @Test
    void aPodWhoseClaimIsMissingIsNotScheduled() {
        FakeCluster cluster = FakeCluster.builder().build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(PROJECT));

        assertThat(stuck.reason()).isEqualTo("FailedScheduling");
        assertThat(stuck.message())
                .isEqualTo("0/1 nodes are available: persistentvolumeclaim \"projects-data\" not found. preemption: 0/1"
                        + " nodes are available: 1 Preemption is not helpful for scheduling.");
        assertThat(stuck.pod().getStatus().getPhase()).isEqualTo("Pending");
        assertThat(stuck.pod().getSpec().getNodeName()).isNull();
    }

    @Test
    void startSaysWhichClaimsThereAreWhereOneIsMissing() {
        Pod other = Pods.project(StorageConfig.builder().dataClaim("files").build(), ProjectLicenses.none());

        assertThatThrownBy(() -> cluster("Delete").start(other))
                .isInstanceOf(PodNotRunningException.class)
                .hasMessageContaining("persistentvolumeclaim \"files\" not found")
                .hasMessageEndingWith("; the claims of the namespace default are [projects-data, projects-software]");
    }

    @Test
    void aPodWhoseClaimIsPendingIsNotScheduledAndStartsOnceItIsBound() {
        FakeCluster cluster =
                FakeCluster.builder().claimsOf(Pods.AS_IS, "missing").build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(PROJECT));
        cluster.createStorageClass(
                new StorageClassBuilder(storageClass("Delete", "Immediate"))
                        .editMetadata()
                        .withName("missing")
                        .endMetadata()
                        .build(),
                Provisioner.of(BackEnd.GANESHA));

        assertThat(stuck.message()).contains("pod has unbound immediate PersistentVolumeClaims");
        assertThat(Outcomes.described(cluster.events()))
                .contains("Warning ProvisioningFailed persistentvolume-controller: storageclass.storage.k8s.io"
                        + " \"missing\" not found");
        assertThat(cluster.retry(PROJECT.getMetadata().getName())).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void aPodOnANodeOfItsOwnChoiceWaitsForItsMountsInstead() {
        FakeCluster cluster =
                FakeCluster.builder().claimsOf(Pods.AS_IS, "missing").build();
        Pod pod = Copy.of(PROJECT);
        pod.getSpec().setNodeName("node-1");

        PodOutcome.NotStarted pending = notStarted(cluster.submit(pod));

        assertThat(pending.reason()).isEqualTo("FailedMount");
        assertThat(pending.message())
                .isEqualTo(
                        "Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to"
                                + " process volumes=[home]: error processing PVC default/projects-data: PVC is not bound");
        cluster.deleteClaim("projects-software");
    }

    @Test
    void aClaimWithoutAClassIsNeverBound() {
        PersistentVolumeClaim claim = UsualObjects.claim("lonely", "");
        FakeCluster cluster = FakeCluster.builder().claim(claim).build();

        assertThat(cluster.claim("lonely").isBound()).isFalse();
        assertThat(cluster.claim("lonely")).hasToString("default/lonely, pending");
        assertThat(cluster.claim("lonely").object().getStatus().getPhase()).isEqualTo("Pending");
        assertThatIllegalStateException()
                .isThrownBy(() -> cluster.claim("lonely").volume())
                .withMessage(
                        "claim lonely must be bound to have a volume, but is pending; look at the cluster's events for"
                                + " the reason");
    }

    @Test
    void aClaimThatNamesNoClassGetsTheDefaultOne() {
        StorageClass standard = storageClass("Delete", "Immediate");
        standard.getMetadata().setAnnotations(Map.of("storageclass.kubernetes.io/is-default-class", "true"));
        PersistentVolumeClaim claim = UsualObjects.claim("data", "x");
        claim.getSpec().setStorageClassName(null);

        FakeCluster cluster = FakeCluster.builder()
                .storageClass(standard, Provisioner.of(BackEnd.NFS_CSI))
                .claim(claim)
                .build();

        assertThat(cluster.claim("data").object().getSpec().getStorageClassName())
                .isEqualTo("nfs");
        assertThat(cluster.claim("data")).hasToString("default/data on NFS_CSI");
    }

    @Test
    void aClassThatWaitsForTheFirstConsumerBindsWithTheFirstPod() {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass(storageClass("Delete", "WaitForFirstConsumer"), Provisioner.of(BackEnd.GANESHA))
                .claimsOf(Pods.AS_IS, "nfs")
                .build();
        assertThat(cluster.claim("projects-data").isBound()).isFalse();

        cluster.start(PROJECT);

        assertThat(cluster.claim("projects-data").isBound()).isTrue();
    }

    @Test
    void aBlockClaimCannotBeMountedAsFiles() {
        PersistentVolumeClaim block = UsualObjects.claim("projects-data", "nfs");
        block.getSpec().setVolumeMode("Block");
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.CEPHFS)
                .claim(block)
                .claim("projects-software", "nfs")
                .build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(PROJECT));

        assertThat(stuck.reason()).isEqualTo("FailedMount");
        assertThat(stuck.message()).endsWith("volume home has volumeMode Block, but is specified in volumeMounts");
    }

    @Test
    void deletingAClaimDeletesItsFilesWhereTheClassSaysDelete() {
        FakeCluster cluster = cluster("Delete");
        RwxVolume volume = cluster.claim("projects-data").volume();
        FileSystem mounted = volume.mount(Mount.asRoot());

        cluster.deleteClaim("projects-data");

        assertThat(cluster.findClaim("default", "projects-data")).isEmpty();
        assertThat(cluster.releasedVolumes()).isEmpty();
        assertThatThrownBy(() -> Files.createFile(mounted.getPath("/x"))).isInstanceOf(ClosedFileSystemException.class);
        assertThat(notStarted(cluster.submit(PROJECT)).message()).contains("\"projects-data\" not found");
    }

    @Test
    void deletingAClaimKeepsItsFilesWhereTheClassSaysRetain() {
        FakeCluster cluster = cluster("Retain");
        cluster.claim("projects-data").volume().populate("0644 2001:2001 \"kept\" notes");

        cluster.deleteClaim("projects-data");

        assertThat(cluster.releasedVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.tree()).contains("0644 2001:2001 4 notes\n"));
    }

    @Test
    void aNewClaimOfTheSameNameStartsEmpty() {
        FakeCluster cluster = cluster("Retain");
        cluster.claim("projects-data").volume().populate("0644 2001:2001 \"old\" notes");

        cluster.deleteClaim("projects-data");
        FakeClaim anew = cluster.createClaim(UsualObjects.claim("projects-data", "nfs"));

        assertThat(anew.volume().tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void aClaimInUseStaysUntilItsLastPodIsGoneAndTakesNoNewOnes() {
        FakeCluster cluster = cluster("Delete");
        RunningPod running = cluster.start(PROJECT);

        cluster.deleteClaim("projects-data");
        Pod second = Copy.of(PROJECT);
        second.getMetadata().setName("second");
        PodOutcome.NotStarted stuck = notStarted(cluster.submit(second));

        assertThat(stuck.message()).contains("persistentvolumeclaim \"projects-data\" is being deleted");
        assertThat(running.container("project").path("/home/user")).isDirectory();
        assertThat(cluster.findClaim("default", "projects-data")).isPresent();
        running.stop();
        // The second has no node, so it does not use the claim (pkg/controller/volume/pvcprotection, podUsesPVC).
        assertThat(cluster.findClaim("default", "projects-data")).isEmpty();
    }

    @Test
    void aPodOnANodeKeepsAClaimThatItCannotMount() {
        FakeCluster cluster = cluster("Delete");
        RunningPod running = cluster.start(PROJECT);
        cluster.deleteClaim("projects-data");
        Pod second = Copy.of(PROJECT);
        second.getMetadata().setName("second");
        second.getSpec().setNodeName("node-1");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(second));

        assertThat(stuck.reason()).isEqualTo("FailedMount");
        assertThat(stuck.message()).endsWith("error processing PVC default/projects-data: PVC is being deleted");
        assertThat(running.restart()).isInstanceOf(PodOutcome.Running.class);
        running.stop();
        assertThat(cluster.findClaim("default", "projects-data")).isPresent();
        cluster.stop("second");
        assertThat(cluster.findClaim("default", "projects-data")).isEmpty();
    }

    @Test
    void aClaimIsRefusedInTheWordsOfTheServer() {
        FakeCluster cluster = cluster("Delete");
        PersistentVolumeClaim elsewhere = UsualObjects.claim("data", "nfs");
        elsewhere.getMetadata().setNamespace("elsewhere");

        assertThatThrownBy(() -> cluster.createClaim(UsualObjects.claim("projects-data", "nfs")))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "claim projects-data refused: 409: persistentvolumeclaims \"projects-data\" already exists");
        assertThatThrownBy(() -> cluster.createClaim(elsewhere))
                .isInstanceOf(RefusedException.class)
                .hasMessage("claim data refused: 404: namespaces \"elsewhere\" not found");
        assertThatThrownBy(() -> cluster.createClaim(UsualObjects.claim("Data", "nfs")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().fields()).containsExactly("metadata.name"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.createClaim(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":"
                                + "[{\"name\":\"c\",\"image\":\"i\"}]}}"))
                .withMessage("json must be a PersistentVolumeClaim, but was a Pod; pods go to submit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.deleteClaim("gone"))
                .withMessage("claim must be one of [projects-data, projects-software] in the namespace default, but was"
                        + " \"gone\"; create it with"
                        + " FakeCluster.builder().claim(…)");
    }

    @Test
    void theObjectOfAClaimIsACopy() {
        FakeCluster cluster = cluster("Delete");

        cluster.claim("projects-data").object().getMetadata().setName("other");

        assertThat(cluster.claim("projects-data").name()).isEqualTo("projects-data");
    }
}
