package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.StorageConflictException;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test in a licence's patch is meant for the pod that the next start builds, which the running pod is not. */
class NextStartPatchTest {

    private static final String FASTER = """
            [{"op":"test","path":"/spec/containers/0/image","value":"registry.example/project:1"},
             {"op":"replace","path":"/spec/containers/0/image","value":"registry.example/gpu:1"}]""";

    @Test
    void aTestThatItsOwnPatchHasOvertakenInTheRunningPodIsUncertainAndNoFailure() {
        Pod running = running(FASTER);

        StorageDiff diff = StorageDiff.between(running, desired(FASTER));

        assertThat(diff)
                .hasToString("/: this pod becomes one with the patches of its licences; whether the next start fails is"
                        + " not known, because operation 0 (test \"/spec/containers/0/image\") of the patch of licence "
                        + Licenses.B + " does not hold for the running pod, which was patched before and completed by"
                        + " the cluster; compare with the pod that the next start builds to be sure");
        assertThat(diff.differences().get(0).licenses()).hasToString("[licence " + Licenses.B + "]");
    }

    @Test
    void withTheNextPodItIsKnownToHold() {
        assertThat(StorageDiff.between(running(FASTER), bare(), "project", desired(FASTER)))
                .hasToString("the next start changes nothing about the storage");
    }

    @Test
    void withTheNextPodItIsKnownToFailAndTheOtherDifferencesAreToldToo() {
        Pod next = bare();
        next.getSpec().getContainers().get(0).setImage("registry.example/project:2");
        Pod writing = PodStorage.of(ProjectVolumes.forProject(
                        UUID.fromString(Audited.ID),
                        List.of(LicenseQuota.builder().extRw().build())))
                .applyTo(bare(), "project");

        StorageDiff diff = StorageDiff.between(writing, next, "project", desired(FASTER));

        assertThat(diff.differences())
                .extracting(Difference::impact)
                .containsExactly(Impact.NOTHING, Impact.WRITE_ACCESS_LOST, Impact.START_FAILS);
        assertThat(diff.differences().get(2).toString())
                .contains("the next start fails, because operation 0 (test \"/spec/containers/0/image\")")
                .contains("the pod has another value there")
                .doesNotContain("project:2");
    }

    @Test
    void afterAnUncertainTestTheRestOfThePatchIsFollowed() {
        String writing = FASTER.replace("]", "") + """
                ,{"op":"replace","path":"/spec/volumes/1/persistentVolumeClaim/readOnly","value":false},
                 {"op":"replace","path":"/spec/containers/0/volumeMounts/1/readOnly","value":false}]""";

        StorageDiff diff = StorageDiff.between(running(FASTER), desired(writing));

        assertThat(diff.differences())
                .extracting(Difference::impact)
                .containsExactly(Impact.NOTHING, Impact.WRITE_ACCESS_GAINED, Impact.START_UNCERTAIN);
        assertThat(diff.differences().get(1).because()).startsWith("operation 3 (replace");
    }

    @Test
    void severalUncertainTestsAreToldInTheirOrder() {
        String tests = """
                [{"op":"test","path":"/metadata/labels/b","value":"1"},
                 {"op":"test","path":"/metadata/name","value":"project-1"},
                 {"op":"test","path":"/metadata/labels/a","value":"1"},
                 {"op":"replace","path":"/spec/containers/7/image","value":"x"}]""";

        assertThat(StorageDiff.between(running("[]"), desired(tests)).differences())
                .extracting(d -> d.impact() + " " + d.because().substring(0, 11))
                .containsExactly(
                        Impact.START_MAY_FAIL + " operation 3",
                        Impact.START_UNCERTAIN + " operation 0",
                        Impact.START_UNCERTAIN + " operation 2");
    }

