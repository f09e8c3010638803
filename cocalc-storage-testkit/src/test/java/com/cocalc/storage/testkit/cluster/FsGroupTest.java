package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static com.cocalc.storage.testkit.cluster.Pods.clusterWithData;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Fault;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code fsGroup} does to a volume: on some storage everything, on some nothing. */
class FsGroupTest {

    private static final String BEFORE = """
            0755 0:0 - /
            0700 1000:1000 - private/
            0640 1000:1000 1 private/file
            0777 0:0 - private/link -> file
            4755 0:0 1 program
            """;
    private static final String AFTER = """
            2775 0:2001 - /
            2770 1000:2001 - private/
            0660 1000:2001 1 private/file
            0777 0:2001 - private/link -> file
            4775 0:2001 1 program
            """;

    private static Pod pod(String policy, boolean readOnly) {
        return Pods.onData()
                .editSpec()
                .editSecurityContext()
                .withFsGroup(2001L)
                .withFsGroupChangePolicy(policy)
                .endSecurityContext()
                .editVolume(0)
                .editPersistentVolumeClaim()
                .withReadOnly(readOnly)
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();
    }

    private static String treeAfter(BackEnd backEnd, String tree, Pod pod) {
        FakeCluster cluster = clusterWithData(backEnd, tree);
        cluster.start(pod);
        return cluster.claim("data").volume().tree();
    }

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void theWholeVolumeIsHandedToTheGroupExactlyWhereTheBackEndAppliesIt(BackEnd backEnd) {
        String after = treeAfter(backEnd, BEFORE, pod("Always", false));

        assertThat(after).isEqualTo(backEnd.appliesFsGroup() ? AFTER : BEFORE);
    }

    @Test
    void theBackEndsThatApplyItAreThese() {
        assertThat(BackEnd.values())
                .filteredOn(BackEnd::appliesFsGroup)
                .containsExactly(BackEnd.CEPHFS, BackEnd.NFS_CSI, BackEnd.LOCAL);
    }

    @Test
    void aRootThatIsRightAlreadyIsNotLookedBehind() {
        String right = "2775 0:2001 - /\n0700 1000:1000 - private/\n";

        assertThat(treeAfter(BackEnd.CEPHFS, right, pod("OnRootMismatch", false)))
                .isEqualTo(right);
        assertThat(treeAfter(BackEnd.CEPHFS, right, pod("Always", false)))
                .isEqualTo("2775 0:2001 - /\n2770 1000:2001 - private/\n");
    }

    @ParameterizedTest
    @CsvSource({"0775 0:2001", "2755 0:2001", "2775 0:2002", "0755 0:0"})
    void aRootThatIsNotRightIsMendedWithAllThatIsBelow(String root) {
        String after =
                treeAfter(BackEnd.CEPHFS, root + " - /\n0700 1000:1000 - private/\n", pod("OnRootMismatch", false));

        assertThat(after).isEqualTo("2775 0:2001 - /\n2770 1000:2001 - private/\n");
    }

    @Test
    void aReadOnlySourceIsLeftAlone() {
        assertThat(treeAfter(BackEnd.CEPHFS, BEFORE, pod("Always", true))).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void theProcessesAreInTheGroupWhateverTheBackEnd(BackEnd backEnd) {
        FakeCluster cluster = clusterWithData(backEnd, "0770 0:2001 - /");

        RunningContainer container = cluster.start(pod("Always", false)).container("project");

        assertThat(container.groups()).containsExactly(2001L);
    }

    @Test
    void onNfsTheGroupHelpsWhereTheDirectoryIsWritableForIt() {
        FakeCluster cluster = clusterWithData(BackEnd.GANESHA, "0770 0:2001 - /");
        Pod pod = pod("Always", false);
        pod.getSpec().getSecurityContext().setRunAsGroup(100L);

        RunningContainer container = cluster.start(pod).container("project");

        assertThat(Attempt.tryToCreate(container.path("/data/x"))).isEqualTo("ok");
    }

    @Test
    void anEmptyDirectoryIsOfTheGroupToo() {
        Pod pod = new PodBuilder(pod("Always", false))
                .editSpec()
                .editVolume(0)
                .withPersistentVolumeClaim(null)
                .endVolume()
                .endSpec()
                .build();

        RunningContainer container = FakeCluster.create().start(pod).container("project");

        assertThat(container.path("/data")).satisfies(path -> {
            assertThat(UnixFile.stat(path).permissions()).isEqualTo(02777);
            assertThat(UnixFile.stat(path).gid()).isEqualTo(2001);
        });
    }

    @Test
    void twoGroupsOnALocalVolumeAreWarnedOf() {
        FakeCluster cluster = clusterWithData(BackEnd.LOCAL, BEFORE);
        Pod other = pod("Always", false);
        other.getMetadata().setName("other");
        other.getSpec().getSecurityContext().setFsGroup(3000L);
        cluster.start(pod("Always", false));

        RunningPod second = cluster.start(other);

        assertThat(Outcomes.described(second.events()))
                .anyMatch(line ->
                        line.startsWith("Warning AlreadyMountedVolume kubelet: The requested fsGroup is 3000,"));
    }

    @Test
    void aVolumeThatRefusesTheChangeIsNotMounted() {
        FakeCluster cluster = clusterWithData(BackEnd.NFS_CSI, BEFORE);
        cluster.claim("data").volume().inject(Fault.every(Operation.CHOWN, Errno.EPERM));

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod("Always", false)));

        assertThat(stuck.reason()).isEqualTo("FailedMount");
        assertThat(stuck.message())
                .matches("MountVolume.SetUp failed for volume \"(pvc-\\S+)\" : applyFSGroup failed for vol \\1: lchown"
                        + " /var/lib/kubelet/pods/\\S+/private/file: operation not permitted");
    }

    @Test
    void aVolumeThatIsNotMountedDoesNotKeepAnotherFromBeingChanged() {
        FakeCluster cluster = clusterWithData(BackEnd.LOCAL, BEFORE);

        assertThat(notStarted(cluster.submit(pod("Always", false)
                                .edit()
                                .editSpec()
                                .addToVolumes(0, missing())
                                .editContainer(0)
                                .addNewVolumeMount()
                                .withName("missing")
                                .withMountPath("/missing")
                                .endVolumeMount()
                                .endContainer()
                                .endSpec()
                                .build()))
                        .message())
                .contains("configmap \"missing\" not found");

        assertThat(cluster.claim("data").volume().tree()).isEqualTo(AFTER);
    }

    private static Volume missing() {
        return new VolumeBuilder()
                .withName("missing")
                .withNewConfigMap()
                .withName("missing")
                .endConfigMap()
                .build();
    }

    @Test
    void aClaimOfTwoVolumesIsChangedAlthoughThePodWaitsForEver() {
        FakeCluster cluster = clusterWithData(BackEnd.LOCAL, BEFORE);

        notStarted(cluster.submit(pod("Always", false)
                .edit()
                .editSpec()
                .addNewVolume()
                .withName("again")
                .withNewPersistentVolumeClaim()
                .withClaimName("data")
                .endPersistentVolumeClaim()
                .endVolume()
                .editContainer(0)
                .addNewVolumeMount()
                .withName("again")
                .withMountPath("/again")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build()));

        assertThat(cluster.claim("data").volume().tree()).isEqualTo(AFTER);
    }
}
