package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static com.cocalc.storage.testkit.cluster.Pods.clusterWithData;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory in which a container's program starts, as runc 1.1.15 makes and enters it. */
class WorkingDirectoryTest {

    private static Pod pod(String workingDirectory, boolean readOnly) {
        return Pods.onData()
                .editSpec()
                .editContainer(0)
                .withWorkingDir(workingDirectory)
                .editVolumeMount(0)
                .withReadOnly(readOnly)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /data/new/deep | 0755 0:0 - new/deep/
            /data/shared/x | 2755 0:5 - shared/x/
            /data/link/x   | 2755 0:5 - shared/x/
            /data/./a/../b | 0755 0:0 - b/
            """)
    void aMissingOneIsMadeOnTheClaimAsRoot(String path, String made) {
        FakeCluster cluster = clusterWithData(
                BackEnd.HOST_PATH, "0777 0:0 - /\n2770 1:5 - shared/\n0777 0:0 - link -> shared\n0644 0:0 \"\" file\n");

        cluster.start(pod(path, false));

        assertThat(cluster.claim("data").volume().tree()).contains(made);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /data/file      | mkdir /data/file: not a directory
            /data/file/x/y  | mkdir /data/file: not a directory
            /data/dangling  | mkdir /data/dangling: file exists
            /data/dangling/x | mkdir /data/dangling: file exists
            """)
    void whatIsNoDirectoryKeepsTheContainerFromStarting(String path, String reason) {
        FakeCluster cluster = clusterWithData(
                BackEnd.HOST_PATH, "0777 0:0 - /\n0644 0:0 \"\" file\n0777 0:0 - dangling -> nothing\n");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(path, false)));

        assertThat(stuck.reason()).isEqualTo("StartError");
        assertThat(stuck.message()).endsWith("error during container init: " + reason + ": unknown");
    }

    @Test
    void aMissingOneIsNotMadeInAReadOnlyMount() {
        FakeCluster cluster = clusterWithData(BackEnd.HOST_PATH, "0777 0:0 - /");

        assertThat(notStarted(cluster.submit(pod("/data/new/deep", true))).message())
                .endsWith("mkdir /data/new: read-only file system: unknown");
    }

    @Test
    void aRelativeOneIsRefusedByTheRuntime() {
        FakeCluster cluster = clusterWithData(BackEnd.HOST_PATH, "0777 0:0 - /");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod("data", false)));

        assertThat(stuck.reason()).isEqualTo("StartError");
        assertThat(stuck.message()).endsWith("runc create failed: Cwd must be an absolute path: unknown");
    }

    @ParameterizedTest
    @CsvSource({"HOST_PATH, 0700 0:0", "GANESHA_ROOT_SQUASH, 0700 2001:2001"})
    void itIsEnteredAsRootOrAsTheContainersUser(BackEnd backEnd, String mode) {
        FakeCluster cluster = clusterWithData(backEnd, "0777 0:0 - /\n" + mode + " - closed/\n");

        assertThat(cluster.submit(pod("/data/closed", false))).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void whoeverMayNotEnterItDoesNotStart() {
        FakeCluster cluster = clusterWithData(BackEnd.GANESHA_ROOT_SQUASH, "0777 0:0 - /\n0700 5000:5000 - closed/\n");

        assertThat(notStarted(cluster.submit(pod("/data/closed", false))).message())
                .endsWith("chdir to cwd (\"/data/closed\") set in config.json failed: permission denied: unknown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /data   | mkdir -p new/deep                                | 0755 2001:2001 - new/deep/
            /data/x | mkdir ../y ./z/../w/ z                           | 0755 2001:2001 - y/
            /data   | chmod 0700 d                                     | 0700 2001:2001 - d/
            /data/d | chmod 0711 .                                     | 0711 2001:2001 - d/
            /data   | find d link/ . -type d -exec chmod 0770 {} +     | 0770 2001:2001 - d/
            /data/d | chmod 0712 /data/d                               | 0712 2001:2001 - d/
            ''      | chmod 0713 data/d                                | 0713 2001:2001 - d/
            """)
    void programsFindRelativePathsThere(String workingDirectory, String commandLine, String line) {
        FakeCluster cluster = clusterWithData(
                BackEnd.HOST_PATH,
                "0777 0:0 - /\n0755 2001:2001 - d/\n0777 0:0 - link -> d\n0777 2001:2001 - x/\n0755 2001:2001 - x/z/\n");
        Pod pod = Pods.onData()
                .editSpec()
                .addNewInitContainer()
                .withName("init")
                .withImage("registry.example/init:1")
                .withCommand(commandLine.split(" ", -1))
                .withWorkingDir(workingDirectory)
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endInitContainer()
                .endSpec()
                .build();

        cluster.submit(pod);

        assertThat(cluster.claim("data").volume().tree()).contains(line);
    }
}
