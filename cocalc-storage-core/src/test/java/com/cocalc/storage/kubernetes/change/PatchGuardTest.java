package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PatchGuardTest {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final String EXT_WRITABLE = """
            [{"op":"add","path":"/metadata/labels/x","value":"1"},
             {"op":"replace","path":"/spec/volumes/1/persistentVolumeClaim/readOnly","value":false},
             {"op":"replace","path":"/spec/containers/0/volumeMounts/1/readOnly","value":false}]""";
    private static final String OTHER_HOME = """
            [{"op":"add","path":"/spec/containers/0/volumeMounts/0","value":
              {"name":"home","mountPath":"/other","subPath":"projects/00000000-0000-4000-8000-000000000000"}}]""";
    private static final String LABEL = "[{\"op\":\"add\",\"path\":\"/metadata/labels/gpu\",\"value\":\"1\"}]";

    @Test
    void aPatchThatMakesTheSoftwareWritableIsReportedWithItsLicence() {
        PatchedPod patched = report(Licenses.patch(Licenses.A, LABEL), Licenses.patch(Licenses.B, EXT_WRITABLE));

        assertThat(patched.pod()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts()
                        .get(1)
                        .getReadOnly())
                .isFalse();
        assertThat(errors(patched)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.operation().license()).hasToString("licence " + Licenses.B);
            assertThat(finding.operation().index()).isEqualTo(2);
        });
        assertThat(errors(patched).get(0).toString())
                .startsWith(
                        "operation 2 (replace \"/spec/containers/0/volumeMounts/1/readOnly\") of the patch of licence "
                                + Licenses.B + " causes ERROR ")
                .contains("/ext");
    }

    @Test
    void aPatchThatMountsAnotherProjectIsReportedWithItsLicence() {
        PatchedPod patched = report(Licenses.patch(Licenses.A, OTHER_HOME), Licenses.patch(Licenses.B, LABEL));

        assertThat(errors(patched))
                .extracting(finding -> finding.finding().rule().code())
                .contains("other-project");
        assertThat(errors(patched))
                .extracting(finding -> finding.operation().license().toString())
                .containsOnly("licence " + Licenses.A);
    }

    @Test
    void aPatchThatMovesTheHomeToANewContainerTakesItFromTheProject() {
        String sidecar =
                "{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"log\",\"image\":\"x\",\"volumeMounts\":[]}}";

        assertThat(errors(report(Licenses.patch(
                        Licenses.A,
                        "[" + sidecar + ",{\"op\":\"move\",\"from\":\"/spec/containers/0/volumeMounts/0\","
                                + "\"path\":\"/spec/containers/1/volumeMounts/0\"}]"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.operation().index()).isEqualTo(1);
                    assertThat(finding.finding().rule().code()).isEqualTo("not-mounted");
                });
        assertThat(report(
                                Licenses.patch(
                                        Licenses.A,
                                        "[" + sidecar
                                                + ",{\"op\":\"move\",\"from\":\"/spec/containers/1\",\"path\":\"/spec/containers/0\"}]"))
                        .findings())
                .isEmpty();
    }

    @Test
    void aPatchThatRemovesTheContainerIsReportedAndHarmsNothingElse() {
        PatchedPod patched =
                report(Licenses.patch(Licenses.A, "[{\"op\":\"remove\",\"path\":\"/spec/containers/0\"}]"));

        assertThat(patched.pod().getSpec().getContainers()).isEmpty();
        assertThat(errors(patched)).isNotEmpty();
    }

    @Test
    void aPatchThatTakesTheHomeFromOneOfTwoContainersIsReported() {
        Pod pod = pod();
        pod.getSpec()
                .getContainers()
                .add(
                        0,
                        new ContainerBuilder(pod.getSpec().getContainers().get(0))
                                .withName("log")
                                .build());
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch(Licenses.A, "[{\"op\":\"remove\",\"path\":\"/spec/containers/1/volumeMounts/0\"}]")));

        assertThat(errors(PatchGuard.reporting(volumes()).apply(patches, pod)))
                .extracting(finding -> finding.finding().rule().code() + " "
                        + finding.finding().pointer())
                .containsExactly("not-mounted /spec/containers/1");
    }

    @Test
    void theContainerOfTheProjectIsFoundHoweverItsMountPathIsWritten() {
        Pod pod = pod();
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setMountPath("/home/./user/");
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(
                Licenses.A,
                "[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"log\",\"image\":\"x\",\"volumeMounts\":[]}},"
                        + "{\"op\":\"move\",\"from\":\"/spec/containers/0/volumeMounts/0\","
                        + "\"path\":\"/spec/containers/1/volumeMounts/0\"}]")));

        assertThat(errors(PatchGuard.reporting(volumes()).apply(patches, pod)))
                .extracting(finding -> finding.finding().rule().code())
                .containsExactly("not-mounted");
    }

    @Test
    void aStrictGuardRefusesWithAllThatIsWrong() {
        PodPatches patches =
                PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, OTHER_HOME), Licenses.patch(Licenses.B, LABEL)));

        assertThatThrownBy(() -> PatchGuard.strict(volumes()).apply(patches, pod()))
                .isInstanceOfSatisfying(
                        PatchRefusedException.class,
                        refusal -> assertThat(refusal.findings()).isNotEmpty())
                .hasMessageStartingWith("patches of licences must leave the project's storage as it is, but operation 0"
                        + " (add \"/spec/containers/0/volumeMounts/0\") of the patch of licence " + Licenses.A
                        + " causes ERROR ")
                .hasMessageEndingWith(
                        "remove the operation from the licence, and grant writing with ext_rw where that is"
                                + " meant");
    }

    @Test
    void aStrictGuardLetsPassWhatLeavesTheStorageAlone() {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, LABEL)));

        PatchedPod patched = PatchGuard.strict(volumes()).apply(patches, pod());

        assertThat(patched.findings()).isEmpty();
        assertThat(patched.pod().getMetadata().getLabels()).containsEntry("gpu", "1");
    }

    @Test
    void aPatchThatAddsAClaimOfTheSameStorageIsRefusedOnceItIsKnown() {
        String add = """
                [{"op":"add","path":"/spec/volumes/-","value":
                   {"name":"b","persistentVolumeClaim":{"claimName":"backup"}}},
                 {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"b","mountPath":"/b"}}]""";
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, add)));
        SameStorage known =
                SameStorage.of(List.of(new SameStorage.Claim("backup", "", "files of claim \"projects-data\"")));

        assertThat(PatchGuard.strict(volumes()).apply(patches, pod()).findings())
                .isEmpty();
        assertThatThrownBy(() -> PatchGuard.strict(volumes()).knowing(known).apply(patches, pod()))
                .isInstanceOf(PatchRefusedException.class)
                .hasMessageContaining("operation 0 (add \"/spec/volumes/-\") of the patch of licence " + Licenses.A
                        + " causes ERROR claim-of-same-storage at ");
    }

    @Test
    void aPatchThatNamesTheSameStorageItselfIsRefusedOnceItIsKnown() {
        String add = """
                [{"op":"add","path":"/spec/volumes/-","value":{"name":"b","nfs":{"server":"s","path":"/e"}}},
                 {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":
                   {"name":"b","mountPath":"/b","readOnly":true}}]""";
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, add)));
        SameStorage known = SameStorage.of(
                List.of(),
                volume -> volume.getNfs() == null
                        ? List.of()
                        : List.of(new SameStorage.Files("", "files of claim \"projects-data\"")));

        assertThat(PatchGuard.strict(volumes()).apply(patches, pod()).findings())
                .extracting(finding -> finding.finding().rule().code())
                .containsExactly("inline-storage");
        assertThatThrownBy(() -> PatchGuard.strict(volumes()).knowing(known).apply(patches, pod()))
                .isInstanceOf(PatchRefusedException.class)
                .hasMessageContaining("operation 0 (add \"/spec/volumes/-\") of the patch of licence " + Licenses.A
                        + " causes ERROR volume-of-same-storage at ");
    }

    @Test
    void whatWasWrongBeforeIsBlamedOnNoLicence() {
        Pod pod = pod();
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(1).setReadOnly(false);
        pod.getSpec().getVolumes().get(1).getPersistentVolumeClaim().setReadOnly(false);
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, """
                [{"op":"add","path":"/spec/containers/0/volumeMounts/0","value":{"name":"tmp","mountPath":"/tmp"}},
                 {"op":"add","path":"/spec/volumes/0","value":{"name":"tmp","emptyDir":{}}}]""")));

        assertThat(PodAudit.audit(pod, Expected.forProject(volumes()))).isNotEmpty();
        assertThat(PatchGuard.strict(volumes()).apply(patches, pod).findings()).isEmpty();
    }

    @Test
    void aPatchThatIsUndoneByALaterOneIsNotReported() {
        PatchedPod patched = report(
                Licenses.patch(Licenses.A, OTHER_HOME),
                Licenses.patch(Licenses.B, "[{\"op\":\"remove\",\"path\":\"/spec/containers/0/volumeMounts/0\"}]"));

        assertThat(patched.findings()).isEmpty();
    }

    @Test
    void withALicenceThatGrantsWritingTheFlagsAreNoFinding() {
        Member grant = Licenses.license(
                Licenses.A, "active", LicenseQuota.builder().extRw().patch(LABEL));
        ProjectLicenses licenses = Licenses.of(grant);
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, licenses);

        PatchedPod patched = PatchGuard.strict(volumes)
                .apply(PodPatches.of(licenses), PodStorage.of(volumes).applyTo(bare(), "project"));

        assertThat(patched.findings()).isEmpty();
    }

    private static PatchedPod report(Member... licences) {
        return PatchGuard.reporting(volumes()).apply(PodPatches.of(Licenses.of(licences)), pod());
    }

    private static List<PatchFinding> errors(PatchedPod patched) {
        return patched.findings().stream().filter(PatchGuard::isError).toList();
    }

    private static ProjectVolumes volumes() {
        return ProjectVolumes.forProject(PROJECT, ProjectLicenses.none());
    }

    private static Pod pod() {
        return PodStorage.of(volumes()).applyTo(bare(), "project");
    }

    private static Pod bare() {
        return Manifests.pod("""
                apiVersion: v1
                kind: Pod
                metadata: { name: project-1, labels: { run: project } }
                spec:
                  containers: [{ name: project, image: "registry.example/project:1" }]
                """);
    }
}
