package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Fields of mounts, devices and contexts that decide about files, each with its defaults. */
class StorageDiffFieldsTest {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");

    @Test
    void howAMountFollowsOtherMountsIsADifferenceAndItsDefaultsAreNone() {
        String at = "/spec/containers/0/volumeMounts/1";

        assertThat(ofRunning(pod -> mount(pod, 1).setMountPropagation("None"))).isEmpty();
        assertThat(ofRunning(pod -> mount(pod, 1).setRecursiveReadOnly("Disabled")))
                .isEmpty();
        assertThat(ofRunning(pod -> mount(pod, 1).setMountPropagation("HostToContainer")))
                .containsExactly(at
                        + ": mountPropagation \"HostToContainer\" becomes \"None\"; only how the pod starts changes");
        assertThat(ofRunning(pod -> mount(pod, 1).setRecursiveReadOnly("IfPossible")))
                .containsExactly(at
                        + ": recursiveReadOnly \"IfPossible\" becomes \"Disabled\"; only how the pod starts changes");
    }

    @Test
    void aDeviceOfOurClaimIsADifference() {
        Pod running = running();
        container(running).setVolumeDevices(List.of(new VolumeDevice("/dev/data", "home")));

        assertThat(lines(StorageDiff.between(running, running(), "project", desired())))
                .containsExactly(
                        "/spec/containers/0/volumeDevices/0: claim \"projects-data\" as device \"/dev/data\" becomes"
                                + " nothing; files are no longer seen; they stay where they are");
        assertThat(lines(StorageDiff.between(running, desired())))
                .containsExactly(
                        "/spec/containers/0/volumeDevices/0: claim \"projects-data\" as device \"/dev/data\" becomes"
                                + " nothing; files are no longer seen; they stay where they are");
    }

    @Test
    void aPatchThatAddsADeviceOfOurClaimIsADifference() {
        String patch = """
                [{"op":"add","path":"/spec/containers/0/volumeDevices","value":[{"name":"home","devicePath":"/dev/data"}]}]""";
        PodStorage patched =
                PodStorage.of(ProjectVolumes.forProject(PROJECT, Licenses.of(Licenses.patch(Licenses.B, patch))));

        assertThat(StorageDiff.between(running(), patched).differences())
                .extracting(difference -> difference.pointer() + " "
                        + difference.impact().name() + " " + difference.desired() + " " + difference.licenses())
                .containsExactly("/spec/containers/0/volumeDevices FILES_APPEAR claim \"projects-data\" as device"
                        + " \"/dev/data\" [licence " + Licenses.B + "]");
    }

    @Test
    void theGroupsThatOpenFilesAreCompared() {
        Pod with = running();
        with.getSpec().getSecurityContext().setSupplementalGroups(List.of(4000L, 5000L));
        Pod reordered = running();
        reordered.getSpec().getSecurityContext().setSupplementalGroups(List.of(5000L, 4000L));
        Pod empty = running();
        empty.getSpec().getSecurityContext().setSupplementalGroups(List.of());
        empty.getSpec().getSecurityContext().setSupplementalGroupsPolicy("Merge");
        String at = "/spec/securityContext/supplementalGroups: supplementalGroups ";
        String owner = "; new files belong to somebody else, and those that are there may be refused";

        assertThat(lines(StorageDiff.between(with, running(), "project", desired())))
                .containsExactly(at + "\"[4000, 5000]\" becomes absent" + owner);
        assertThat(lines(StorageDiff.between(running(), with, "project", desired())))
                .containsExactly(at + "absent becomes \"[4000, 5000]\"" + owner);
        assertThat(lines(StorageDiff.between(with, reordered, "project", desired())))
                .isEmpty();
        assertThat(lines(StorageDiff.between(running(), empty, "project", desired())))
                .isEmpty();
        assertThat(lines(StorageDiff.between(with, desired()))).isEmpty();
    }