    @Test
    void whatTheStorageDecidesIsKnownWhateverAnEarlierPatchDidToIt() {
        String once = """
                [{"op":"test","path":"/spec/volumes/1/persistentVolumeClaim/readOnly","value":true},
                 {"op":"test","path":"/spec/containers/0/volumeMounts/1/readOnly","value":true},
                 {"op":"test","path":"/spec/containers/0/env/0/value","value":"/ext"},
                 {"op":"test","path":"/spec/securityContext/runAsUser","value":2001},
                 {"op":"replace","path":"/spec/volumes/1/persistentVolumeClaim/readOnly","value":false},
                 {"op":"replace","path":"/spec/containers/0/volumeMounts/1/readOnly","value":false},
                 {"op":"replace","path":"/spec/containers/0/env/0/value","value":"/other"},
                 {"op":"replace","path":"/spec/securityContext/runAsUser","value":0}]""";

        assertThat(StorageDiff.between(running(once), desired(once)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/volumes/1/persistentVolumeClaim/readOnly",
                "/spec/volumes/0/name",
                "/spec/volumes/1",
                "/spec/containers/0/volumeMounts/1/readOnly",
                "/spec/containers/0/env/0/value",
                "/spec/securityContext/runAsUser",
                "/spec/securityContext/runAsGroup",
                "/spec/securityContext/fsGroup",
                "/spec/securityContext/fsGroupChangePolicy"
            })
    void aTestAgainstWhatTheStorageDecidesMayFail(String path) {
        assertThat(impacts(running("[]"), "[{'op':'test','path':'" + path + "','value':'odd'}]"))
                .containsExactly(Impact.START_MAY_FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/spec",
                "/spec/volumes",
                "/spec/volumes/2/name",
                "/spec/volumes/01/name",
                "/spec/volumes/-/name",
                "/spec/containers/0",
                "/spec/containers/0/image",
                "/spec/containers/0/env",
                "/spec/containers/0/env/1/value",
                "/spec/containers/1/env/0/value",
                "/spec/containers/0/command/0",
                "/spec/initContainers/0/name",
                "/spec/securityContext",
                "/spec/securityContext/runAsNonRoot",
                "/status/securityContext/runAsUser"
            })
    void aTestAgainstAnythingElseIsUncertain(String path) {
        assertThat(impacts(running("[]"), "[{'op':'test','path':'" + path + "','value':'odd'}]"))
                .containsExactly(Impact.START_UNCERTAIN);
    }

    @Test
    void aPathThatIsNoPointerFailsWhateverThePodIs() {
        assertThat(impacts(running("[]"), "[{'op':'test','path':'x/spec/volumes/0/name','value':'odd'}]"))
                .containsExactly(Impact.START_MAY_FAIL);
    }

    @Test
    void behindAVolumeOfSomebodyElseTheIndexOfOursIsUncertain() {
        Pod running = running("[]");
        running.getSpec()
                .getVolumes()
                .add(
                        0,
                        new VolumeBuilder()
                                .withName("shm")
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .build());

        assertThat(impacts(running, "[{'op':'test','path':'/spec/volumes/1/name','value':'ext'}]"))
                .containsExactly(Impact.START_UNCERTAIN);
        assertThat(impacts(running, "[{'op':'test','path':'/spec/volumes/0/name','value':'home'}]"))
                .containsExactly(Impact.START_UNCERTAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metadata/labels/a", "/metadata/labels/a/x"})
    void aTestAgainstWhatThePatchesThemselvesPutThereMayFail(String path) {
        String labels = "[{'op':'add','path':'/metadata/labels','value':{}},"
                + "{'op':'add','path':'/metadata/labels/a','value':'1'},";

        assertThat(impacts(running("[]"), labels + "{'op':'test','path':'" + path + "','value':'2'}]"))
                .containsExactly(Impact.START_MAY_FAIL);
        assertThat(impacts(
                        running("[]"),
                        "[{'op':'test','path':'" + path + "','value':'2'}," + labels.substring(1)
                                + "{'op':'test','path':'/metadata/labels/a','value':'1'}]"))
                .containsExactly(Impact.START_UNCERTAIN);
        assertThat(impacts(
                        running("[]"),
                        "[{'op':'add','path':'/metadata/labels','value':{}},"
                                + "{'op':'test','path':'/metadata/labelsX','value':'2'}]"))
                .containsExactly(Impact.START_UNCERTAIN);
    }

    @Test
    void theNextPodMayHaveItsStorageAlreadyAndMustNotHaveAnother() {
        Pod running = running("[]");
        Pod other = Manifests.pod("""
                spec:
                  containers: [{ name: project, image: x, volumeMounts: [{ name: a, mountPath: /ext }] }]
                  volumes: [{ name: a, emptyDir: {} }]
                """);

        assertThat(StorageDiff.between(running, running, "project", desired("[]"))
                        .isEmpty())
                .isTrue();
        assertThatThrownBy(() -> StorageDiff.between(running, other, "project", desired("[]")))
                .isInstanceOf(StorageConflictException.class);
        assertThatThrownBy(() -> StorageDiff.between(running, bare(), "nobody", desired("[]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"nobody\"");
        assertThatThrownBy(() -> StorageDiff.between(new Pod(), bare(), "project", desired("[]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has none");
    }

    private static List<Impact> impacts(Pod running, String patch) {
        return StorageDiff.between(running, desired(patch.replace('\'', '"'))).differences().stream()
                .map(Difference::impact)
                .toList();
    }

    /** A pod that was started with a patch. */
    private static Pod running(String patch) {
        return PodPatches.of(licenses(patch)).applyTo(desired(patch).applyTo(bare(), "project"));
    }

    private static PodStorage desired(String patch) {
        return PodStorage.of(ProjectVolumes.forProject(ProjectId.parse(Audited.ID), licenses(patch)));
    }

    private static ProjectLicenses licenses(String patch) {
        return Licenses.of(Licenses.patch(Licenses.B, patch));
    }

    private static Pod bare() {
        return Manifests.pod("""
                metadata: { name: project-1 }
                spec:
                  containers: [{ name: project, image: "registry.example/project:1" }]
                """);
    }
}
