package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StorageDiffTest {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final ProjectLicenses GRANT = Licenses.of(
            Licenses.license(Licenses.A, "active", LicenseQuota.builder().extRw()));
    private static final ProjectLicenses EXPIRED = Licenses.of(
            Licenses.license(Licenses.A, "expired", LicenseQuota.builder().extRw()));

    @Test
    void thePodOfTheSameStorageDiffersInNothing() {
        StorageDiff diff = StorageDiff.between(running(ProjectLicenses.none()), desired(ProjectLicenses.none()));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff).hasToString("the next start changes nothing about the storage");
    }

    @Test
    void aNewLicenceGrantsWritingAtTheNextStart() {
        StorageDiff diff = StorageDiff.between(running(ProjectLicenses.none()), desired(GRANT));

        assertThat(diff).hasToString("""
                /spec/volumes/1: volume "ext" on claim "projects-software", read-only becomes volume "ext" on claim\
                 "projects-software"; changes nothing that a program could notice
                /spec/containers/0/volumeMounts/1: the whole of claim "projects-software" at "/ext", read-only becomes the\
                 whole of claim "projects-software" at "/ext", read-write; write access is gained at the next start,\
                 because writing is granted by licence %s""".formatted(Licenses.A));
        assertThat(diff.differences().get(1).licenses()).hasToString("[licence " + Licenses.A + "]");
        assertThat(diff.differences()).extracting(Difference::aspect).containsExactly(Aspect.VOLUME, Aspect.ACCESS);
    }

    @Test
    void anExpiredLicenceTakesWritingAwayAtTheNextStart() {
        StorageDiff diff = StorageDiff.between(running(GRANT), desired(EXPIRED));

        assertThat(diff.differences().get(1).impact()).isEqualTo(Impact.WRITE_ACCESS_LOST);
        assertThat(diff.differences().get(1).because())
                .startsWith("no licence grants writing: licence " + Licenses.A + " does not count, it has expired");
    }

    @Test
    void writingThatAPatchGaveIsLostWithoutALicence() {
        StorageDiff diff = StorageDiff.between(running(GRANT), desired(ProjectLicenses.none()));

        assertThat(diff.differences().get(1).toString())
                .endsWith("write access is lost at the next start, because the project has no licence");
    }

    @Test
    void anotherDirectoryOrClaimMovesTheHome() {
        StorageConfig elsewhere = StorageConfig.builder()
                .dataClaim("new-data")
                .projectsSchema("tenants/[project_id]")
                .build();

        StorageDiff diff = StorageDiff.between(
                running(ProjectLicenses.none()),
                PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), elsewhere)));

        assertThat(diff).hasToString("""
                /spec/volumes/0: volume "home" on claim "projects-data" becomes volume "home" on claim "new-data"; changes\
                 nothing that a program could notice
                /spec/containers/0/volumeMounts/0: "projects/%1$s" of claim "projects-data" at "/home/user", read-write\
                 becomes "tenants/%1$s" of claim "new-data" at "/home/user", read-write; the home moves: its files stay\
                 where they are and are no longer seen""".formatted(PROJECT));
    }

    @Test
    void anotherPlaceOfTheSoftwareIsSeenInMountsAndVariables() {
        StorageConfig elsewhere = StorageConfig.builder()
                .softwarePath("/software")
                .jupyterPath(JupyterPath.WITH_SOFTWARE)
                .build();

        StorageDiff diff = StorageDiff.between(
                running(ProjectLicenses.none()),
                PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), elsewhere)));

        assertThat(diff.differences())
                .extracting(d ->
                        d.running() + " -> " + d.desired() + ": " + d.impact().name())
                .containsExactly(
                        "nothing at \"/software\" -> the whole of claim \"projects-software\" at \"/software\", read-only:"
                                + " FILES_APPEAR",
                        "the whole of claim \"projects-software\" at \"/ext\", read-only -> nothing: FILES_DISAPPEAR",
                        "EXT = \"/ext\" -> EXT = \"/software\": PROGRAMS_LOOK_ELSEWHERE",
                        "JUPYTER_PATH is absent -> JUPYTER_PATH = \"/software/jupyter\": PROGRAMS_LOOK_ELSEWHERE");
    }

    @Test
    void aListThatHasOurKernelsIsNoDifference() {
        StorageConfig config =
                StorageConfig.builder().jupyterPath(JupyterPath.WITH_SOFTWARE).build();
        Pod pod = running(ProjectLicenses.none());
        container(pod).getEnv().add(new EnvVar("JUPYTER_PATH", "/opt:/ext/jupyter", null));

        assertThat(StorageDiff.between(
                                pod, PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anotherUserChangesTheOwnerOfFiles() {
        StorageConfig config =
                StorageConfig.builder().identity(PosixIdentity.of(3001, 3002)).build();

        StorageDiff diff = StorageDiff.between(
                running(ProjectLicenses.none()),
                PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config)));

        assertThat(diff.differences())
                .extracting(
                        d -> d.pointer() + " " + d.desired() + " " + d.impact().name())
                .containsExactly(
                        "/spec/securityContext/runAsUser \"3001\" OWNER_CHANGES",
                        "/spec/securityContext/runAsGroup \"3002\" OWNER_CHANGES",
                        "/spec/securityContext/fsGroup \"3002\" OWNER_CHANGES");
    }

    @Test
    void aContainersOwnUserBeatsThatOfThePod() {
        Pod pod = running(ProjectLicenses.none());
        container(pod).setSecurityContext(Manifests.read("{ runAsUser: 0 }", SecurityContext.class));

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())))
                .hasToString("/spec/containers/0/securityContext/runAsUser: runAsUser \"0\" becomes \"2001\"; new files"
                        + " belong to somebody else, and those that are there may be refused");
    }

    @Test
    void aRepairOfTheHomeChangesOnlyTheStart() {
        StorageConfig config = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        PodStorage desired = PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config));

        assertThat(StorageDiff.between(running(ProjectLicenses.none()), desired))
                .hasToString(
                        "/spec/initContainers: no init container \"fix-permissions\" becomes one that hands the home"
                                + " to the project's user; only how the pod starts changes");
        Pod repaired = desired.applyTo(bare(), "project");
        assertThat(StorageDiff.between(repaired, desired).isEmpty()).isTrue();
        repaired.getSpec().getInitContainers().get(0).setCommand(List.of("true"));
        assertThat(StorageDiff.between(repaired, desired))
                .hasToString(
                        "/spec/initContainers/0: container \"fix-permissions\" with other arguments becomes the usual"
                                + " ones; only how the pod starts changes");
    }

    @Test
    void otherWordsForTheSameAreNoDifference() {
        Pod pod = running(ProjectLicenses.none());
        container(pod).getVolumeMounts().get(0).setReadOnly(false);
        container(pod).getVolumeMounts().get(0).setMountPath("/home//user/");
        pod.getSpec().getVolumes().get(0).getPersistentVolumeClaim().setReadOnly(false);

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).isEmpty())
                .isTrue();
    }

    @Test
    void otherNamesOfVolumesAndVariablesOfTheSamePathAreNoDifference() {
        Pod pod = running(ProjectLicenses.none());
        pod.getSpec().getVolumes().forEach(volume -> volume.setName("v-" + volume.getName()));
        container(pod).getVolumeMounts().forEach(mount -> mount.setName("v-" + mount.getName()));
        container(pod).getEnv().forEach(variable -> variable.setValue(variable.getValue() + "/"));

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).isEmpty())
                .isTrue();

        pod.getSpec().getVolumes().get(0).getPersistentVolumeClaim().setReadOnly(true);
        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).differences())
                .extracting(Difference::aspect)
                .containsExactly(Aspect.VOLUME, Aspect.ACCESS);
    }

    @Test
    void volumesThatHaveEachOthersNamesAreNoDifference() {
        Pod pod = running(ProjectLicenses.none());
        List<Volume> volumes = pod.getSpec().getVolumes();
        volumes.get(0).setName("ext");
        volumes.get(1).setName("home");
        container(pod).getVolumeMounts().get(0).setName("ext");
        container(pod).getVolumeMounts().get(1).setName("home");

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).isEmpty())
                .isTrue();
    }

    @Test
    void aSecondVariableOfTheSameNameIsTheOneThatCounts() {
        Pod pod = running(ProjectLicenses.none());
        container(pod).getEnv().add(Manifests.read("{ name: EXT, value: /x }", EnvVar.class));

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())))
                .hasToString("/spec/containers/0/env/1: EXT = \"/x\" becomes EXT = \"/ext\"; programs that follow the"
                        + " variable look elsewhere");
    }

    @Test
    void whatHidesTheHomeIsTheOnlyDifferenceBesideVolumesThatAreNotOurs() {
        Pod pod = running(ProjectLicenses.none());
        pod.getSpec().getVolumes().add(Manifests.read("{ name: tmp, emptyDir: {} }", Volume.class));
        pod.getSpec().getVolumes().add(Manifests.read("{ name: token, projected: { sources: [] } }", Volume.class));
        container(pod)
                .getVolumeMounts()
                .addAll(List.of(
                        Manifests.read("{ name: tmp, mountPath: /home/user }", VolumeMount.class),
                        Manifests.read("{ name: token, mountPath: /var/run/secrets/x }", VolumeMount.class)));

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).differences())
                .extracting(difference -> difference.pointer() + " " + difference.impact())
                .containsExactly("/spec/containers/0/volumeMounts/2 " + Impact.HOME_MOVES);
    }

    @Test
    void flagsThatLeaveTheAccessAsItIsChangeNothing() {
        Pod pod = running(ProjectLicenses.none());
        container(pod).getVolumeMounts().get(1).setReadOnly(null);

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())))
                .hasToString(
                        "/spec/containers/0/volumeMounts/1: readOnly false on the mount becomes readOnly true; changes"
                                + " nothing that a program could notice");
    }

    @Test
    void aSecondContainerThatMayWriteLosesThatToo() {
        Pod pod = running(GRANT);
        Container sidecar = Manifests.read("name: sidecar", Container.class);
        sidecar.setVolumeMounts(List.of(Manifests.read("{ name: ext, mountPath: /x }", VolumeMount.class)));
        pod.getSpec().getContainers().add(0, sidecar);

        assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).differences())
                .filteredOn(difference -> difference.impact() == Impact.WRITE_ACCESS_LOST)
                .extracting(Difference::pointer)
                .containsExactly("/spec/containers/1/volumeMounts/1", "/spec/containers/0/volumeMounts/0");
    }

    @Test
    void aContainerOfAnyKindThatSeesMoreThanItMayLosesThat() {
        for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
            Pod pod = withOther(running(ProjectLicenses.none()), kind, "{ name: home, mountPath: /all }");

            assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).differences())
                    .extracting(difference -> difference.pointer() + " " + difference.impact())
                    .containsExactly("/spec/" + kind + "/" + (kind.equals("containers") ? 1 : 0) + "/volumeMounts/0 "
                            + Impact.FILES_DISAPPEAR);
        }
    }

    @Test
    void aContainerOfAnyKindThatSeesTheSameIsNoDifference() {
        for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
            Pod pod = withOther(
                    running(ProjectLicenses.none()),
                    kind,
                    "{ name: home, mountPath: /x, subPath: projects/" + PROJECT + " }");

            assertThat(StorageDiff.between(pod, desired(ProjectLicenses.none())).isEmpty())
                    .isTrue();
        }
    }

    @Test
    void whatAPatchGivesAContainerOfAnotherKindIsADifference() {
        String sidecar = """
                [{"op":"add","path":"/spec/initContainers","value":[{"name":"s","image":"x","restartPolicy":"Always",
                  "volumeMounts":[{"name":"home","mountPath":"/all"}]}]},
                 {"op":"add","path":"/spec/containers/-","value":{"name":"t","image":"x",
                  "volumeMounts":[{"name":"ext","mountPath":"/x","readOnly":true}]}}]""";

        assertThat(StorageDiff.between(running(ProjectLicenses.none()), desired(patch(sidecar)))
                        .differences())
                .extracting(
                        difference -> difference.pointer() + " " + difference.impact() + ": " + difference.because())
                .containsExactly(
                        "/spec/initContainers/0/volumeMounts files appear that were not seen: operation 0 (add"
                                + " \"/spec/initContainers\") of the patch of licence " + Licenses.B + " does it",
                        "/spec/containers/1/volumeMounts files appear that were not seen: operation 1 (add"
                                + " \"/spec/containers/-\") of the patch of licence " + Licenses.B + " does it");
    }

    @Test
    void theContainersOfTheNextPodAreComparedByKindAndName() {
        Pod running = withOther(
                running(ProjectLicenses.none()), "containers", "{ name: ext, mountPath: /x, readOnly: true }");
        Pod next = withOther(
                running(ProjectLicenses.none()), "containers", "{ name: ext, mountPath: /y, readOnly: true }");

        assertThat(StorageDiff.between(running, next, "project", desired(ProjectLicenses.none()))
                        .differences())
                .extracting(difference -> difference.pointer() + " " + difference.impact())
                .containsExactly(
                        "/spec/containers/1/volumeMounts files appear that were not seen",
                        "/spec/containers/1/volumeMounts/0 files are no longer seen; they stay where they are");
        assertThat(StorageDiff.between(
                                running, running(ProjectLicenses.none()), "project", desired(ProjectLicenses.none()))
                        .differences())
                .extracting(Difference::impact)
                .containsExactly(Impact.FILES_DISAPPEAR);
    }

    @Test
    void aDebuggingContainerGoesAwayWithThePodAndLosesOnlyWhatTheNextPodDoesNotGrant() {
        String same = "{ name: home, mountPath: /x, subPath: projects/" + PROJECT + " }";
        String software = "{ name: ext, mountPath: /x }";
        String reading = "{ name: ext, mountPath: /x, readOnly: true }";
        String all = "{ name: home, mountPath: /all }";
        String foreign = "{ name: scratch, mountPath: /all }";

        assertThat(ofDebugging(same)).isEmpty();
        assertThat(ofDebugging(reading)).isEmpty();
        assertThat(ofDebugging(foreign)).isEmpty();
        assertThat(ofDebugging(software)).containsExactly(Impact.WRITE_ACCESS_LOST);
        assertThat(ofDebugging(all)).containsExactly(Impact.FILES_DISAPPEAR);
    }

    /** What an ephemeral container loses when the pod that mounts the software read-write becomes one that reads it. */
    private static List<Impact> ofDebugging(String mount) {
        Pod running = withOther(running(GRANT), "ephemeralContainers", mount);
        return StorageDiff.between(running, running(ProjectLicenses.none()), "project", desired(ProjectLicenses.none()))
                .differences()
                .stream()
                .filter(difference -> difference.pointer().startsWith("/spec/ephemeralContainers/0/volumeMounts/0"))
                .map(Difference::impact)
                .toList();
    }

    private static Pod withOther(Pod pod, String kind, String mount) {
        PodSpec spec =
                Manifests.read(kind + ": [{ name: other, image: x, volumeMounts: [" + mount + "] }]", PodSpec.class);
        pod.getSpec().getContainers().addAll(spec.getContainers());
        pod.getSpec().getInitContainers().addAll(spec.getInitContainers());
        pod.getSpec().getEphemeralContainers().addAll(spec.getEphemeralContainers());
        return pod;
    }

    @Test
    void theContainerCanBeNamed() {
        Pod pod = running(ProjectLicenses.none());
        pod.getSpec().getContainers().add(Manifests.read("name: sidecar", Container.class));

        assertThat(StorageDiff.between(pod, "project", desired(ProjectLicenses.none()))
                        .isEmpty())
                .isTrue();
        assertThat(StorageDiff.between(pod, "sidecar", desired(ProjectLicenses.none()))
                        .differences())
                .extracting(Difference::impact)
                .containsExactly(Impact.FILES_APPEAR, Impact.FILES_APPEAR, Impact.PROGRAMS_LOOK_ELSEWHERE);
        assertThatThrownBy(() -> StorageDiff.between(pod, "nobody", desired(ProjectLicenses.none())))
                .hasMessage(
                        "containerName must name a container of the running pod, but was \"nobody\"; it has container"
                                + " \"project\", container \"sidecar\"");
    }

    @Test
    void aServiceIsComparedWithoutLicences() {
        PodStorage desired = PodStorage.of(ServiceVolumes.forService(StorageService.HUB_NEXT));
        Pod pod = desired.applyTo(bare(), "project");

        assertThat(StorageDiff.between(pod, desired).isEmpty()).isTrue();
        container(pod).getVolumeMounts().get(0).setReadOnly(null);
        assertThat(StorageDiff.between(pod, desired).differences())
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.impact()).isEqualTo(Impact.WRITE_ACCESS_LOST);
                    assertThat(difference.because()).isEmpty();
                });
    }

    @Test
    void anEmptyPodGetsEverything() {
        assertThat(StorageDiff.between(new Pod(), desired(ProjectLicenses.none()))
                        .differences())
                .extracting(Difference::aspect)
                .containsExactly(
                        Aspect.VOLUME,
                        Aspect.VOLUME,
                        Aspect.MOUNT,
                        Aspect.MOUNT,
                        Aspect.ENVIRONMENT,
                        Aspect.IDENTITY,
                        Aspect.IDENTITY,
                        Aspect.IDENTITY,
                        Aspect.IDENTITY);
    }

    private static final String WRITE = """
            [{"op":"replace","path":"/spec/volumes/1/persistentVolumeClaim/readOnly","value":false},
             {"op":"replace","path":"/spec/containers/0/volumeMounts/1/readOnly","value":false}]""";

    private static ProjectLicenses patch(String patch) {
        return Licenses.of(Licenses.patch(Licenses.B, patch));
    }

    @Test
    void aPatchThatGivesWritingIsADifferenceThatNamesItsLicenceAndOperation() {
        StorageDiff diff = StorageDiff.between(running(ProjectLicenses.none()), desired(patch(WRITE)));

        assertThat(diff).hasToString("""
                /spec/volumes/1: volume "ext" on claim "projects-software", read-only becomes volume "ext" on claim\
                 "projects-software"; changes nothing that a program could notice, because operation 0 (replace\
                 "/spec/volumes/1/persistentVolumeClaim/readOnly") of the patch of licence %1$s does it
                /spec/containers/0/volumeMounts/1: the whole of claim "projects-software" at "/ext", read-only becomes the\
                 whole of claim "projects-software" at "/ext", read-write; write access is gained at the next start,\
                 because operation 1 (replace "/spec/containers/0/volumeMounts/1/readOnly") of the patch of licence %1$s\
                 does it""".formatted(Licenses.B));
        assertThat(diff.differences().get(1).licenses()).hasToString("[licence " + Licenses.B + "]");
    }

    @Test
    void aPodThatWasPatchedAlikeBeforeDiffersInNothing() {
        Pod patched = PodPatches.of(patch(WRITE)).applyTo(running(ProjectLicenses.none()));

        assertThat(StorageDiff.between(patched, desired(patch(WRITE))).isEmpty())
                .isTrue();
        assertThat(StorageDiff.between(patched, desired(ProjectLicenses.none())).differences())
                .extracting(Difference::impact)
                .contains(Impact.WRITE_ACCESS_LOST);
    }

    @Test
    void aPatchThatLeavesTheStorageAloneIsNoDifference() {
        String gpu = """
                [{"op":"add","path":"/spec/containers/0/resources","value":{"limits":{"nvidia.com/gpu":"1"}}},
                 {"op":"add","path":"/spec/volumes/0","value":{"name":"shm","emptyDir":{"medium":"Memory"}}},
                 {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"shm","mountPath":"/dev/shm"}}]""";

        assertThat(StorageDiff.between(running(ProjectLicenses.none()), desired(patch(gpu)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPatchThatMountsAnotherProjectOrMovesTheHomeIsADifference() {
        String other = """
                [{"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"home","mountPath":"/other",
                  "subPath":"projects/0a1b2c3d-0000-4000-8000-000000000001"}},
                 {"op":"replace","path":"/spec/containers/0/volumeMounts/0/subPath","value":"projects"},
                 {"op":"add","path":"/spec/securityContext/runAsUser","value":0}]""";

        assertThat(StorageDiff.between(running(ProjectLicenses.none()), desired(patch(other)))
                        .differences())
                .extracting(d -> d.aspect() + " " + d.impact().name() + " " + d.licenses())
                .containsExactly(
                        "MOUNT HOME_MOVES [licence " + Licenses.B + "]",
                        "MOUNT FILES_APPEAR [licence " + Licenses.B + "]",
                        "IDENTITY OWNER_CHANGES [licence " + Licenses.B + "]");
    }

    @Test
    void aPatchThatCannotBeAppliedIsToldBesideTheOtherDifferences() {
        String broken = "[{\"op\":\"replace\",\"path\":\"/spec/containers/7/image\",\"value\":\"x\"}]";

        StorageDiff diff = StorageDiff.between(running(GRANT), desired(patch(broken)));

        assertThat(diff.differences())
                .extracting(Difference::impact)
                .containsExactly(Impact.NOTHING, Impact.WRITE_ACCESS_LOST, Impact.START_MAY_FAIL);
        assertThat(diff.differences().get(2).toString())
                .startsWith("/: this pod becomes one with the patches of its licences; the next start fails, if this"
                        + " holds for the pod that it submits too, because operation 0 (replace"
                        + " \"/spec/containers/7/image\") of the patch of licence " + Licenses.B
                        + " cannot be applied: ");
    }

    @Test
    void aPatchOfALicenceThatDoesNotCountIsNotThere() {
        ProjectLicenses expired = Licenses.of(
                Licenses.license(Licenses.B, "expired", LicenseQuota.builder().patch(WRITE)));

        assertThat(StorageDiff.between(running(ProjectLicenses.none()), desired(expired))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPodWithoutContainersGetsEverythingWithItsPatches() {
        assertThat(StorageDiff.between(new Pod(), desired(patch(WRITE))).differences())
                .extracting(Difference::aspect)
                .contains(Aspect.VOLUME, Aspect.MOUNT, Aspect.ENVIRONMENT, Aspect.IDENTITY)
                .doesNotContain(Aspect.PATCH);
    }

    @Test
    void aRepairThatIsNoLongerAskedForIsGone() {
        StorageConfig config = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        Pod repaired = PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config))
                .applyTo(bare(), "project");

        assertThat(StorageDiff.between(repaired, desired(ProjectLicenses.none())))
                .hasToString("/spec/initContainers/0: init container \"fix-permissions\" becomes none; only how the pod"
                        + " starts changes");
        assertThat(StorageDiff.between(repaired, desired(patch("[]"))))
                .hasToString(StorageDiff.between(repaired, desired(ProjectLicenses.none()))
                        .toString());
    }

    @Test
    void aRepairOfAnotherDirectoryOrWithOtherPowersIsADifference() {
        String powers = "/spec/initContainers/0/securityContext only how the pod starts changes";

        assertThat(ofRepair(repair -> {})).isEmpty();
        assertThat(ofRepair(repair -> mount(repair).setMountPath("/home//user/")))
                .isEmpty();
        assertThat(ofRepair(repair -> mount(repair).setSubPath("projects/other")))
                .containsExactly("/spec/initContainers/0/volumeMounts/0 other files are seen there");
        assertThat(ofRepair(repair -> mount(repair).setSubPath(null)))
                .containsExactly("/spec/initContainers/0/volumeMounts/0 other files are seen there");
        assertThat(ofRepair(repair -> mount(repair).setReadOnly(true)))
                .containsExactly("/spec/initContainers/0/volumeMounts/0 write access is gained at the next start");
        assertThat(ofRepair(repair -> repair.setSecurityContext(null))).containsExactly(powers);
        assertThat(ofRepair(repair -> repair.getSecurityContext().setRunAsUser(2001L)))
                .containsExactly(powers);
        assertThat(ofRepair(repair -> Collections.reverse(
                        repair.getSecurityContext().getCapabilities().getAdd())))
                .isEmpty();
        assertThat(ofRepair(
                        repair -> repair.getSecurityContext().getCapabilities().setAdd(Arrays.asList("CHOWN", null))))
                .containsExactly(powers);
    }

    private static List<String> ofRepair(Consumer<Container> change) {
        PodStorage storage = PodStorage.of(ProjectVolumes.forProject(
                PROJECT,
                ProjectLicenses.none(),
                StorageConfig.builder()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build()));
        Pod running = storage.applyTo(bare(), "project");
        change.accept(running.getSpec().getInitContainers().get(0));
        return StorageDiff.between(running, storage).differences().stream()
                .map(difference -> difference.pointer() + " " + difference.impact())
                .toList();
    }

    private static VolumeMount mount(Container container) {
        return container.getVolumeMounts().get(0);
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static PodStorage desired(ProjectLicenses licenses) {
        return PodStorage.of(ProjectVolumes.forProject(PROJECT, licenses));
    }

    private static Pod running(ProjectLicenses licenses) {
        return desired(licenses).applyTo(bare(), "project");
    }

    private static Pod bare() {
        return Manifests.pod("""
                metadata: { name: project-1 }
                spec:
                  containers: [{ name: project, image: "registry.example/project:1" }]
                """);
    }
}