    @Test
    void theHardenedFormIsComparedWithItsSeccompProfileAndDroppedCapabilities() {
        PodStorage hardened = desired().hardened();
        Pod running = hardened.applyTo(bare(), "project");
        assertThat(lines(StorageDiff.between(running, hardened))).isEmpty();

        running.getSpec().getSecurityContext().setSeccompProfile(null);
        assertThat(lines(StorageDiff.between(running, hardened)))
                .containsExactly(
                        "/spec/securityContext/seccompProfile: seccompProfile absent becomes \"RuntimeDefault\";"
                                + " only how the pod starts changes");

        running.getSpec().getSecurityContext().setSeccompProfile(new SeccompProfile("profile.json", "Localhost"));
        assertThat(lines(StorageDiff.between(running, hardened))).isEmpty();

        container(running).getSecurityContext().setCapabilities(new Capabilities());
        assertThat(lines(StorageDiff.between(running, hardened)))
                .containsExactly("/spec/containers/0/securityContext/capabilities: capabilities.drop absent becomes"
                        + " \"[ALL]\"; only how the pod starts changes");

        container(running).getSecurityContext().setCapabilities(new Capabilities(List.of(), List.of("NET_RAW", "ALL")));
        assertThat(lines(StorageDiff.between(running, hardened))).isEmpty();
    }

    @Test
    void theUserOfAnotherContainerThatHasOurFilesIsCompared() {
        Pod asUser = withSidecar("{ runAsUser: 2001 }", "[{ name: home, mountPath: /h, subPath: projects/%s }]");
        Pod asRoot = withSidecar("{ runAsUser: 0 }", "[{ name: home, mountPath: /h, subPath: projects/%s }]");
        Pod unnamed = withSidecar("{}", "[{ name: home, mountPath: /h, subPath: projects/%s }]");

        assertThat(lines(StorageDiff.between(asRoot, asUser, "project", desired())))
                .containsExactly(
                        "/spec/containers/1/securityContext/runAsUser: runAsUser \"0\" becomes \"2001\"; new files"
                                + " belong to somebody else, and those that are there may be refused");
        assertThat(lines(StorageDiff.between(asUser, unnamed, "project", desired())))
                .isEmpty();
        assertThat(lines(StorageDiff.between(unnamed, asUser, "project", desired())))
                .isEmpty();
        assertThat(lines(StorageDiff.between(
                        withSidecar("{ runAsUser: 0 }", "[]"),
                        withSidecar("{ runAsUser: 2001 }", "[]"),
                        "project",
                        desired())))
                .isEmpty();
    }

    @Test
    void aSubPathWithAFieldOfThePodIsReadFromThePod() {
        Pod running = running();
        running.getMetadata().setLabels(Map.of("project_id", PROJECT.toString()));
        container(running)
                .getEnv()
                .add(Manifests.read(
                        "{ name: ID, valueFrom: { fieldRef: { fieldPath: \"metadata.labels['project_id']\" } } }",
                        EnvVar.class));
        mount(running, 0).setSubPath(null);
        mount(running, 0).setSubPathExpr("projects/$(ID)");

        assertThat(lines(StorageDiff.between(running, desired()))).isEmpty();
    }

    private static List<String> ofRunning(Consumer<Pod> change) {
        Pod running = running();
        change.accept(running);
        return lines(StorageDiff.between(running, desired()));
    }

    private static List<String> lines(StorageDiff diff) {
        return diff.differences().stream().map(Difference::toString).toList();
    }

    private static Pod withSidecar(String context, String mounts) {
        Pod pod = running();
        Container sidecar = new Container();
        sidecar.setName("sidecar");
        sidecar.setImage("x");
        sidecar.setSecurityContext(Manifests.read(context, SecurityContext.class));
        sidecar.setVolumeMounts(List.of(Manifests.read(mounts.formatted(PROJECT), VolumeMount[].class)));
        pod.getSpec().getContainers().add(sidecar);
        return pod;
    }

    private static VolumeMount mount(Pod pod, int index) {
        return container(pod).getVolumeMounts().get(index);
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static PodStorage desired() {
        return PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none()));
    }

    private static Pod running() {
        return desired().applyTo(bare(), "project");
    }

    private static Pod bare() {
        return Manifests.pod("""
                metadata: { name: project-1 }
                spec:
                  containers: [{ name: project, image: "registry.example/project:1" }]
                """);
    }
}
