package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static com.cocalc.storage.testkit.cluster.Pods.clusterWithData;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** As on a real node, where a program made the change and ended. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0700 0:0 - e/             | runs: 0775 []
            0777 0:0 - d -> x         | runs: 0755 [p, f]
            0755 0:0 - d/;0644 0:0 - d/new | runs: 0755 [new]
            0000 0:0 - d/             | runs: 0000 []
            0777 0:0 - d -> /etc      | failed to prepare subPath for volumeMount "data" of container "project"
            0777 0:0 - d -> nowhere   | failed to create subPath directory for volumeMount "data" of container "project"
            0644 0:0 - d              | failed to prepare subPath for volumeMount "data" of container "project"
            0777 0:0 - d -> x/f       | failed to prepare subPath for volumeMount "data" of container "project"
            """)
    void aChangedSubPathIsFollowedUnlessItIsAFileByNow(String change, String expected) throws IOException {
        FakeCluster cluster =
                clusterWithData(BackEnd.HOST_PATH, "0775 0:0 - /\n0755 0:0 - d/in/\n0755 0:0 - x/p/\n0644 0:0 - x/f");
        RunningPod pod = cluster.start(withSubPath("d"));
        try (FileSystem files = cluster.claim("data").mount(Mount.asRoot())) {
            Files.move(files.getPath("/d"), files.getPath("/moved"));
        }
        cluster.claim("data").volume().populate(change.replace(';', '\n'));

        PodOutcome outcome = pod.restart();

        if (expected.startsWith("runs")) {
            Path path = outcome.running().container("project").path("/data");
            assertThat(expected)
                    .isEqualTo(
                            String.format("runs: %04o %s", UnixFile.stat(path).permissions(), names(path)));
        } else {
            assertThat(notStarted(outcome).message()).isEqualTo(expected);
        }
    }

    @Test
    void aDirectoryTakesThePlaceOfASubPathThatWasAFile() throws IOException {
        FakeCluster cluster = clusterWithData(BackEnd.HOST_PATH, "0644 0:0 - d");
        RunningPod pod = cluster.start(withSubPath("d"));
        try (FileSystem files = cluster.claim("data").mount(Mount.asRoot())) {
            Files.delete(files.getPath("/d"));
        }

        RunningContainer container = pod.restart().running().container("project");

        assertThat(container.path("/data")).isEmptyDirectory();
    }

    @Test
    void theNextPodTakesAFileWhereTheLastOneHadADirectory() throws IOException {
        FakeCluster cluster = clusterWithData(BackEnd.HOST_PATH, "0755 0:0 - d/");
        cluster.start(withSubPath("d"));
        try (FileSystem files = cluster.claim("data").mount(Mount.asRoot())) {
            Files.delete(files.getPath("/d"));
            Files.createFile(files.getPath("/d"));
        }

        RunningContainer container = cluster.restart(withSubPath("d")).container("project");

        assertThat(container.path("/data")).isRegularFile();
    }

    private static Pod withSubPath(String subPath) {
        return Pods.onData()
                .editSpec()
                .editSecurityContext()
                .withRunAsUser(0L)
                .endSecurityContext()
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath(subPath)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
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
