package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pods from their start to their end, and what outlives them. */
class LifeOfPodsTest {

    private static Pod project() {
        return Pods.project(Pods.REPAIRED, ProjectLicenses.none());
    }

    @Test
    void aRunningPodSaysWhoItIsAndWhere() {
        FakeCluster cluster = FakeCluster.create();

        RunningPod pod = cluster.start(project());

        RunningContainer container = pod.container("project");
        assertThat(pod).hasToString("project-" + Pods.PROJECT + " on node-1");
        assertThat(container).hasToString("project as 2001:2001");
        assertThat(container.groups()).containsExactly(2001L);
        assertThat(container.environment()).containsEntry("EXT", "/ext");
        assertThat(pod.containers()).extracting(RunningContainer::name).containsExactly("project");
        assertThat(pod.pod().getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.pod().getStatus().getInitContainerStatuses())
                .singleElement()
                .satisfies(
                        status -> assertThat(status.getState().getTerminated().getReason())
                                .isEqualTo("Completed"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pod.container("fix-permissions"))
                .withMessage("container must be one of [project], but was \"fix-permissions\"; name one of these");
    }

    @Test
    void oneFileSystemHoldsTheImageTheHomeAndTheSoftware() throws IOException {
        FakeCluster cluster = FakeCluster.create();
        cluster.claim("projects-software").volume().populate("0755 0:0 \"#!/bin/sh\" bin/sage");

        RunningContainer container = cluster.start(project()).container("project");

        assertThat(container.path("/bin/sh")).isRegularFile();
        assertThat(container.path("/ext/bin/sage")).hasContent("#!/bin/sh");
        Files.createSymbolicLink(container.path("/home/user/sage"), container.path("/ext/bin/sage"));
        assertThat(container.path("/home/user/sage")).hasContent("#!/bin/sh");
        assertThat(container.path("/home/user").getFileSystem()).isSameAs(container.fileSystem());
    }

    @Test
    void whatIsWrittenOutlivesThePodAndTheImageDoesNot() throws IOException {
        FakeCluster cluster = FakeCluster.create();
        RunningPod first = cluster.start(project());
        Files.createFile(first.container("project").path("/home/user/notes"));
        Files.createFile(first.container("project").path("/tmp/gone"));

        first.stop();
        RunningPod second = cluster.start(project());

        assertThat(second.container("project").path("/home/user/notes")).exists();
        assertThat(second.container("project").path("/tmp/gone")).doesNotExist();
    }

    @Test
    void theFilesOfAStoppedPodAreClosedToIt() {
        FakeCluster cluster = FakeCluster.create();
        RunningPod pod = cluster.start(project());
        Path home = pod.container("project").path("/home/user/notes");

        pod.close();
        pod.close();

        assertThatThrownBy(() -> Files.createFile(home)).isInstanceOf(ClosedFileSystemException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pod.container("project"))
                .withMessage("container must be one of [], but was \"project\"; the pod was stopped, start it again");
    }

    @Test
    void aStoppedPodDoesNotStopTheNextOneOfItsName() {
        FakeCluster cluster = FakeCluster.create();
        RunningPod first = cluster.start(project());
        RunningPod second = cluster.restart(project());

        first.stop();

        assertThat(second.container("project").path("/home/user")).isDirectory();
    }

    @Test
    void aNameIsTakenUntilThePodIsDeleted() {
        FakeCluster cluster = FakeCluster.create();
        cluster.start(project());

        assertThat(refused(cluster.submit(project())))
                .hasToString("409: pods \"project-" + Pods.PROJECT + "\" already exists");
        cluster.stop("project-" + Pods.PROJECT);
        assertThat(cluster.submit(project())).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void aGeneratedNameIsNeverTaken() {
        FakeCluster cluster = FakeCluster.create();
        Pod pod = Pods.bare("x");
        pod.getMetadata().setName(null);
        pod.getMetadata().setGenerateName("job-");

        RunningPod first = cluster.start(pod);
        RunningPod second = cluster.start(pod);

        assertThat(first.name()).startsWith("job-").isNotEqualTo(second.name());
    }

    @Test
    void aSidecarRunsOnBesideTheMainContainer() {
        FakeCluster cluster = FakeCluster.create();
        Pod pod = new PodBuilder(Pods.bare("p"))
                .editSpec()
                .addNewInitContainer()
                .withName("sidecar")
                .withImage("i")
                .withRestartPolicy("Always")
                .endInitContainer()
                .endSpec()
                .build();

        RunningPod running = cluster.start(pod);

        assertThat(running.containers()).extracting(RunningContainer::name).containsExactly("sidecar", "project");
    }

    @Test
    void theClusterKeepsACopyOfThePodAndGivesCopiesAway() {
        FakeCluster cluster = FakeCluster.create();
        Pod given = project();

        RunningPod running = cluster.start(given);
        given.getSpec().getContainers().clear();
        running.pod().getSpec().getContainers().clear();

        assertThat(running.pod().getSpec().getContainers()).hasSize(1);
    }

    @Test
    void twoClustersWithTheSamePodsGiveTheSameEvents() {
        FakeCluster one = FakeCluster.create();
        FakeCluster two = FakeCluster.create();

        one.start(project());
        two.start(project());

        assertThat(one.events()).isEqualTo(two.events());
    }
}
