package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.Provisioner;
import com.cocalc.storage.testkit.cluster.RunningPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes of a cluster beside the claims of the configuration. */
final class FurtherVolumesTest {

    private static Pod withVolumesOfItsOwn() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("node")
                .withNewHostPath()
                .withPath("/srv")
                .endHostPath()
                .endVolume()
                .addNewContainer()
                .withName("main")
                .withImage("image")
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/scratch")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("node")
                .withMountPath("/srv")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    static class Leaking {
        @RegisterExtension
        static final CocalcStorage STORAGE = CocalcStorage.builder()
                .cluster(cluster -> cluster.claim("more", "nfs"))
                .build();

        @Test
        void leaks(FakeCluster cluster) throws IOException {
            RunningPod pod = cluster.start(withVolumesOfItsOwn());
            for (String place : new String[] {"/scratch/a", "/srv/b", "/tmp/c"}) {
                Files.newOutputStream(pod.container("main").path(place));
            }
            Files.newOutputStream(cluster.claim("more").mount(Mount.asRoot()).getPath("d"));
        }

        @Test
        void fails(FakeCluster cluster) throws IOException {
            Files.createDirectory(cluster.claim("more").mount(Mount.asRoot()).getPath("d"));
            cluster.createClaim("""
                    {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "later"},
                     "spec": {"accessModes": ["ReadWriteMany"], "storageClassName": "nfs",
                              "resources": {"requests": {"storage": "1Gi"}}}}""");
            throw new IOException("on purpose");
        }
    }

    @Test
    void whatIsLeftOpenOnAnyVolumeFailsTheTest() {
        Throwable failure = SampleRun.of(Leaking.class).failures().stream()
                .filter(AssertionError.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(failure)
                .hasMessageStartingWith("everything must be closed at the end of a test, but 4 handles are open")
                .message()
                .contains("\n  /scratch/a, opened", "\n  /srv/b, opened", "\n  /tmp/c, opened", "\n  d, opened");
    }

    @Test
    void aFailureShowsAllClaims() {
        Throwable failure = SampleRun.of(Leaking.class).failures().stream()
                .filter(IOException.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(failure.getSuppressed()[0]).message().endsWith("""
                        claim more:
                          0755 0:0 - /
                          0755 0:0 - d/
                          operations:
                            MKDIR d
                        claim later:
                          0755 0:0 - /
                          operations: not recorded, the test itself has created the claim""");
    }

    @RegisterExtension
    final CocalcStorage storage =
            CocalcStorage.builder().volumes(Provisioner::withCrashes).build();

    @Test
    void claimsCanLosePower(RwxVolume data, RunningProject project) throws IOException {
        Path home = project.home();
        data.sync();
        Files.writeString(home.resolve("unforced"), "x");

        data.crash(0);

        assertThatThrownBy(() -> Files.readString(home.resolve("unforced"))).hasMessageEndingWith("Stale file handle");
    }

    @Test
    void aClusterThatTracesNothingSaysSo() {
        FakeCluster cluster = FakeCluster.builder()
                .claim("own", RwxVolume.create(), BackEnd.GANESHA)
                .build();

        assertThatThrownBy(cluster::openHandles)
                .hasMessage("open handles must be traced to be listed, but this cluster does not trace them; build it"
                        + " with FakeCluster.builder().traceHandles()");
        assertThat(FakeCluster.builder()
                        .traceHandles()
                        .claim("own", RwxVolume.create(), BackEnd.GANESHA)
                        .build()
                        .openHandles())
                .isEmpty();
    }
}
