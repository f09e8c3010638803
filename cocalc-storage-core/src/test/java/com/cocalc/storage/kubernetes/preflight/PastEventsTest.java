package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.Symptomatic.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events stay for an hour, also where what they report is over. */
class PastEventsTest {

    private static final Event UNBOUND = event(
            "Pod",
            "project-1",
            "FailedScheduling",
            "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.");
    private static final Event SCHEDULED =
            event("Pod", "project-1", "Scheduled", "Successfully assigned cocalc/project-1 to n1");
    private static final Event DENIED = event(
            "Pod",
            "project-1",
            "FailedMount",
            "MountVolume.SetUp failed for volume \"pvc-1\" : mount failed: exit status 32\nOutput: mount.nfs: access denied by"
                    + " server while mounting h:/e");

    @Test
    void aPodThatHasANodeNoLongerWaitsForOne() {
        assertThat(kinds(pod(), UNBOUND)).containsExactly(CauseKind.CLAIM_PENDING);
        assertThat(kinds(pod(), UNBOUND, SCHEDULED)).isEmpty();
        assertThat(kinds(pod(), UNBOUND, SCHEDULED, DENIED)).containsExactly(CauseKind.ACCESS_DENIED);
        assertThat(kinds(scheduled(), UNBOUND, DENIED)).containsExactly(CauseKind.ACCESS_DENIED);
    }

    @Test
    void theClaimsOfAPodThatHasANodeHaveTheirVolumes() {
        Event waiting = event(
                "PersistentVolumeClaim",
                "projects-data",
                "ExternalProvisioning",
                "Waiting for a volume to be created either by the external provisioner 'cluster.local/nfs' or manually");
        Event failed = event("PersistentVolumeClaim", "projects-data", "ProvisioningFailed", "failed to provision: x");
        Event made = event(
                "PersistentVolumeClaim", "projects-data", "ProvisioningSucceeded", "Successfully provisioned pvc-1");
        Event lost = event("PersistentVolumeClaim", "projects-data", "ClaimLost", "Bound claim has lost its volume");

        assertThat(kinds(pod(), waiting, failed))
                .containsExactly(CauseKind.WAITING_FOR_PROVISIONER, CauseKind.PROVISIONING_FAILED);
        assertThat(kinds(pod(), waiting, failed, made)).isEmpty();
        assertThat(kinds(pod(), waiting, failed, SCHEDULED)).isEmpty();
        assertThat(kinds(pod(), lost, made, SCHEDULED)).containsExactly(CauseKind.CLAIM_LOST);
    }

    @Test
    void aVolumeThatWasAttachedInTheEndIsAttached() {
        Event failed = event(
                "Pod",
                "project-1",
                "FailedAttachVolume",
                "Multi-Attach error for volume \"pvc-1\" Volume is already used by pod(s) project-0");

        assertThat(kinds(pod(), failed)).containsExactly(CauseKind.MULTI_ATTACH);
        assertThat(kinds(pod(), failed, attached("pvc-1"))).isEmpty();
        assertThat(kinds(pod(), failed, attached("pvc-2"))).containsExactly(CauseKind.MULTI_ATTACH);
    }

    private static Event attached(String volume) {
        return event(
                "Pod",
                "project-1",
                "SuccessfulAttachVolume",
                "AttachVolume.Attach succeeded for volume \"" + volume + "\" ");
    }

    @Test
    void theImageIsPulledAfterAllVolumesAreMounted() {
        assertThat(kinds(Symptomatic.waiting(pod(), "ContainerCreating", ""), DENIED))
                .containsExactly(CauseKind.ACCESS_DENIED);
        assertThat(kinds(Symptomatic.waiting(pod(), "ImagePullBackOff", "Back-off pulling image \"x\""), DENIED))
                .containsExactly(CauseKind.NOT_STORAGE);
    }

    private static List<CauseKind> kinds(Pod pod, Event... events) {
        return Diagnosis.of(pod, List.of(events)).causes().stream()
                .map(Cause::kind)
                .toList();
    }

    private static Pod scheduled() {
        Pod pod = pod();
        pod.getStatus()
                .setConditions(new ArrayList<>(List.of(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("True")
                        .build())));
        return pod;
    }

    private static Pod pod() {
        return Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc }
                spec:
                  containers: [{ name: project }]
                  volumes: [{ name: home, persistentVolumeClaim: { claimName: projects-data } }]
                status: {}
                """);
    }
}
