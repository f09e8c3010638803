package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.Severity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would lay a home on another volume, or let the server refuse a pod that it took before, is a conflict. */
class OtherWaysToOurPlacesTest {

    private static final StorageConfig REPAIRING = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();
    private static final String HOME = "volume \"home\", subPath \"projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11\","
            + " read-write at \"/home/user\"";

    @Test
    void aSidecarThatWritesToTheHomeRunsAsItsUser() {
        Pod pod = Fixtures.pod();
        VolumeMount home = Fixtures.readOnly().volumeMounts().get(0);
        Container sidecar = new ContainerBuilder()
                .withName("sidecar")
                .withImage("x")
                .withVolumeMounts(home)
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .endSecurityContext()
                .build();
        pod.getSpec().getContainers().add(sidecar);

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining(
                        "spec.containers[1].securityContext.runAsUser has 1000, but CoCalc's storage needs"
                                + " 2001; remove that field");

        sidecar.setVolumeMounts(
                List.of(new VolumeMountBuilder(home).withReadOnly(true).build()));

        assertThatCode(() -> Fixtures.readOnly().applyTo(pod, "project")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/user", "/home/user/", "/home", "/home/user/disk", "//home/./user"})
    void aDeviceAtAboveOrBelowOurPathIsAConflict(String path) {
        assertConflict(
                edit(spec -> spec.getContainers().get(0).getVolumeDevices().add(new VolumeDevice(path, "disk"))),
                Fixtures.readOnly(),
                "spec.containers[0].volumeDevices[0].devicePath has the device of volume \"disk\" at \"" + path
                        + "\", but CoCalc's storage needs " + HOME + " alone; write another devicePath");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ext/last-words", "/ext", "/home//user/.last-words", "/home"})
    void aFileForLastWordsAtAboveOrBelowOurPathIsAConflict(String path) {
        Pod pod = edit(spec -> spec.getContainers().get(0).setTerminationMessagePath(path));

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageStartingWith("pod project-1 cannot take CoCalc's storage:"
                        + " spec.containers[0].terminationMessagePath has a file of the kubelet at \"")
                .hasMessageEndingWith(" alone; remove that field, or write a path beside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/termination-log", "/tmp/last-words", "/home/users"})
    void aFileForLastWordsBesideOurPathsIsNoConflict(String path) {
        Pod pod = edit(spec -> spec.getContainers().get(0).setTerminationMessagePath(path));

        assertThat(errors(Fixtures.readOnly().applyTo(pod, "project"), "project"))
                .isEmpty();
    }

    @Test
    void aDeviceOfASidecarAtOurPathIsAConflictAndOneBesideIsNone() {
        Consumer<String> apply = path -> Fixtures.readOnly()
                .applyTo(
                        edit(spec -> spec.getContainers()
                                .add(new ContainerBuilder()
                                        .withName("sidecar")
                                        .addToVolumeDevices(new VolumeDevice(path, "disk"))
                                        .build())),
                        "project");

        assertThatThrownBy(() -> apply.accept("/ext/disk"))
                .hasMessageContaining(
                        "spec.containers[1].volumeDevices[0].devicePath has the device of volume \"disk\"");
        assertThatCode(() -> apply.accept("/dev/disk")).doesNotThrowAnyException();
    }

    @Test
    void anotherContainerNamedLikeTheRepairIsAConflictWhateverItsKind() {
        String rest =
                " has another container \"fix-permissions\", but CoCalc's storage needs that name for the container"
                        + " that repairs the home's owner; rename that container, or remove it";
        assertConflict(
                edit(spec -> spec.getContainers().add(container("fix-permissions"))),
                repairing(),
                "spec.containers[1]" + rest);
        assertConflict(
                edit(spec -> spec.getEphemeralContainers()
                        .add(new EphemeralContainerBuilder()
                                .withName("fix-permissions")
                                .build())),
                repairing(),
                "spec.ephemeralContainers[0]" + rest);
        assertThatThrownBy(() -> repairing()
                        .applyTo(
                                edit(spec -> spec.getContainers().get(0).setName("fix-permissions")),
                                "fix-permissions"))
                .hasMessageContaining("spec.containers[0]" + rest);
    }

    @Test
    void withoutARepairThatNameIsFree() {
        Pod pod = edit(spec -> spec.getContainers().add(container("fix-permissions")));

        assertThatCode(() -> Fixtures.readOnly().applyTo(pod, "project")).doesNotThrowAnyException();
    }

    @Test
    void aRepairWithAnotherImageIsAConflict() {
        Pod once = repairing().applyTo(Fixtures.pod(), "project");
        once.getSpec().getInitContainers().get(0).setImage("registry.example/evil:1");

        assertConflict(
                once,
                repairing(),
                "spec.initContainers[0].image has \"registry.example/evil:1\", but CoCalc's storage needs"
                        + " \"registry.example/project:1\"; remove that container, it is created again; or set its image with"
                        + " withInitImage");
        assertConflict(
                once,
                repairing().withInitImage("busybox:1.37"),
                "spec.initContainers[0].image has \"registry.example/evil:1\", but CoCalc's storage needs"
                        + " \"busybox:1.37\"; remove that container, it is created again; or set its image with withInitImage");
    }

    @Test
    void aRepairWithAnotherCommandIsAConflict() {
        Pod once = repairing().applyTo(Fixtures.pod(), "project");
        once.getSpec().getInitContainers().get(0).setCommand(List.of("sh"));

        assertThatThrownBy(() -> repairing().applyTo(once, "project"))
                .hasMessageContaining("spec.initContainers[0] has another container \"fix-permissions\"");
    }

    @Test
    void aRepairWithoutAnImageGetsThatOfTheContainer() {
        Pod pod = edit(spec -> spec.setInitContainers(repairing().initContainers()));

        Container repair = repairing()
                .applyTo(pod, "project")
                .getSpec()
                .getInitContainers()
                .get(0);

        assertThat(repair.getImage()).isEqualTo("registry.example/project:1");
    }

    @Test
    void aRepairReadBackFromTheServerIsOurs() {
        Pod once = repairing().applyTo(Fixtures.pod(), "project");
        Container init = once.getSpec().getInitContainers().get(0);
        init.getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName("kube-api-access-x2x7q")
                        .withMountPath("/var/run/secrets/kubernetes.io/serviceaccount")
                        .withReadOnly(true)
                        .build());
        init.setTerminationMessagePath("/dev/termination-log");
        init.setTerminationMessagePolicy("File");
        init.setImagePullPolicy("IfNotPresent");

        assertThat(repairing().applyTo(once, "project")).isEqualTo(once);
    }

    @Test
    void resourcesOfThePodThatTheRepairDoesNotFitIntoAreAConflict() {
        assertConflict(
                edit(spec -> spec.setResources(resources("limits", "cpu", "5m"))),
                repairing(),
                "spec.resources.limits[cpu] has 5m, but CoCalc's storage needs 0.01 for the init container"
                        + " \"fix-permissions\" and the sidecars before it; raise it, or set less with withInitResources");
        assertConflict(
                edit(spec -> spec.setResources(resources("requests", "memory", "8Mi"))),
                repairing(),
                "spec.resources.requests[memory] has 8Mi, but CoCalc's storage needs 16777216 for the init container"
                        + " \"fix-permissions\" and the sidecars before it; raise it, or set less with withInitResources");
    }

    @Test
    void sidecarsThatRunBesideTheRepairTakeOfTheRoom() {
        Pod pod = edit(spec -> {
            spec.setResources(resources("limits", "cpu", "15m"));
            Container sidecar = container("sidecar");
            sidecar.setRestartPolicy("Always");
            sidecar.setResources(resources("requests", "cpu", "6m"));
            spec.getInitContainers().add(sidecar);
        });

        assertThatThrownBy(() -> repairing().applyTo(pod, "project"))
                .hasMessageContaining("spec.resources.limits[cpu] has 15m, but CoCalc's storage needs 0.016 for");
        pod.getSpec().setResources(resources("limits", "cpu", "16m"));
        Pod fits = repairing().applyTo(pod, "project");
        assertThat(ApiServer.answer(fits).reason()).isEqualTo("accepted");
    }

    @Test
    void aWindowsPodIsAConflict() {
        assertConflict(
                edit(spec -> spec.setOs(new PodOS("windows"))),
                Fixtures.readOnly(),
                "spec.os.name has windows, but CoCalc's storage needs linux; run the pod on Linux, or give it no storage");
        assertThatCode(() -> Fixtures.readOnly().applyTo(edit(spec -> spec.setOs(new PodOS("linux"))), "project"))
                .doesNotThrowAnyException();
    }

    @Test
    void aSidecarWithAVolumeOfItsOwnAtOurPathIsAConflictAndAnErrorOfTheAudit() {
        for (String path : List.of("/home/user", "/ext")) {
            Pod pod = edit(spec -> {
                spec.getVolumes().add(emptyDir("scratch"));
                Container sidecar = container("sidecar");
                sidecar.getVolumeMounts().add(mount("scratch", path));
                spec.getContainers().add(sidecar);
            });

            assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                    .isInstanceOf(StorageConflictException.class)
                    .hasMessageStartingWith(
                            "pod project-1 cannot take CoCalc's storage: spec.containers[1].volumeMounts[0]"
                                    + " has volume \"scratch\", whole, read-write at \"" + path
                                    + "\", but CoCalc's storage needs ")
                    .hasMessageEndingWith("; mount it elsewhere; programs expect other files there");
            assertThat(errors(pod, "project")).contains("over-our-path");
        }
    }

    @Test
    void aSidecarThatStartsWithTheInitContainersIsOneToo() {
        Container sidecar = container("sidecar");
        sidecar.setRestartPolicy("Always");
        sidecar.getVolumeMounts().add(mount("scratch", "/ext"));
        Pod pod = edit(spec -> {
            spec.getVolumes().add(emptyDir("scratch"));
            spec.getInitContainers().add(sidecar);
        });

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .hasMessageContaining("spec.initContainers[0].volumeMounts[0] has volume \"scratch\"");
        assertThat(errors(pod, "project")).contains("over-our-path");
    }

    @Test
    void anInitContainerThatIsOverBeforeTheProjectStartsIsNoneForBoth() {
        Container setup = container("setup");
        setup.getVolumeMounts().add(mount("scratch", "/ext"));
        Pod pod = edit(spec -> {
            spec.getVolumes().add(emptyDir("scratch"));
            spec.getInitContainers().add(setup);
        });

        assertThat(errors(Fixtures.readOnly().applyTo(pod, "project"), "project"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home", "/home/user/cache", "/ext/lib"})
    void aSidecarWithAVolumeOfItsOwnAboveOrBelowIsAConflict(String path) {
        Container sidecar = container("sidecar");
        sidecar.getVolumeMounts().add(mount("scratch", path));

        assertThatThrownBy(() -> Fixtures.readOnly()
                        .applyTo(edit(spec -> spec.getContainers().add(sidecar)), "project"))
                .hasMessageContaining(
                        "spec.containers[1].volumeMounts[0] has volume \"scratch\", whole, read-write at \"" + path
                                + "\"")
                .hasMessageEndingWith(" alone; mount it beside; programs expect other files there");
    }

    @Test
    void aSidecarThatReadsTheHomeAtItsPlaceIsTakenByBoth() {
        Container sidecar = container("sidecar");
        VolumeMount reading = mount("home", "/home/user");
        reading.setSubPath("projects/" + Fixtures.PROJECT);
        reading.setReadOnly(true);
        sidecar.getVolumeMounts().add(reading);
        Pod pod = edit(spec -> spec.getContainers().add(sidecar));

        assertThat(errors(Fixtures.readOnly().applyTo(pod, "project"), "project"))
                .isEmpty();
    }

    @Test
    void aSidecarAmongTheInitContainersMayMountWhatTheProjectMounts() {
        Container sidecar = container("sidecar");
        sidecar.setRestartPolicy("Always");
        VolumeMount home = mount("home", "/home/user");
        home.setSubPath("projects/" + Fixtures.PROJECT);
        sidecar.getVolumeMounts().add(home);
        Pod pod = edit(spec -> spec.getInitContainers().add(sidecar));

        assertThat(errors(Fixtures.readOnly().applyTo(pod, "project"), "project"))
                .isEmpty();

        home.setSubPath("projects");

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .hasMessageContaining(
                        "spec.initContainers[0].volumeMounts[0] has volume \"home\", subPath \"projects\"");
    }

    @Test
    void aReadOnlyMountThatIsReadOnlyBelowAsFarAsPossibleIsOurs() {
        VolumeMount ext = mount("ext", "/ext");
        ext.setReadOnly(true);
        ext.setRecursiveReadOnly("IfPossible");
        Pod pod = edit(spec -> spec.getContainers().get(0).getVolumeMounts().add(ext));

        assertThat(Fixtures.readOnly()
                        .applyTo(pod, "project")
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts())
                .contains(ext)
                .hasSize(2);
    }

    @Test
    void aConflictNamesWhatDiffers() {
        VolumeMount ext = mount("ext", "/ext");
        ext.setReadOnly(true);
        ext.setMountPropagation("HostToContainer");
        Pod pod = edit(spec -> spec.getContainers().get(0).getVolumeMounts().add(ext));

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .hasMessageContaining(
                        "has volume \"ext\", whole, read-only, mountPropagation HostToContainer at \"/ext\", but"
                                + " CoCalc's storage needs volume \"ext\", whole, read-only at \"/ext\"");
    }

    @Test
    void aContainerOfRootBesideTheHardenedFormIsAConflict() {
        Container root = container("sidecar");
        root.setSecurityContext(new SecurityContextBuilder().withRunAsUser(0L).build());
        Pod pod = edit(spec -> spec.getContainers().add(root));

        assertConflict(
                pod,
                Fixtures.readOnly().hardened(),
                "spec.containers[1].securityContext.runAsUser has 0, but CoCalc's storage needs another user than root in"
                        + " the hardened form; remove that field, a pod with runAsNonRoot starts no container of root");
    }

    @Test
    void resourcesThatAreChangedLaterChangeNoPod() {
        ResourceRequirements given = resources("limits", "memory", "32Mi");
        PodStorage storage = repairing().withInitResources(given);
        given.getLimits().get("memory").setAmount("1");
        given.getLimits().put("cpu", Quantity.parse("1"));
        Container handedOut = storage.initContainers().get(0);
        handedOut.getResources().getLimits().get("memory").setAmount("2");
        handedOut.getSecurityContext().getCapabilities().getAdd().add("SYS_ADMIN");
        Pod first = storage.applyTo(Fixtures.pod(), "project");
        first.getSpec().getInitContainers().get(0).getResources().getLimits().clear();
        first.getSpec().getInitContainers().get(0).getCommand().clear();

        Container next = storage.applyTo(Fixtures.pod(), "project")
                .getSpec()
                .getInitContainers()
                .get(0);

        assertThat(KubernetesText.yaml(next.getResources())).isEqualTo("limits:\n  memory: \"32Mi\"\n");
        assertThat(next.getSecurityContext().getCapabilities().getAdd()).containsExactly("CHOWN", "DAC_OVERRIDE");
        assertThat(next.getCommand()).startsWith("find", "/home/user");
    }

    @Test
    void resourcesThatNoServerTakesAreRefused() {
        ResourceRequirements above = resources("limits", "memory", "32Mi");
        above.setRequests(resources("limits", "memory", "64Mi").getLimits());
        ResourceRequirements device = new ResourceRequirements();
        device.setClaims(List.of(new ResourceClaim("gpu", null)));

        assertThatThrownBy(() -> repairing().withInitResources(above))
                .hasMessage("resources.requests[memory] must be at most the limit of 32Mi, but was \"64Mi\"; raise the"
                        + " limit, or request less");
        assertThatThrownBy(() -> repairing().withInitResources(device))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("resources.claims must be empty, but was ")
                .hasMessageEndingWith("; remove them, the repair of a home uses no device");
    }

    private static void assertConflict(Pod pod, PodStorage storage, String conflict) {
        assertThatThrownBy(() -> storage.applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod project-1 cannot take CoCalc's storage: " + conflict);
    }

    private static List<String> errors(Pod pod, String container) {
        ProjectVolumes volumes = Fixtures.volumes(ProjectLicenses.none(), StorageConfig.defaults());
        return PodAudit.audit(pod, Expected.forProject(volumes).inContainer(container)).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.rule().code())
                .toList();
    }

    private static PodStorage repairing() {
        return PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), REPAIRING));
    }

    private static Pod edit(Consumer<PodSpec> change) {
        Pod pod = Fixtures.pod();
        change.accept(pod.getSpec());
        return pod;
    }

    private static Container container(String name) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("registry.example/other:2")
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static ResourceRequirements resources(String field, String name, String amount) {
        ResourceRequirements resources = new ResourceRequirements();
        Map<String, Quantity> quantities = new LinkedHashMap<>(Map.of(name, Quantity.parse(amount)));
        if (field.equals("limits")) {
            resources.setLimits(quantities);
        } else {
            resources.setRequests(quantities);
        }
        return resources;
    }
}
