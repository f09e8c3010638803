package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Generic ephemeral volumes: each is a claim that lives as long as its pod. */
class EphemeralVolumesTest {

    private static final Pod POD = new PodBuilder(Pods.bare("p"))
            .editSpec()
            .addNewVolume()
            .withName("work")
            .withNewEphemeral()
            .withNewVolumeClaimTemplate()
            .withNewMetadata()
            .addToLabels("for", "work")
            .endMetadata()
            .withSpec(UsualObjects.claim("any", "disk").getSpec())
            .endVolumeClaimTemplate()
            .endEphemeral()
            .endVolume()
            .editContainer(0)
            .addNewVolumeMount()
            .withName("work")
            .withMountPath("/data")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .build();

    private static FakeCluster cluster() {
        return FakeCluster.builder()
                .nodes("node-1", "node-2")
                .storageClass("disk", Provisioner.of(BackEnd.CEPHFS).withRootMode(0777))
                .build();
    }

    @Test
    void aClaimNamedAfterPodAndVolumeIsMadeForThePod() throws IOException {
        FakeCluster cluster = cluster();

        RunningPod pod = cluster.start(POD);
        Files.createFile(pod.container("project").path("/data/file"));

        PersistentVolumeClaim claim = cluster.claim("p-work").object();
        assertThat(claim.getMetadata().getLabels()).containsEntry("for", "work");
        assertThat(claim.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("Pod");
            assertThat(owner.getName()).isEqualTo("p");
            assertThat(owner.getUid()).isEqualTo(pod.pod().getMetadata().getUid());
            assertThat(owner.getController()).isTrue();
        });
        assertThat(cluster.claim("p-work").volume().tree()).contains("/file".substring(1));
    }

    @Test
    void theClaimGoesWithThePodAndTheNextPodStartsWithAnEmptyOne() throws IOException {
        FakeCluster cluster = cluster();
        RunningPod first = cluster.start(POD);
        Files.createFile(first.container("project").path("/data/file"));

        first.stop();
        assertThat(cluster.findClaim("default", "p-work")).isEmpty();
        RunningPod second = cluster.start(POD);

        assertThat(second.container("project").path("/data")).isEmptyDirectory();
    }

    @Test
    void theClaimOutlivesARestartOfTheContainers() throws IOException {
        FakeCluster cluster = cluster();
        RunningPod pod = cluster.start(POD);
        Files.createFile(pod.container("project").path("/data/file"));

        pod.restart();

        assertThat(pod.container("project").path("/data/file")).exists();
    }

    @Test
    void aClaimThatIsSomebodyElsesIsNeverUsedNorTakenAway() {
        FakeCluster cluster = cluster();
        cluster.createClaim(UsualObjects.claim("p-work", "disk"));

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(POD));
        cluster.stop("p");

        assertThat(stuck.reason()).isEqualTo("FailedScheduling");
        assertThat(stuck.message()).contains("PVC default/p-work was not created for pod default/p (pod is not owner)");
        assertThat(cluster.findClaim("default", "p-work")).isPresent();
    }

    @Test
    void withoutItsClassThePodWaits() {
        FakeCluster cluster = FakeCluster.builder().build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(POD));

        assertThat(stuck.message()).contains("pod has unbound immediate PersistentVolumeClaims");
        assertThat(cluster.claim("p-work").isBound()).isFalse();
    }
}
