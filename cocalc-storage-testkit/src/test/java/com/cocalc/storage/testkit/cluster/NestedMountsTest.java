package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts in mounts: which comes first, and what stays behind in the parent. */
class NestedMountsTest {

    private static final VolumeMount HOME = mount("home", "/home/user", false);
    private static final VolumeMount INNER = mount("ext", "/home/user/ext", false);

    private static FakeCluster cluster() {
        return FakeCluster.builder()
                .storageClass("nfs", Provisioner.of(BackEnd.GANESHA).withRootMode(0777))
                .claimsOf(Pods.AS_IS, "nfs")
                .build();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(volume.equals("home") ? Pods.HOME : null)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static Pod pod(VolumeMount... mounts) {
        return new PodBuilder(Pods.bare("p"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .endSecurityContext()
                .addNewVolume()
                .withName("home")
                .withNewPersistentVolumeClaim()
                .withClaimName("projects-data")
                .endPersistentVolumeClaim()
                .endVolume()
                .addNewVolume()
                .withName("ext")
                .withNewPersistentVolumeClaim()
                .withClaimName("projects-software")
                .endPersistentVolumeClaim()
                .endVolume()
                .editContainer(0)
                .addAllToVolumeMounts(List.of(mounts))
                .endContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theParentIsMountedFirstWhateverTheOrderOfTheList(boolean childFirst) throws IOException {
        FakeCluster cluster = cluster();
        Pod pod = childFirst ? pod(INNER, HOME) : pod(HOME, INNER);

        RunningContainer container = cluster.start(pod).container("project");
        Files.createFile(container.path("/home/user/ext/kernel"));

        assertThat(cluster.claim("projects-software").volume().tree()).contains(" kernel\n");
        assertThat(cluster.claim("projects-data").volume().tree()).doesNotContain("kernel");
    }

    @Test
    void theMountPointStaysBehindInTheParentAsADirectoryOfRoot() {
        FakeCluster cluster = cluster();

        cluster.start(pod(HOME, INNER)).stop();
        RunningPod later = cluster.start(pod(HOME));

        assertThat(cluster.claim("projects-data").volume().tree()).contains("0755 0:0 - " + Pods.HOME + "/ext/\n");
        assertThat(later.container("project").path("/home/user/ext")).isEmptyDirectory();
        assertThat(Attempt.tryToCreate(later.container("project").path("/home/user/ext/x")))
                .isEqualTo("Permission denied");
    }

    @Test
    void aReadOnlyParentWithoutTheMountPointKeepsThePodFromStarting() {
        FakeCluster cluster = cluster();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(mount("home", "/home/user", true), INNER)));

        assertThat(stuck.reason()).isEqualTo("StartError");
        assertThat(stuck.message())
                .endsWith("create mount destination for /home/user/ext mount: mkdirat " + Trouble.ROOTFS
                        + "/home/user/ext: read-only file system: unknown");
        assertThat(stuck.pod()
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated())
                .satisfies(state -> {
                    assertThat(state.getReason()).isEqualTo("StartError");
                    assertThat(state.getExitCode()).isEqualTo(128);
                });
    }

    @Test
    void aReadOnlyParentWithTheMountPointIsFine() {
        FakeCluster cluster = cluster();
        cluster.claim("projects-data").volume().populate("0755 0:0 - " + Pods.HOME + "/ext/");

        RunningPod pod = cluster.start(pod(mount("home", "/home/user", true), INNER));

        assertThat(Attempt.tryToCreate(pod.container("project").path("/home/user/x")))
                .isEqualTo("Read-only file system");
        assertThat(Attempt.tryToCreate(pod.container("project").path("/home/user/ext/x")))
                .isEqualTo("ok");
    }

    @Test
    void oneVolumeCanBeWritableAtOnePathAndReadOnlyAtAnother() {
        FakeCluster cluster = cluster();
        VolumeMount whole = new VolumeMountBuilder()
                .withName("home")
                .withMountPath("/all")
                .withReadOnly(true)
                .build();

        RunningContainer container = cluster.start(pod(HOME, whole)).container("project");

        assertThat(Attempt.tryToCreate(container.path("/home/user/x"))).isEqualTo("ok");
        assertThat(container.path("/all/" + Pods.HOME + "/x")).exists();
        assertThat(Attempt.tryToCreate(container.path("/all/" + Pods.HOME + "/y")))
                .isEqualTo("Read-only file system");
    }

    @Test
    void ofTwoMountsOfOnePlaceTheLaterHidesTheFirst() {
        FakeCluster cluster = cluster();
        cluster.claim("projects-software").volume().populate("0644 0:0 \"x\" of-ext");

        RunningContainer container =
                cluster.start(pod(HOME, mount("ext", "/home/./user/", false))).container("project");

        assertThat(container.path("/home/user/of-ext")).exists();
    }

    @Test
    void anUnusedVolumeIsNotWaitedFor() {
        FakeCluster cluster = cluster();
        cluster.deleteClaim("projects-software");
        Pod pod = pod(HOME);
        pod.getSpec().setNodeName("node-1"); // the scheduler would ask for all claims, used or not

        assertThat(cluster.submit(pod)).isInstanceOf(PodOutcome.Running.class);
    }
}
