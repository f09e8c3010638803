package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded object becomes what it became on a real server and a real kubelet. */
class RecordedCasesTest {

    private static FakeCluster cluster(KubeletVersion kubelet) {
        return FakeCluster.builder()
                .kubelet(kubelet)
                .storageClass("local", Provisioner.of(BackEnd.LOCAL).withRootMode(0777))
                .claimsOf(StorageConfig.defaults(), "local")
                .build();
    }

    private static PodOutcome submit(RecordedCase recorded) {
        return cluster(KubeletVersion.V1_34).submit(recorded.json());
    }

    @Test
    void noCaseIsMissing() {
        assertThat(RecordedCase.pods()).hasSize(123);
        assertThat(RecordedCase.claims()).hasSize(47);
        assertThat(RecordedCase.acceptedPods()
                        .collect(Collectors.groupingBy(RecordedCase::runs, Collectors.counting())))
                .containsEntry("no", 20L)
                .containsEntry("yes", 33L);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.testkit.cluster.RecordedCase#pods")
    void aPodIsRefusedExactlyWhereTheServerRefusesIt(RecordedCase recorded) {
        PodOutcome outcome = submit(recorded);

        if (recorded.code() == 201) {
            assertThat(outcome).isNotInstanceOf(PodOutcome.Refused.class);
        } else {
            assertThat(outcome).isInstanceOfSatisfying(PodOutcome.Refused.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(recorded.code());
                assertThat(refused.refusal().fields()).isEqualTo(recorded.fields());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.testkit.cluster.RecordedCase#acceptedPods")
    void anAcceptedPodStartsExactlyWhereTheKubeletStartsIt(RecordedCase recorded) {
        PodOutcome outcome = submit(recorded);

        assertThat(outcome)
                .as(outcome.toString())
                .isInstanceOf(recorded.runs().equals("yes") ? PodOutcome.Running.class : PodOutcome.NotStarted.class);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.testkit.cluster.RecordedCase#claims")
    void aClaimIsRefusedExactlyWhereTheServerRefusesIt(RecordedCase recorded) {
        FakeCluster cluster = cluster(KubeletVersion.V1_34);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> create(cluster, recorded.json()));

        assertThat(refused == null ? 201 : refused.refusal().code()).isEqualTo(recorded.code());
        if (refused != null) {
            assertThat(refused.refusal().fields()).isEqualTo(recorded.fields());
        }
    }

    /** Some of the recorded claims have the names that are taken here. */
    private static void create(FakeCluster cluster, String json) {
        for (String name : new String[] {"projects-data", "projects-software"}) {
            cluster.deleteClaim(name);
        }
        cluster.createClaim(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            home-read-only-on-claim                | CreateContainerConfigError | failed to create subPath directory for volumeMount "home" of container "project"
            two-volumes-one-claim                  | FailedMount                | unmounted volumes=[home]
            two-volumes-one-claim-read-only-first  | FailedMount                | unmounted volumes=[ext]
            claim-that-does-not-exist              | FailedScheduling           | persistentvolumeclaim "missing" not found
            claim-name-upper-case                  | FailedScheduling           | persistentvolumeclaim "Projects_DATA" not found
            mount-path-nested-in-read-only-parent  | StartError                 | /rootfs/home/user/ext: read-only file system
            mount-path-root                        | StartError                 | error closing exec fds
            mount-path-with-nul                    | StartError                 | mount field contains null byte
            mount-path-5000-characters             | StartError                 | file name too long
            mount-path-over-a-file                 | StartError                 | not a directory
            mount-path-in-proc                     | StartError                 | inside /proc
            sub-path-element-256-bytes             | CreateContainerConfigError | failed to prepare subPath for volumeMount "home" of container "project"
            sub-path-expr-undefined-variable       | CreateContainerConfigError | missing value for NOPE
            sub-path-expr-empty-variable           | CreateContainerConfigError | missing value for ID
            sub-path-expr-variable-with-dot-dot    | CreateContainerConfigError | must not contain '..'
            sub-path-expr-variable-absolute        | CreateContainerConfigError | must not be an absolute path
            recursive-read-only-enabled            | CreateContainerConfigError | not supported by the runtime
            run-as-non-root-with-user-0            | CreateContainerConfigError | container's runAsUser breaks non-root policy
            """)
    void whoeverLooksAtThePodSeesTheReasonAndTheWordsOfTheRealOnes(String name, String reason, String words) {
        PodOutcome outcome = submit(RecordedCase.pod(name));

        assertThat(outcome).isInstanceOfSatisfying(PodOutcome.NotStarted.class, stuck -> {
            assertThat(stuck.reason()).isEqualTo(reason);
            assertThat(stuck.message()).contains(words);
            assertThat(stuck.events()).last().satisfies(event -> {
                assertThat(event.getType()).isEqualTo("Warning");
                assertThat(event.getMessage()).contains(words);
            });
        });
    }

    @ParameterizedTest
    @CsvSource({
        "two-volumes-one-claim, true",
        "two-volumes-one-claim-both-writable, false",
        "two-volumes-one-claim-read-only-first, false"
    })
    void aNewKubeletStartsTwoVolumesOnOneClaimAndTheLastEntryDecidesForBoth(String name, boolean readOnly) {
        FakeCluster cluster = cluster(KubeletVersion.V1_36);
        String home = "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
        cluster.claim("projects-data").volume().populate("0755 2001:2001 - " + home + "/");
        RunningPod pod = cluster.submit(RecordedCase.pod(name).json()).running();

        String outcome = Attempt.tryToCreate(pod.container("project").path("/home/user/x"));

        assertThat(outcome).isEqualTo(readOnly ? "Read-only file system" : "ok");
    }

    @Test
    void aPodOverTheRootOfItsContainerLeavesTheRuntimesDirectoriesOnTheVolume() {
        FakeCluster cluster = cluster(KubeletVersion.V1_34);

        cluster.submit(RecordedCase.pod("mount-path-root").json());

        assertThat(cluster.claim("projects-data").volume().tree())
                .contains("/dev/")
                .contains("/etc/");
    }

    @Test
    void theMountPointOfANestedMountStaysInTheParentAsADirectoryOfRootThatOthersMayNotWriteTo() {
        FakeCluster cluster = cluster(KubeletVersion.V1_34);

        cluster.submit(RecordedCase.pod("mount-path-nested-child-first").json())
                .running()
                .stop();

        assertThat(cluster.claim("projects-data").volume().tree())
                .contains("2755 0:2001 - projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/ext/");
    }
}
