package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Claims on volumes that the test has made itself, and volumes that lose power. */
class PreparedVolumesTest {

    private static FakeCluster on(RwxVolume data) {
        return FakeCluster.builder()
                .claim("projects-data", data, BackEnd.GANESHA)
                .claim("projects-software", RwxVolume.create(), BackEnd.GANESHA)
                .build();
    }

    private static RunningPod start(FakeCluster cluster) {
        return cluster.start(Pods.project(Pods.REPAIRED, ProjectLicenses.none()));
    }

    @Test
    void aPodSeesTheFilesOfAPreparedVolume() throws IOException {
        RwxVolume data = RwxVolume.create();
        data.populate("0644 2001:2001 \"mine\" projects/" + Pods.PROJECT + "/notes\n");

        RunningContainer container = start(on(data)).container("project");

        assertThat(Files.readString(container.path("/home/user/notes"))).isEqualTo("mine");
    }

    @Test
    void aPreparedVolumeIsBoundAndOutlivesItsClaim() {
        RwxVolume data = RwxVolume.create();
        FakeCluster cluster = on(data);

        assertThat(cluster.claim("projects-data").volume()).isSameAs(data);
        assertThat(cluster.claim("projects-data").object().getStatus().getPhase())
                .isEqualTo("Bound");
        cluster.deleteClaim("projects-data");
        assertThat(cluster.releasedVolumes()).containsExactly(data);
    }

    @Test
    void aSmallVolumeFillsUp() {
        RunningPod pod = start(on(RwxVolume.builder().capacity(1 << 16).build()));

        assertThatThrownBy(() -> Files.write(pod.container("project").path("/home/user/big"), new byte[1 << 17]))
                .hasMessageEndingWith("No space left on device");
    }

    @Test
    void aPodOutlivesACrashOfItsVolumeByARestartOfItsContainers() throws IOException {
        RwxVolume data = RwxVolume.builder().crashable().build();
        RunningPod pod = start(on(data));
        Path home = pod.container("project").path("/home/user");
        data.sync();
        forced(home.resolve("kept"));
        Files.writeString(home.resolve("lost"), "x");

        data.crash(0);

        assertThatThrownBy(() -> Files.readString(home.resolve("kept"))).hasMessageEndingWith("Stale file handle");
        pod.restart();
        assertThat(pod.container("project").path("/home/user/kept")).hasContent("kept");
    }

    private static void forced(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap("kept".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."))) {
            directory.force(true);
        }
    }

    @Test
    void aClassMayMakeVolumesThatCrash() {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", Provisioner.of(BackEnd.GANESHA).withCrashes())
                .claimsOf(StorageConfig.defaults(), "nfs")
                .build();
        RwxVolume data = cluster.claim("projects-data").volume();
        data.populate("0644 0:0 \"x\" f\n");

        data.crash(0);

        assertThat(data.tree()).contains("0644 0:0 1 f\n");
        assertThat(Provisioner.of(BackEnd.GANESHA).withNfsClients().withCrashes())
                .hasToString("GANESHA with NFS clients that may crash, root 0755 of 0:0");
    }
}
