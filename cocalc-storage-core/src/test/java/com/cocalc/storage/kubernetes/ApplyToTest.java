package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyToTest {

    private static final String SUB_PATH = "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

    @Test
    void aPlainPodGetsVolumesMountsVariableAndUser() {
        assertThat(KubernetesText.yaml(Fixtures.readOnly().applyTo(Fixtures.pod(), "project")))
                .isEqualTo("""
                apiVersion: v1
                kind: Pod
                metadata:
                  labels:
                    run: project
                  name: project-1
                spec:
                  containers:
                    - env:
                        - name: EXT
                          value: /ext
                      image: "registry.example/project:1"
                      name: project
                      volumeMounts:
                        - mountPath: /home/user
                          name: home
                          subPath: projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
                        - mountPath: /ext
                          name: ext
                          readOnly: true
                  securityContext:
                    fsGroup: 2001
                    fsGroupChangePolicy: OnRootMismatch
                    runAsGroup: 2001
                    runAsUser: 2001
                  volumes:
                    - name: home
                      persistentVolumeClaim:
                        claimName: projects-data
                    - name: ext
                      persistentVolumeClaim:
                        claimName: projects-software
                        readOnly: true
                """);
    }

    @Test
    void theGivenPodIsLeftAsItIs() {
        Pod pod = busyPod();
        Pod before = new PodBuilder(pod).build();

        Fixtures.readOnly().applyTo(pod, "project");

        assertThat(pod).isEqualTo(before);
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        Pod once = Fixtures.readOnly().applyTo(busyPod(), "project");

        assertThat(Fixtures.readOnly().applyTo(once, "project")).isEqualTo(once);
    }

    @Test
    void whatIsNotStorageStaysEqualAndInItsPlace() {
        Pod pod = busyPod();

        Pod result = Fixtures.granted().applyTo(pod, "project");

        assertThat(result.getMetadata()).isEqualTo(pod.getMetadata());
        assertThat(result.getStatus()).isEqualTo(pod.getStatus());
        assertThat(result.getSpec().getContainers().get(0))
                .isEqualTo(pod.getSpec().getContainers().get(0));
        assertThat(result.getSpec().getVolumes().get(0))
                .isEqualTo(pod.getSpec().getVolumes().get(0));
        assertThat(container(result).getEnv().get(0))
                .isEqualTo(container(pod).getEnv().get(0));
        assertThat(container(result).getVolumeMounts().get(0))
                .isEqualTo(container(pod).getVolumeMounts().get(0));
        assertThat(result.getSpec().getNodeName()).isEqualTo("node-7");
        assertThat(result.getSpec().getSecurityContext().getSupplementalGroups())
                .containsExactly(100L);
        assertThat(result.getSpec().getAdditionalProperties()).containsEntry("futureField", "kept");
    }

    @Test
    void aSecondContainerReusesTheVolumes() {
        Pod pod = withContainer(
                Fixtures.pod(), new ContainerBuilder().withName("sidecar").build());

        Pod both = Fixtures.readOnly().applyTo(Fixtures.readOnly().applyTo(pod, "project"), "sidecar");

        assertThat(both.getSpec().getVolumes()).hasSize(2);
        assertThat(both.getSpec().getContainers().get(1).getVolumeMounts())
                .isEqualTo(both.getSpec().getContainers().get(0).getVolumeMounts());
    }

    @Test
    void entriesWithTheSameMeaningStayWhereTheyAre() {
        Pod pod = edit(Fixtures.pod(), p -> {
            p.getSpec().getVolumes().add(claimVolume("ext", "projects-software", true));
            p.getSpec().getVolumes().add(claimVolume("home", "projects-data", false));
            container(p)
                    .getVolumeMounts()
                    .add(new VolumeMountBuilder()
                            .withName("home")
                            .withMountPath("/home//user/")
                            .withSubPath(SUB_PATH)
                            .withReadOnly(false)
                            .withMountPropagation("None")
                            .withRecursiveReadOnly("Disabled")
                            .build());
            container(p).getEnv().add(new EnvVar("EXT", "/ext", null));
        });

        Pod result = Fixtures.readOnly().applyTo(pod, "project");

        assertThat(result.getSpec().getVolumes()).isEqualTo(pod.getSpec().getVolumes());
        assertThat(container(result).getVolumeMounts())
                .hasSize(2)
                .first()
                .isEqualTo(container(pod).getVolumeMounts().get(0));
        assertThat(container(result).getEnv()).isEqualTo(container(pod).getEnv());
    }

    @Test
    void aPodWithNullListsGetsTheStorage() {
        Pod pod = edit(Fixtures.pod(), p -> {
            p.setMetadata(null);
            p.getSpec().setVolumes(null);
            p.getSpec().setInitContainers(null);
            p.getSpec().setEphemeralContainers(null);
            container(p).setVolumeMounts(null);
            container(p).setVolumeDevices(null);
            container(p).setEnv(null);
        });

        assertThat(KubernetesText.yaml(
                        Fixtures.readOnly().applyTo(pod, "project").getSpec()))
                .isEqualTo(KubernetesText.yaml(
                        Fixtures.readOnly().applyTo(Fixtures.pod(), "project").getSpec()));
    }

    @Test
    void anUnknownContainerIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(Fixtures.pod(), "projekt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "containerName must name a container of pod project-1, but was \"projekt\"; it has \"project\"");
        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(new Pod(), "project"))
                .hasMessage("containerName must name a container of the pod, but was \"project\"; it has none");
    }

    @Test
    void aVolumeOfOurNameThatIsNoClaimIsAConflict() {
        assertConflict(
                p -> p.getSpec()
                        .getVolumes()
                        .add(new VolumeBuilder()
                                .withName("home")
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .build()),
                "spec.volumes[0] has volume \"home\" that is not a claim, but CoCalc's storage needs volume \"home\" on claim"
                        + " \"projects-data\", read-write; rename that volume, or remove it");
    }

    @Test
    void aReadOnlyVolumeOfOurNameIsNeverUpgraded() {
        Pod pod =
                edit(Fixtures.pod(), p -> p.getSpec().getVolumes().add(claimVolume("ext", "projects-software", true)));

        assertThatThrownBy(() -> Fixtures.granted().applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod project-1 cannot take CoCalc's storage: spec.volumes[0] has volume \"ext\" on claim"
                        + " \"projects-software\", read-only, but CoCalc's storage needs volume \"ext\" on claim"
                        + " \"projects-software\", read-write; rename that volume, or remove it");
    }

    @Test
    void aSecondVolumeOnOurClaimIsAConflict() {
        assertConflict(
                p -> p.getSpec().getVolumes().add(claimVolume("all", "projects-data", false)),
                "spec.volumes[0] has volume \"all\" on claim \"projects-data\", read-write, but CoCalc's storage needs one"
                        + " volume on that claim, volume \"home\" on claim \"projects-data\", read-write; remove it and mount"
                        + " \"home\"; two volumes on one claim keep the pod from starting, or lose readOnly");
    }

    @Test
    void aMountOfSomethingElseAtOurPlaceIsAConflict() {
        assertConflict(
                p -> container(p).getVolumeMounts().add(mount("scratch", "/ext/", null)),
                "spec.containers[0].volumeMounts[0] has volume \"scratch\", whole, read-write at \"/ext/\", but CoCalc's"
                        + " storage needs volume \"ext\", whole, read-only at \"/ext\"; remove that mount, or mount it"
                        + " elsewhere");
    }

    @Test
    void anotherProjectsHomeAtOurPlaceIsAConflict() {
        assertConflict(
                p -> container(p).getVolumeMounts().add(mount("home", "/home/user", "projects/other")),
                "spec.containers[0].volumeMounts[0] has volume \"home\", subPath \"projects/other\", read-write at"
                        + " \"/home/user\", but CoCalc's storage needs volume \"home\", subPath \"" + SUB_PATH
                        + "\", read-write at \"/home/user\"; remove that mount, or mount it elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home", "/home/user/.cache", "/ext/lib", "/", "//ext/./lib", "ext/lib", "/x/../ext/lib"})
    void aMountAboveOrBelowOursIsAConflict(String path) {
        Pod pod = edit(Fixtures.pod(), p -> container(p).getVolumeMounts().add(mount("scratch", path, null)));

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining("has volume \"scratch\", whole, read-write at \"" + path + "\"")
                .hasMessageContaining(
                        "alone; mount it beside; a nested mount hides files and leaves a directory of root behind");
    }

    @Test
    void aVariableOfAnotherValueIsAConflict() {
        assertConflict(
                p -> container(p).getEnv().add(new EnvVar("EXT", "/opt", null)),
                "spec.containers[0].env[0] has EXT = \"/opt\", but CoCalc's storage needs the value \"/ext\"; remove that"
                        + " variable, it is set from the configuration");
    }

    @Test
    void aVariableWithValueFromIsAConflict() {
        assertConflict(
                p -> container(p)
                        .getEnv()
                        .add(new EnvVarBuilder()
                                .withName("EXT")
                                .withNewValueFrom()
                                .withNewFieldRef("v1", "spec.nodeName")
                                .endValueFrom()
                                .build()),
                "spec.containers[0].env[0] has EXT with valueFrom, but CoCalc's storage needs the value \"/ext\"; remove"
                        + " that variable, it is set from the configuration");
    }

    @Test
    void anotherUserInThePodIsAConflict() {
        assertConflict(
                p -> {
                    PodSecurityContext context = new PodSecurityContext();
                    context.setRunAsUser(1000L);
                    p.getSpec().setSecurityContext(context);
                },
                "spec.securityContext.runAsUser has 1000, but CoCalc's storage needs 2001; remove that field");
    }

    @Test
    void aWalkOfAllFilesAtEveryStartIsAConflict() {
        assertConflict(
                p -> {
                    PodSecurityContext context = new PodSecurityContext();
                    context.setFsGroupChangePolicy("Always");
                    p.getSpec().setSecurityContext(context);
                },
                "spec.securityContext.fsGroupChangePolicy has Always, but CoCalc's storage needs OnRootMismatch; remove"
                        + " that field");
    }

    @Test
    void anotherUserInTheContainerIsAConflict() {
        assertConflict(
                p -> container(p)
                        .setSecurityContext(
                                new SecurityContextBuilder().withRunAsUser(0L).build()),
                "spec.containers[0].securityContext.runAsUser has 0, but CoCalc's storage needs 2001; remove that field");
    }

    @Test
    void aForeignInitContainerOnOurVolumeIsAConflictWhateverItSees() {
        for (String subPath : new String[] {"", SUB_PATH}) {
            String seen = subPath.isEmpty() ? "whole" : "subPath \"" + SUB_PATH + "\"";
            assertConflict(
                    p -> p.getSpec()
                            .getInitContainers()
                            .add(new ContainerBuilder()
                                    .withName("setup")
                                    .addToVolumeMounts(mount("home", "/all", subPath))
                                    .build()),
                    "spec.initContainers[0].volumeMounts[0] has volume \"home\", " + seen
                            + ", read-write at \"/all\" in the foreign init container \"setup\", but CoCalc's storage needs"
                            + " no mount of its volumes there; remove that mount; an init container runs before the project,"
                            + " often as root");
        }
    }

    @Test
    void aForeignInitContainerElsewhereIsLeftAlone() {
        Pod pod = edit(
                Fixtures.pod(),
                p -> p.getSpec()
                        .getInitContainers()
                        .add(new ContainerBuilder()
                                .withName("setup")
                                .addToVolumeMounts(mount("scratch", "/home/user", null))
                                .build()));

        assertThat(Fixtures.readOnly().applyTo(pod, "project").getSpec().getInitContainers())
                .isEqualTo(pod.getSpec().getInitContainers());
    }

    @Test
    void aSidecarThatSeesAllHomesIsAConflict() {
        assertConflict(
                p -> p.getSpec()
                        .getContainers()
                        .add(new ContainerBuilder()
                                .withName("sidecar")
                                .addToVolumeMounts(mount("home", "/all", null))
                                .build()),
                "spec.containers[1].volumeMounts[0] has volume \"home\", whole, read-write at \"/all\", but CoCalc's"
                        + " storage needs volume \"home\", subPath \"" + SUB_PATH
                        + "\", read-write at \"/home/user\"; remove that mount; nothing in the pod may see more of the volume");
    }

    @Test
    void anEphemeralContainerThatWritesToReadOnlySoftwareIsAConflict() {
        assertConflict(
                p -> p.getSpec()
                        .getEphemeralContainers()
                        .add(new EphemeralContainerBuilder()
                                .withName("debug")
                                .addToVolumeMounts(mount("ext", "/software", null))
                                .build()),
                "spec.ephemeralContainers[0].volumeMounts[0] has volume \"ext\", whole, read-write at \"/software\", but"
                        + " CoCalc's storage needs volume \"ext\", whole, read-only at \"/ext\"; remove that mount; nothing in"
                        + " the pod may see more of the volume");
    }

    @Test
    void aVolumeDeviceOfOursIsAConflict() {
        assertConflict(
                p -> container(p).getVolumeDevices().add(new VolumeDevice("/dev/sdx", "home")),
                "spec.containers[0].volumeDevices[0] has volume \"home\" as a device, but CoCalc's storage needs it as a"
                        + " file system; remove that device");
    }

    @Test
    void aSidecarMayReadWhatThisPodMayWrite() {
        Pod pod = withContainer(
                Fixtures.pod(),
                new ContainerBuilder()
                        .withName("look")
                        .addToVolumeMounts(new VolumeMountBuilder(mount("home", "/look", SUB_PATH))
                                .withReadOnly(true)
                                .build())
                        .build());

        assertThat(Fixtures.readOnly()
                        .applyTo(pod, "project")
                        .getSpec()
                        .getContainers()
                        .get(1))
                .isEqualTo(pod.getSpec().getContainers().get(1));
    }

    @Test
    void allConflictsAreNamedAtOnce() {
        Pod pod = edit(Fixtures.pod(), p -> {
            p.getSpec().getVolumes().add(claimVolume("all", "projects-data", false));
            container(p).getEnv().add(new EnvVar("EXT", "/opt", null));
        });

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOfSatisfying(
                        StorageConflictException.class,
                        e -> assertThat(e.conflicts())
                                .extracting(Conflict::place)
                                .containsExactly("spec.volumes[0]", "spec.containers[0].env[0]"));
    }

    @Test
    void jupyterPathIsSetPrependedOrLeft() {
        assertThat(jupyterPath(null)).isEqualTo("/ext/jupyter");
        assertThat(jupyterPath("")).isEqualTo("/ext/jupyter");
        assertThat(jupyterPath("/opt/jupyter:/usr/share/jupyter"))
                .isEqualTo("/ext/jupyter:/opt/jupyter:/usr/share/jupyter");
        assertThat(jupyterPath("/opt/jupyter:/ext/jupyter")).isEqualTo("/opt/jupyter:/ext/jupyter");
        assertThat(jupyterPath("/ext/jupyter2")).isEqualTo("/ext/jupyter:/ext/jupyter2");
    }

    @Test
    void aJupyterPathWithValueFromIsAConflict() {
        Pod pod = edit(
                Fixtures.pod(),
                p -> container(p)
                        .getEnv()
                        .add(new EnvVarBuilder()
                                .withName("JUPYTER_PATH")
                                .withNewValueFrom()
                                .withNewFieldRef("v1", "spec.nodeName")
                                .endValueFrom()
                                .build()));

        assertThatThrownBy(() -> withJupyter().applyTo(pod, "project"))
                .hasMessage(
                        "pod project-1 cannot take CoCalc's storage: spec.containers[0].env[0] has JUPYTER_PATH with"
                                + " valueFrom, but CoCalc's storage needs a literal value that starts with \"/ext/jupyter\"; remove"
                                + " that variable, it is set from the configuration");
    }

    private static String jupyterPath(@Nullable String there) {
        Pod pod = there == null
                ? Fixtures.pod()
                : edit(Fixtures.pod(), p -> container(p).getEnv().add(new EnvVar("JUPYTER_PATH", there, null)));
        Pod once = withJupyter().applyTo(pod, "project");
        assertThat(withJupyter().applyTo(once, "project")).isEqualTo(once);
        return container(once).getEnv().stream()
                .filter(variable -> variable.getName().equals("JUPYTER_PATH"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static PodStorage withJupyter() {
        return PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder().jupyterPath(JupyterPath.WITH_SOFTWARE).build()));
    }

    private static void assertConflict(Consumer<Pod> change, String conflict) {
        Pod pod = edit(Fixtures.pod(), change);
        Pod before = new PodBuilder(pod).build();

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod project-1 cannot take CoCalc's storage: " + conflict);
        assertThat(pod).isEqualTo(before);
    }

    private static Pod busyPod() {
        Pod pod = new PodBuilder(Fixtures.pod())
                .editSpec()
                .withNodeName("node-7")
                .withNewSecurityContext()
                .addToSupplementalGroups(100L)
                .endSecurityContext()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addToContainers(
                        0,
                        new ContainerBuilder()
                                .withName("first")
                                .withImage("registry.example/first:2")
                                .build())
                .editContainer(1)
                .addNewEnv()
                .withName("LANG")
                .withValue("C.UTF-8")
                .endEnv()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/scratch")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
        pod.getSpec().setAdditionalProperty("futureField", "kept");
        return pod;
    }

    private static Pod withContainer(Pod pod, Container container) {
        return edit(pod, p -> p.getSpec().getContainers().add(container));
    }

    private static Pod edit(Pod pod, Consumer<Pod> change) {
        change.accept(pod);
        return pod;
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("project"))
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(String volume, String path, @Nullable String subPath) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(subPath)
                .build();
    }

    private static Volume claimVolume(String name, String claim, boolean readOnly) {
        return new VolumeBuilder()
                .withName(name)
                .withNewPersistentVolumeClaim(claim, readOnly)
                .build();
    }
}
