package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Patches that do more to the storage than anybody reads. */
class ManyFindingsTest {

    private static final ProjectVolumes VOLUMES =
            ProjectVolumes.forProject(UUID.fromString(Audited.ID), ProjectLicenses.none());

    private static Pod pod() {
        return PodStorage.of(VOLUMES).applyTo(Manifests.pod("""
                metadata: { name: project-1, labels: { run: project } }
                spec: { containers: [{ name: project, image: x }] }
                """), "project");
    }

    /** A patch that brings directories of the node, each a warning but the last one of some. */
    private static PodPatches labelsAndDirectories(int labels, int directories, String last) {
        List<String> operations = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            operations.add("{'op':'add','path':'/metadata/labels/l" + i + "','value':'v'}");
        }
        for (int i = 0; i < directories; i++) {
            String path = i == directories - 1 ? last : "/data/" + i;
            operations.add("{'op':'add','path':'/spec/volumes/-','value':{'name':'v" + i + "','hostPath':{'path':'"
                    + path + "'}}}");
        }
        String patch = ("[" + String.join(",", operations) + "]").replace('\'', '"');
        return PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, patch)));
    }

    @Test
    void theFirstAreToldAndErrorsBeforeOthers() {
        PodPatches patches = labelsAndDirectories(20, 170, "/proc");

        PatchedPod judged = PatchGuard.reporting(VOLUMES).apply(patches, pod());

        assertThat(judged.findings())
                .hasSize(100)
                .extracting(PatchFinding::operation)
                .startsWith(patches.operations().get(189), patches.operations().get(20))
                .endsWith(patches.operations().get(118));
        assertThat(judged.findings().get(0).finding().rule().code()).isEqualTo("host-path-to-node");
        assertThat(judged.omitted()).isEqualTo(70);
    }

    @Test
    void aRefusalSaysHowManyThereAreMore() {
        PodPatches patches = labelsAndDirectories(0, 170, "/proc");

        assertThatThrownBy(() -> PatchGuard.strict(VOLUMES).apply(patches, pod()))
                .isInstanceOfSatisfying(
                        PatchRefusedException.class,
                        refusal -> assertThat(refusal.omitted()).isEqualTo(70))
                .hasMessageContainingAll("host-path-to-node", "; and 70 more findings; remove the operation");
    }

    @Test
    void manyWarningsAloneAreNoRefusal() {
        PatchedPod judged = PatchGuard.strict(VOLUMES).apply(labelsAndDirectories(0, 170, "/data"), pod());

        assertThat(judged.omitted()).isEqualTo(70);
    }

    @Test
    void aHundredAreToldInTheOrderOfTheAudit() {
        PatchedPod judged = PatchGuard.reporting(VOLUMES).apply(labelsAndDirectories(0, 100, "/proc"), pod());

        assertThat(judged.omitted()).isZero();
        assertThat(judged.findings().get(99).finding().rule().code()).isEqualTo("host-path-to-node");
    }
}
