package com.cocalc.storage.testkit.law;

import static com.cocalc.storage.testkit.law.Homes.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PodLawsTest {

    private static final ProjectVolumes READ_ONLY = Homes.VOLUMES;
    private static final ProjectVolumes READ_WRITE =
            ProjectVolumes.forProject(Homes.PROJECT, Homes.GRANT, Homes.REPAIRED);

    /** The whole texts but for the law's sentence and remedy. */
    private static List<String> judge(ProjectVolumes volumes, Consumer<Pod> change) {
        Pod pod = Homes.pod(volumes);
        change.accept(pod);
        return PodLaws.check(pod, volumes).stream()
                .map(violation -> violation.law().id() + " at " + violation.where() + ": found " + violation.found()
                        + ", expected " + violation.expected())
                .toList();
    }

    private static Container project(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static Container init(Pod pod) {
        return pod.getSpec().getInitContainers().get(0);
    }

    private static VolumeMount home(Pod pod) {
        return project(pod).getVolumeMounts().get(0);
    }

    private static VolumeMount software(Pod pod) {
        return project(pod).getVolumeMounts().get(1);
    }

    private static Volume volume(Pod pod, int index) {
        return pod.getSpec().getVolumes().get(index);
    }

    @Test
    void aPodOfTheLibraryObeysAllLaws() {
        StorageConfig odd = StorageConfig.builder()
                .dataClaim("files")
                .sharesClaim("published")
                .projectsSchema("[project_id]")
                .homePath("/data/me")
                .softwarePath("/opt/$(EXT)/$$")
                .jupyterPath(JupyterPath.WITH_SOFTWARE)
                .build();

        assertThat(judge(READ_ONLY, pod -> {})).isEmpty();
        assertThat(judge(READ_WRITE, pod -> {})).isEmpty();
        assertThat(judge(ProjectVolumes.forProject(Homes.PROJECT, Homes.GRANT, odd), pod -> {}))
                .isEmpty();
    }

    @Test
    void anEmptyPodLacksItsHome() {
        assertThat(PodLaws.check(new Pod(), READ_ONLY))
                .first()
                .hasToString(
                        "home-is-mounted at /spec/containers: found no such mount, nor one of any claim, expected \""
                                + HOME
                                + "\" of projects-data at /home/user, read-write; a container has the project's home at homePath"
                                + " and may write to it, and so has every other one that mounts the data claim; mount the data claim there, with the home's"
                                + " sub-path and without readOnly");
    }

    @Test
    void theWholeDataClaimIsCaughtInContainersOfAllKinds() {
        assertThat(judge(READ_ONLY, pod -> init(pod).getVolumeMounts().get(0).setSubPath("")))
                .contains(
                        "data-claim-in-part at /spec/initContainers/0/volumeMounts/0: found the whole of projects-data,"
                                + " expected subPath \"" + HOME + "\"");
        assertThat(judge(
                        READ_ONLY,
                        pod -> pod.getSpec()
                                .getEphemeralContainers()
                                .add(new EphemeralContainerBuilder()
                                        .withName("debug")
                                        .withVolumeMounts(new VolumeMountBuilder()
                                                .withName("home")
                                                .withMountPath("/all")
                                                .build())
                                        .build())))
                .containsExactly("data-claim-in-part at /spec/ephemeralContainers/0/volumeMounts/0: found the whole of"
                        + " projects-data, expected subPath \"" + HOME + "\"");
    }

    @Test
    void theWholeSharesClaimIsCaught() {
        StorageConfig config = StorageConfig.builder().sharesClaim("published").build();
        ProjectVolumes volumes = ProjectVolumes.forProject(Homes.PROJECT, ProjectLicenses.none(), config);

        assertThat(judge(volumes, pod -> {
                    pod.getSpec()
                            .getVolumes()
                            .add(new VolumeBuilder()
                                    .withName("p")
                                    .withNewPersistentVolumeClaim("published", false)
                                    .build());
                    project(pod)
                            .getVolumeMounts()
                            .add(new VolumeMountBuilder()
                                    .withName("p")
                                    .withMountPath("/p")
                                    .build());
                }))
                .containsExactly(
                        "data-claim-in-part at /spec/containers/0/volumeMounts/2: found the whole of published, expected no"
                                + " such mount");
    }

    @Test
    void somebodyElsesHomeIsCaught() {
        assertThat(judge(READ_ONLY, pod -> home(pod).setSubPath("projects/" + Homes.OTHER)))
                .containsExactly("home-is-resolved at /spec/containers/0/volumeMounts/0/subPath: found \"projects/"
                        + Homes.OTHER + "\", expected \"" + HOME + "\"");
    }

    @Test
    void anUncleanSubPathOfTheHomeIsCaughtOnce() {
        assertThat(judge(READ_ONLY, pod -> home(pod).setSubPath(HOME + "/")))
                .containsExactly("sub-path-is-clean at /spec/containers/0/volumeMounts/0/subPath: found \"" + HOME
                        + "/\", expected names joined by single '/'");
    }

    @Test
    void anExpressionIsNoSubPath() {
        assertThat(judge(READ_ONLY, pod -> {
                    home(pod).setSubPath(null);
                    home(pod).setSubPathExpr("projects/$(ID)");
                }))
                .contains("home-is-resolved at /spec/containers/0/volumeMounts/0/subPathExpr: found"
                        + " \"projects/$(ID)\", expected \"" + HOME + "\"");
    }

    @Test
    void aReadOnlyHomeIsNoHome() {
        assertThat(judge(READ_ONLY, pod -> home(pod).setReadOnly(true)))
                .containsExactly("home-is-mounted at /spec/containers/0/volumeMounts/0: found \"" + HOME
                        + "\" of projects-data at /home/user, read-only, expected \"" + HOME
                        + "\" of projects-data at /home/user, read-write");
        assertThat(judge(
                        READ_ONLY,
                        pod -> volume(pod, 0).getPersistentVolumeClaim().setReadOnly(true)))
                .filteredOn(violation -> violation.contains("/containers/"))
                .containsExactly("home-is-mounted at /spec/containers/0/volumeMounts/0: found \"" + HOME
                        + "\" of projects-data at /home/user, read-only, expected \"" + HOME
                        + "\" of projects-data at /home/user, read-write");
    }

    @Test
    void aHomeAtAnotherPlaceIsNamedWhereItsOwnIsMissing() {
        assertThat(judge(READ_ONLY, pod -> home(pod).setMountPath("/root")))
                .contains("home-is-mounted at /spec/containers/0: found no such mount; mounted are \"" + HOME
                        + "\" of projects-data at /root, read-write; the whole of projects-software at /ext, read-only,"
                        + " expected \"" + HOME + "\" of projects-data at /home/user, read-write");
    }

    @Test
    void aRightContainerDoesNotExcuseAWrongOne() {
        Pod pod = Homes.pod(READ_ONLY);
        Container sidecar =
                new ContainerBuilder(project(pod)).withName("sidecar").build();
        sidecar.getVolumeMounts().get(0).setMountPath("/root");
        pod.getSpec().getContainers().add(sidecar);

        assertThat(PodLaws.check(pod, READ_ONLY))
                .extracting(Violation::law, Violation::where)
                .containsExactly(tuple(PodLaws.HOME_IS_MOUNTED, "/spec/containers/1"));
    }

    @Test
    void aSecondVolumeOfAClaimIsCaught() {
        assertThat(judge(READ_ONLY, pod -> {
                    pod.getSpec()
                            .getVolumes()
                            .add(new VolumeBuilder()
                                    .withName("again")
                                    .withNewPersistentVolumeClaim("projects-software", false)
                                    .build());
                    software(pod).setName("again");
                }))
                .containsExactly(
                        "volume-is-used at /spec/volumes/1: found volume \"ext\" without a mount, expected a mount, or no"
                                + " volume",
                        "claim-has-one-volume at /spec/volumes/2: found volume \"again\" of claim projects-software,"
                                + " expected volume \"ext\" alone");
    }

    @Test
    void aMissingMountIsOneFaultThoughItsVolumeIsThere() {
        assertThat(judge(READ_ONLY, pod -> project(pod).getVolumeMounts().remove(0)))
                .hasSize(1)
                .allMatch(violation -> violation.startsWith("home-is-mounted at "));
        assertThat(judge(READ_ONLY, pod -> project(pod).getVolumeMounts().remove(1)))
                .noneMatch(violation -> violation.startsWith("volume-is-used"))
                .anyMatch(violation -> violation.startsWith("software-is-mounted at "));
    }

    @Test
    void aMountWithoutAVolumeIsCaught() {
        assertThat(judge(
                        READ_ONLY,
                        pod -> project(pod)
                                .getVolumeMounts()
                                .add(new VolumeMountBuilder()
                                        .withName("gone")
                                        .withMountPath("/gone")
                                        .build())))
                .containsExactly(
                        "mount-names-a-volume at /spec/containers/0/volumeMounts/2/name: found \"gone\", expected one of"
                                + " [home, ext]");
    }

    @Test
    void aPathThatMeansThePlaceOfAnotherMountIsCaught() {
        assertThat(judge(
                        READ_ONLY,
                        pod -> project(pod)
                                .getVolumeMounts()
                                .add(new VolumeMountBuilder()
                                        .withName("ext")
                                        .withReadOnly(true)
                                        .withMountPath("/home/./x/../user/")
                                        .build())))
                .containsExactly("mount-paths-differ at /spec/containers/0/volumeMounts/2/mountPath: found"
                        + " \"/home/./x/../user/\", the place of /spec/containers/0/volumeMounts/0, expected a place of"
                        + " its own");
    }

    @Test
    void softwareThatIsWritableWithoutAGrantIsCaught() {
        assertThat(judge(READ_ONLY, pod -> {
                    volume(pod, 1).getPersistentVolumeClaim().setReadOnly(false);
                    software(pod).setReadOnly(false);
                }))
                .containsExactly("software-follows-the-decision at /spec/containers/0/volumeMounts/1/readOnly: found"
                        + " read-write, expected read-only");
    }

    @Test
    void softwareThatIsReadOnlyWithAGrantIsCaughtWhicheverFlagSaysSo() {
        String expected =
                "software-follows-the-decision at /spec/containers/0/volumeMounts/1/readOnly: found read-only,"
                        + " expected read-write";

        assertThat(judge(READ_WRITE, pod -> software(pod).setReadOnly(true))).containsExactly(expected);
        assertThat(judge(
                        READ_WRITE,
                        pod -> volume(pod, 1).getPersistentVolumeClaim().setReadOnly(true)))
                .containsExactly(expected);
    }

    @Test
    void aGrantDoesNotForbidASecondReadOnlySight() {
        assertThat(judge(
                        READ_WRITE,
                        pod -> project(pod)
                                .getVolumeMounts()
                                .add(new VolumeMountBuilder()
                                        .withName("ext")
                                        .withReadOnly(true)
                                        .withMountPath("/mnt")
                                        .build())))
                .isEmpty();
    }

    @Test
    void aHomeWithoutSoftwareIsCaught() {
        assertThat(judge(READ_ONLY, pod -> {
                    project(pod).getVolumeMounts().remove(1);
                    pod.getSpec().getVolumes().remove(1);
                }))
                .containsExactly(
                        "software-is-mounted at /spec/containers/0/volumeMounts: found no such mount; mounted are \""
                                + HOME
                                + "\" of projects-data at /home/user, read-write, expected the whole of"
                                + " projects-software at /ext");
    }

    @Test
    void aVariableThatIsMissingOrWrongIsCaught() {
        assertThat(judge(READ_ONLY, pod -> project(pod).getEnv().clear()))
                .containsExactly("ext-names-the-mount at /spec/containers/0/env: found no EXT, expected \"/ext\"");
        assertThat(judge(READ_ONLY, pod -> project(pod).getEnv().get(0).setValue("/ext/")))
                .containsExactly("ext-names-the-mount at /spec/containers/0/env/0: found \"/ext/\", expected \"/ext\"");
        assertThat(judge(READ_ONLY, pod -> project(pod).getEnv().get(0).setValue("$(E)")))
                .containsExactly("ext-names-the-mount at /spec/containers/0/env/0: found \"$(E)\", expected \"/ext\"");
        assertThat(judge(
                        READ_ONLY,
                        pod -> project(pod)
                                .setEnv(List.of(new EnvVarBuilder()
                                        .withName("EXT")
                                        .withNewValueFrom()
                                        .withNewFieldRef("v1", "metadata.name")
                                        .endValueFrom()
                                        .build()))))
                .containsExactly(
                        "ext-names-the-mount at /spec/containers/0/env/0: found a value from elsewhere, expected \"/ext\"");
    }

    @Test
    void anInitContainerThatSeesMoreThanItsHomeIsCaught() {
        assertThat(judge(
                        READ_ONLY,
                        pod -> init(pod)
                                .getVolumeMounts()
                                .add(new VolumeMountBuilder()
                                        .withName("ext")
                                        .withReadOnly(true)
                                        .withMountPath("/mnt")
                                        .build())))
                .containsExactly("init-sees-its-home-alone at /spec/initContainers/0/volumeMounts/1: found volume"
                        + " \"ext\" at /mnt, expected the home alone");
    }

    @Test
    void aSidecarAmongTheInitContainersIsJudgedAsOneBesideTheProject() {
        assertThat(judge(READ_ONLY, pod -> {
                    Container sidecar = new ContainerBuilder()
                            .withName("sync")
                            .withRestartPolicy("Always")
                            .withCommand("sh", "-c", "sync")
                            .withVolumeMounts(project(pod).getVolumeMounts())
                            .withEnv(project(pod).getEnv())
                            .build();
                    pod.getSpec().getInitContainers().add(sidecar);
                }))
                .isEmpty();
    }

    @Test
    void aShellIsCaughtHoweverItIsStarted() {
        String expected = "init-runs-no-shell at /spec/initContainers/0/command: found ";

        assertThat(judge(READ_ONLY, pod -> init(pod).setCommand(List.of("/bin/sh", "-c", "chown -R 2001 /home/user"))))
                .containsExactly(expected + "\"/bin/sh\", expected a program and its arguments");
        assertThat(judge(READ_ONLY, pod -> init(pod).setArgs(List.of("-exec", "bash", "-c", "…", ";"))))
                .containsExactly(expected + "\"bash\", expected a program and its arguments");
        assertThat(judge(READ_ONLY, pod -> init(pod).setCommand(null)))
                .containsExactly(
                        expected + "no command, so whatever the image starts, expected a program and its arguments");
    }

    @Test
    void anotherUserIsCaughtWhereverItIsSaid() {
        assertThat(judge(READ_ONLY, pod -> pod.getSpec().getSecurityContext().setRunAsUser(null)))
                .containsExactly(
                        "runs-as-the-project at /spec/securityContext/runAsUser: found nothing, expected 2001");
        assertThat(judge(
                        READ_ONLY,
                        pod -> project(pod)
                                .setSecurityContext(new SecurityContextBuilder()
                                        .withRunAsUser(0L)
                                        .withRunAsGroup(7L)
                                        .build())))
                .containsExactly(
                        "runs-as-the-project at /spec/containers/0/securityContext/runAsUser: found 0, expected 2001",
                        "runs-as-the-project at /spec/containers/0/securityContext/runAsGroup: found 7, expected 2001");
        assertThat(judge(READ_ONLY, pod -> {
                    pod.getSpec().getSecurityContext().setFsGroup(100L);
                    pod.getSpec().getSecurityContext().setFsGroupChangePolicy("Always");
                }))
                .containsExactly(
                        "runs-as-the-project at /spec/securityContext/fsGroup: found 100, expected 2001",
                        "runs-as-the-project at /spec/securityContext/fsGroupChangePolicy: found \"Always\", expected"
                                + " \"OnRootMismatch\"");
    }
}
