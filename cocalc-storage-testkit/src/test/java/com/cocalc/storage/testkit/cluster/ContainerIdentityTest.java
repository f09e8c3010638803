package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which user a container gets, which combinations no container gets, and what root among them may do. */
class ContainerIdentityTest {

    private static FakeCluster cluster(ContainerRuntime runtime) {
        FakeCluster cluster = FakeCluster.builder()
                .runtime(runtime)
                .storageClass("nfs", BackEnd.GANESHA)
                .claim("data", "nfs")
                .build();
        cluster.claim("data").volume().populate("0700 2001:2001 - closed/");
        return cluster;
    }

    private static PodBuilder pod(PodSecurityContext context) {
        return Pods.onData()
                .editSpec()
                .withSecurityContext(context)
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath("made")
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    @Test
    void aGroupWithoutAUserKeepsTheSandboxFromBeingMade() {
        FakeCluster cluster = cluster(ContainerRuntime.CONTAINERD_1_7);
        PodBuilder pod = pod(new PodSecurityContextBuilder()
                        .withRunAsGroup(2001L)
                        .build())
                .editSpec()
                .editContainer(0)
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .endSecurityContext()
                .endContainer()
                .endSpec();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod.build()));

        assertThat(stuck.reason()).isEqualTo("FailedCreatePodSandBox");
        assertThat(stuck.container()).isEmpty();
        assertThat(stuck.message())
                .isEqualTo("Failed to create pod sandbox: rpc error: code = Unknown desc = failed to generate sandbox"
                        + " container spec options: failed to generate user string: user group \"2001\" is specified"
                        + " without user");
        assertThat(stuck.events()).last().satisfies(event -> {
            assertThat(event.getSource().getComponent()).isEqualTo("kubelet");
            assertThat(event.getReason()).isEqualTo("FailedCreatePodSandBox");
        });
        assertThat(cluster.claim("data").volume().tree()).doesNotContain("made");
    }

    @Test
    void aGroupOfOneContainerIsThatOfTheImagesUser() {
        PodBuilder pod = pod(new PodSecurityContext())
                .editSpec()
                .editContainer(0)
                .withNewSecurityContext()
                .withRunAsGroup(2001L)
                .endSecurityContext()
                .endContainer()
                .endSpec();

        RunningPod running = cluster(ContainerRuntime.CONTAINERD_1_7).start(pod.build());

        assertThat(running.container("project").identity()).isEqualTo(PosixIdentity.of(0, 2001));
    }

    @ParameterizedTest
    @CsvSource({"CONTAINERD_1_7, Strict, false", "CONTAINERD_1_7, Merge, true", "CONTAINERD_2, Strict, true"})
    void strictGroupsNeedARuntimeThatKnowsThem(ContainerRuntime runtime, String policy, boolean runs) {
        PodSecurityContext context = new PodSecurityContextBuilder()
                .withRunAsUser(2001L)
                .withSupplementalGroupsPolicy(policy)
                .build();

        PodOutcome outcome = cluster(runtime).submit(pod(context).build());

        if (runs) {
            assertThat(outcome).isInstanceOf(PodOutcome.Running.class);
        } else {
            PodOutcome.NotStarted stuck = notStarted(outcome);
            assertThat(stuck.reason()).isEqualTo("SupplementalGroupsPolicyNotSupported");
            assertThat(stuck.message()).isEqualTo("SupplementalGroupsPolicy=Strict is not supported in this node");
            assertThat(stuck.pod().getStatus().getPhase()).isEqualTo("Failed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DAC_OVERRIDE,     '',        Permission denied",
        "dac_override,     '',        Permission denied",
        "CAP_DAC_OVERRIDE, '',        ok",
        "cap_dac_override, '',        ok",
        "ALL,              '',        Permission denied",
        "all,              '',        Permission denied",
        "ALL, DAC_OVERRIDE,           ok",
        "ALL, CAP_DAC_OVERRIDE,       Permission denied",
        "CAP_ALL,          '',        ok"
    })
    void aCapabilityWithThePrefixOfTheKernelIsNone(String drop, String add, String writing) {
        PodBuilder pod = pod(new PodSecurityContext())
                .editSpec()
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath("closed")
                .endVolumeMount()
                .withNewSecurityContext()
                .withNewCapabilities()
                .addToDrop(drop)
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec();
        if (!add.isEmpty()) {
            pod.editSpec()
                    .editContainer(0)
                    .editSecurityContext()
                    .editCapabilities()
                    .addToAdd(add)
                    .endCapabilities()
                    .endSecurityContext()
                    .endContainer()
                    .endSpec();
        }

        RunningPod running = cluster(ContainerRuntime.CONTAINERD_1_7).start(pod.build());

        assertThat(Attempt.tryToCreate(running.container("project").path("/data/x")))
                .isEqualTo(writing);
    }
}
