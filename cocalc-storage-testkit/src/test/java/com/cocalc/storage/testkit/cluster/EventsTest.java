package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.described;
import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of a pod, line by line as {@code kubectl describe pod} shows them. */
class EventsTest {

    private static final String NAME = "project-" + Pods.PROJECT;

    @Test
    void aPodThatStarts() {
        RunningPod pod = FakeCluster.create().start(Pods.project(Pods.REPAIRED, ProjectLicenses.none()));

        assertThat(described(pod.events()))
                .containsExactly(
                        "Normal Scheduled default-scheduler: Successfully assigned default/" + NAME + " to node-1",
                        "Normal Pulled kubelet: Container image \"registry.example/project:1\" already present on machine",
                        "Normal Created kubelet: Created container: fix-permissions",
                        "Normal Started kubelet: Started container fix-permissions",
                        "Normal Pulled kubelet: Container image \"registry.example/project:1\" already present on machine",
                        "Normal Created kubelet: Created container: project",
                        "Normal Started kubelet: Started container project");
    }

    @Test
    void aKubeletThatCannotMakeTheSubPath() {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA_ROOT_SQUASH)
                .claimsOf(Pods.AS_IS, "nfs")
                .build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(Pods.project(Pods.AS_IS, ProjectLicenses.none())));

        assertThat(described(stuck.events()))
                .containsExactly(
                        "Normal Scheduled default-scheduler: Successfully assigned default/" + NAME + " to node-1",
                        "Normal Pulled kubelet: Container image \"registry.example/project:1\" already present on machine",
                        "Warning Failed kubelet: Error: failed to create subPath directory for volumeMount \"home\" of"
                                + " container \"project\"");
        assertThat(stuck)
                .hasToString("pod " + NAME + " does not start: container project: CreateContainerConfigError:"
                        + " failed to create subPath directory for volumeMount \"home\" of container \"project\"");
    }

    @Test
    void aPodWithTwoVolumesOnOneClaim() {
        FakeCluster cluster = FakeCluster.create();

        PodOutcome.NotStarted stuck = notStarted(
                cluster.submit(RecordedCase.pod("two-volumes-one-claim").json()));

        assertThat(described(stuck.events()))
                .last()
                .asString()
                .startsWith("Warning FailedMount kubelet: Unable to attach or mount volumes: unmounted volumes=[home]");
        assertThat(stuck.pod().getStatus().getPhase()).isEqualTo("Pending");
        assertThat(stuck.pod()
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getWaiting()
                        .getReason())
                .isEqualTo("ContainerCreating");
    }

    @Test
    void aBlockClaim() {
        PersistentVolumeClaim block = UsualObjects.claim("projects-software", "disk");
        block.getSpec().setVolumeMode("Block");
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("disk", BackEnd.CEPHFS)
                .claim("projects-data", "disk")
                .claim(block)
                .build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(Pods.project(Pods.AS_IS, ProjectLicenses.none())));

        assertThat(described(stuck.events()))
                .last()
                .isEqualTo("Warning FailedMount kubelet: Unable to attach or mount volumes: unmounted volumes=[ext],"
                        + " unattached volumes=[], failed to process volumes=[ext]: volume ext has volumeMode Block, but is"
                        + " specified in volumeMounts");
    }

    @Test
    void anInitContainerThatFails() {
        FakeCluster cluster = FakeCluster.create();
        cluster.start(Pods.project(Pods.AS_IS, ProjectLicenses.none())).stop();
        cluster.claim("projects-data").reexport(BackEnd.GANESHA_ROOT_SQUASH);

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(Pods.project(Pods.REPAIRED, ProjectLicenses.none())));

        assertThat(described(stuck.events()))
                .last()
                .isEqualTo("Warning BackOff kubelet: Back-off restarting failed container fix-permissions in pod "
                        + NAME + "_default(" + stuck.pod().getMetadata().getUid() + ")");
        assertThat(stuck.pod()
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getWaiting()
                        .getReason())
                .isEqualTo("PodInitializing");
    }

    @Test
    void aMissingConfigMap() {
        Pod pod = Pods.bare("p");
        pod.getSpec()
                .setVolumes(List.of(new VolumeBuilder()
                        .withName("settings")
                        .withNewConfigMap()
                        .withName("gone")
                        .endConfigMap()
                        .build()));
        pod.getSpec()
                .getContainers()
                .get(0)
                .setVolumeMounts(List.of(new VolumeMountBuilder()
                        .withName("settings")
                        .withMountPath("/etc/settings")
                        .build()));

        PodOutcome.NotStarted stuck = notStarted(FakeCluster.create().submit(pod));

        assertThat(described(stuck.events()))
                .last()
                .isEqualTo(
                        "Warning FailedMount kubelet: MountVolume.SetUp failed for volume \"settings\" : configmap \"gone\""
                                + " not found");
    }

    @Test
    void eventsOfOnePodAreNotThoseOfAnotherAndNotThoseOfItsPredecessor() {
        FakeCluster cluster = FakeCluster.create();
        RunningPod first = cluster.start(Pods.bare("p"));
        RunningPod next = cluster.restart(Pods.bare("p"));
        RunningPod other = cluster.start(Pods.bare("q"));

        assertThat(next.events()).hasSize(4).doesNotContainAnyElementsOf(first.events());
        assertThat(other.events())
                .extracting(Event::getInvolvedObject)
                .allSatisfy(object -> assertThat(object.getName()).isEqualTo("q"));
        assertThat(cluster.events()).containsAll(first.events()).containsAll(other.events());
    }
}
