package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.rwx.Mount;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Containers that start again, and the next pod of a name. */
class RestartsTest {

    private static Pod project() {
        return Pods.project(Pods.REPAIRED, ProjectLicenses.none());
    }

    private static Pod withEmptyDir() {
        return new PodBuilder(Pods.bare("p"))
                .editSpec()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .editContainer(0)
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/scratch")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void restartedContainersHaveFreshImagesAndKeepTheirEmptyDirectories() throws IOException {
        FakeCluster cluster = FakeCluster.create();
        RunningPod pod = cluster.start(withEmptyDir());
        Files.createFile(pod.container("project").path("/scratch/kept"));
        Files.createFile(pod.container("project").path("/tmp/gone"));

        PodOutcome outcome = pod.restart();

        assertThat(outcome).isInstanceOf(PodOutcome.Running.class);
        assertThat(pod.container("project").path("/scratch/kept")).exists();
        assertThat(pod.container("project").path("/tmp/gone")).doesNotExist();
    }

    @Test
    void theNextPodStartsWithAnotherEmptyDirectory() throws IOException {
        FakeCluster cluster = FakeCluster.create();
        RunningPod pod = cluster.start(withEmptyDir());
        Files.createFile(pod.container("project").path("/scratch/gone"));

        RunningPod next = cluster.restart(withEmptyDir());

        assertThat(next.container("project").path("/scratch")).isEmptyDirectory();
    }

    @Test
    void restartedContainersLookUpTheirSubPathsAnew() throws IOException {
        FakeCluster cluster = FakeCluster.create();
        RunningPod pod = cluster.start(project());
        try (FileSystem files = cluster.claim("projects-data").mount(Mount.asRoot())) {
            Files.move(files.getPath("/" + Pods.HOME), files.getPath("/projects/moved"));
        }
        Files.createFile(pod.container("project").path("/home/user/still-the-old-one"));

        pod.restart();

        assertThat(pod.container("project").path("/home/user")).isEmptyDirectory();
        assertThat(cluster.claim("projects-data").volume().tree()).contains("projects/moved/still-the-old-one\n");
    }

    @Test
    void restartedContainersRunNoInitContainersAndTheNextPodDoes() {
        FakeCluster cluster = FakeCluster.create();
        RunningPod pod = cluster.start(project());
        cluster.claim("projects-data").volume().populate("0700 0:0 - " + Pods.HOME + "/");

        pod.restart();
        assertThat(Attempt.tryToCreate(pod.container("project").path("/home/user/x")))
                .isEqualTo("Permission denied");

        RunningPod next = cluster.restart(project());
        assertThat(Attempt.tryToCreate(next.container("project").path("/home/user/x")))
                .isEqualTo("ok");
    }

    @Test
    void whatDoesNotStartCanBeTriedAgainAndStopped() {
        FakeCluster cluster = FakeCluster.builder().claimsOf(Pods.AS_IS, "none").build();
        String name = "project-" + Pods.PROJECT;

        notStarted(cluster.submit(project()));
        notStarted(cluster.retry(name));
        cluster.stop(name);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.retry(name))
                .withMessage("pod must be one of [], but was default/" + name + "; submit it first");
        assertThatIllegalArgumentException().isThrownBy(() -> cluster.stop(name));
    }
}
