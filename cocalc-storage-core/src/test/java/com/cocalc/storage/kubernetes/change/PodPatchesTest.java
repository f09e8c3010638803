package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.DedicatedVm;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodPatchesTest {

    private static final String LABEL_A = "[{\"op\":\"add\",\"path\":\"/metadata/labels/a\",\"value\":\"1\"}]";
    private static final String LABEL_B = "[{\"op\":\"add\",\"path\":\"/metadata/labels/b\",\"value\":\"2\"},"
            + "{\"op\":\"remove\",\"path\":\"/metadata/labels/run\"}]";

    @Test
    void aPathThatIsNoPointerIsRefusedWithLicenceAndOperation() {
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch(Licenses.A, "[{\"op\":\"add\",\"path\":\"/spec/containers/-1\",\"value\":{}}]")));

        assertThatThrownBy(() -> patches.applyTo(Manifests.pod("spec: { containers: [{ name: c }] }")))
                .isInstanceOf(PatchFailedException.class)
                .hasMessage("operation 0 (add \"/spec/containers/-1\") of the patch of licence " + Licenses.A
                        + " cannot be applied: \"-1\" is not an index of a list; fix the licence's"
                        + " patch, the pod was left as it is");
    }

    @Test
    void patchesAreJoinedInTheOrderOfTheLicencesAndKnowTheirs() {
        PodPatches patches =
                PodPatches.of(Licenses.of(Licenses.patch(Licenses.B, LABEL_B), Licenses.patch(Licenses.A, LABEL_A)));

        assertThat(patches.toJson()).isEqualTo(LABEL_B.substring(0, LABEL_B.length() - 1) + "," + LABEL_A.substring(1));
        assertThat(patches.operations())
                .extracting(o -> o.license() + " " + o.index() + " " + o.op() + " " + o.path())
                .containsExactly(
                        "licence " + Licenses.B + " 0 add /metadata/labels/b",
                        "licence " + Licenses.B + " 1 remove /metadata/labels/run",
                        "licence " + Licenses.A + " 0 add /metadata/labels/a");
        assertThat(patches.applyTo(pod()).getMetadata().getLabels()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(patches.omitted()).isEmpty();
    }

    @Test
    void withoutAPatchThePodItselfComesBack() {
        Pod pod = pod();

        assertThat(PodPatches.of(ProjectLicenses.none()).applyTo(pod)).isSameAs(pod);
        assertThat(PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[]"))).applyTo(pod))
                .isSameAs(pod);
        assertThat(PodPatches.of(Licenses.of(Licenses.license(
                                Licenses.A,
                                "active",
                                LicenseQuota.builder().extRw().field("patch", JsonNull.NULL))))
                        .omitted())
                .isEmpty();
    }

    @Test
    void aPodThatSaysItIsSomethingElseIsNotPatched() {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, LABEL_A)));
        Pod other = pod();
        other.setKind("Secret");
        Pod newer = pod();
        newer.setApiVersion("v2");

        assertThatThrownBy(() -> patches.applyTo(other))
                .isExactlyInstanceOf(InvalidValueException.class)
                .hasMessage("a pod that is patched must be of kind Pod and apiVersion v1, but was \"Secret\" of \"v1\";"
                        + " patch the pod itself");
        assertThatThrownBy(() -> patches.applyTo(newer)).hasMessageContaining("but was \"Pod\" of \"v2\";");
    }

    @Test
    void aLicenceThatIsOverOrForADiskPatchesNothing() {
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.license("1", "expired", LicenseQuota.builder().patch(LABEL_A)),
                Licenses.license("2", "exhausted", LicenseQuota.builder().patch(LABEL_A)),
                Licenses.license("3", "future", LicenseQuota.builder().patch(LABEL_A)),
                Licenses.license(
                        "4",
                        "active",
                        LicenseQuota.builder().patch(LABEL_A).field("dedicated_disk", JsonBoolean.FALSE)),
                Licenses.license("5", "no such status", LicenseQuota.builder().patch(LABEL_B))));

        assertThat(patches.operations()).hasSize(2);
        assertThat(patches.omitted())
                .extracting(OmittedPatch::toString)
                .containsExactly(
                        "licence \"1\": its patch is left out; the licence does not count, its status is expired",
                        "licence \"2\": its patch is left out; the licence does not count, its status is exhausted",
                        "licence \"3\": its patch is left out; the licence does not count, its status is future",
                        "licence \"4\": its patch is left out; the licence is for a dedicated disk, and such a licence is left out");
    }

    @Test
    void aMachineDropsThePatchesOfAllLicencesUnlessItsOwnLicenceDoesNotCount() {
        LicenseQuota.Builder machine = LicenseQuota.builder().dedicatedVm(DedicatedVm.of("n2-standard-4", ""));

        assertThat(PodPatches.of(Licenses.of(
                                Licenses.patch(Licenses.A, LABEL_A), Licenses.license(Licenses.B, "active", machine)))
                        .omitted())
                .extracting(OmittedPatch::toString)
                .containsExactly("licence " + Licenses.A
                        + ": its patch is left out; a dedicated machine drops the patches of all licences");
        assertThat(PodPatches.of(Licenses.of(
                                Licenses.patch(Licenses.A, LABEL_A), Licenses.license(Licenses.B, "expired", machine)))
                        .operations())
                .hasSize(1);
    }

    @Test
    void aMalformedPatchIsLeftOutAsAWholeAndTheOthersStay() {
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.license("number", "active", LicenseQuota.builder().field("patch", new JsonNumber("1"))),
                Licenses.patch("empty", ""),
                Licenses.patch("open", "[{\"op\":"),
                Licenses.patch("more", "[] []"),
                Licenses.patch("object", "{}"),
                Licenses.patch("element", "[7]"),
                Licenses.patch(
                        "op", "[{\"op\":\"test\",\"path\":\"\",\"value\":1},{\"op\":\"Replace\",\"path\":\"/a\"}]"),
                Licenses.patch("no-op", "[{\"path\":\"/a\"}]"),
                Licenses.patch("no-path", "[{\"op\":\"add\",\"value\":1}]"),
                Licenses.patch("path", "[{\"op\":\"remove\",\"path\":[\"a\"]}]"),
                Licenses.patch(Licenses.A, LABEL_A)));

        assertThat(patches.operations()).hasSize(1);
        assertThat(patches.omitted())
                .extracting(OmittedPatch::toString)
                .containsExactly(
                        "licence \"number\": its patch is left out; the patch must be a text that holds JSON, but is \"1\"",
                        "licence \"empty\": its patch is left out; the patch must be JSON, but is nothing",
                        "licence \"open\": its patch is left out; the patch must be JSON, but is not at line 1, column 8",
                        "licence \"more\": its patch is left out; the patch must be JSON, but is not at line 1, column 4",
                        "licence \"object\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but is an object",
                        "licence \"element\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but element 0 is a number",
                        "licence \"op\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but the op of element 1 is \"Replace\"",
                        "licence \"no-op\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but the op of element 0 is absent",
                        "licence \"no-path\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but the path of element 0 is absent",
                        "licence \"path\": its patch is left out; the patch must be an array of objects, each with a known op and a path, but the path of element 0 is an array");
    }

    @Test
    void aPatchBeyondReasonIsLeftOut() {
        String op = "{\"op\":\"remove\",\"path\":\"/a\"}";
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch("long", "[" + " ".repeat(65_536) + "]"),
                Licenses.patch("deep", "[".repeat(65)),
                Licenses.patch("many", "[" + (op + ",").repeat(200) + op + "]"),
                Licenses.patch("digits", "[" + "1".repeat(2_000) + "]")));

        assertThat(patches.operations()).isEmpty();
        assertThat(patches.omitted())
                .extracting(OmittedPatch::toString)
                .containsExactly(
                        "licence \"long\": its patch is left out; the patch must be small, at most 65536 characters, but has 65538",
                        "licence \"deep\": its patch is left out; the patch must be small, at most 64 levels deep, with numbers of everyday length",
                        "licence \"many\": its patch is left out; the patch must be small, at most 200 operations, but has 201",
                        "licence \"digits\": its patch is left out; the patch must be small, at most 64 levels deep, with numbers of everyday length");
    }

    @Test
    void manyPatchesTogetherAreBoundedToo() {
        String patch =
                "[" + "{\"op\":\"remove\",\"path\":\"/a\"},".repeat(199) + "{\"op\":\"remove\",\"path\":\"/a\"}]";
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch("1", patch),
                Licenses.patch("2", patch),
                Licenses.patch("3", patch),
                Licenses.patch("4", patch),
                Licenses.patch("5", patch),
                Licenses.patch("6", patch)));

        assertThat(patches.operations()).hasSize(1_000);
        assertThat(patches.omitted())
                .extracting(OmittedPatch::toString)
                .containsExactly(
                        "licence \"6\": its patch is left out; the patch must be small, at most 1000 operations with the patches of the licences before it");
    }

    @Test
    void aFailingOperationIsNamedAndThePodStaysAsItIs() {
        Pod pod = pod();
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch(Licenses.A, LABEL_A),
                Licenses.patch(
                        Licenses.B,
                        "[{\"op\":\"remove\",\"path\":\"/metadata/labels/run\"},"
                                + "{\"op\":\"replace\",\"path\":\"/spec/volumes/7/name\",\"value\":\"x\"}]")));

        assertThatThrownBy(() -> patches.applyTo(pod))
                .isInstanceOfSatisfying(PatchFailedException.class, failure -> {
                    assertThat(failure.license()).hasToString("licence " + Licenses.B);
                    assertThat(failure.operation())
                            .isEqualTo(patches.operations().get(2));
                })
                .hasMessage("operation 1 (replace \"/spec/volumes/7/name\") of the patch of licence " + Licenses.B
                        + " cannot be applied: the pod has no \"volumes\" there;"
                        + " fix the licence's patch, the pod was left as it is");
        assertThat(pod).isEqualTo(pod());
    }

    @Test
    void removingWhatIsNotThereDoesNothingAsInTheHub() {
        assertThat(apply("[{\"op\":\"remove\",\"path\":\"/metadata/labels/nothing\"}]"))
                .isEqualTo(pod());
    }

    @Test
    void aFailedTestDoesNotShowThePodsValue() {
        assertThatThrownBy(
                        () -> apply("[{\"op\":\"test\",\"path\":\"/spec/containers/0/env/0/value\",\"value\":\"x\"}]"))
                .isInstanceOf(PatchFailedException.class)
                .hasMessageContaining("the pod has another value there;")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> apply("[{\"op\":\"test\",\"path\":\"/spec/nothing\",\"value\":\"x\"}]"))
                .hasMessageContaining("the pod has no \"nothing\" there;");
        assertThat(apply("[{\"op\":\"test\",\"path\":\"/spec/containers/0/env/0/value\",\"value\":\"secret\"}]"))
                .isEqualTo(pod());
    }

    @Test
    void theOperationThatLeavesNoPodIsNamed() {
        assertThatThrownBy(() -> apply("[{\"op\":\"add\",\"path\":\"/metadata/labels/a\",\"value\":\"1\"},"
                        + "{\"op\":\"replace\",\"path\":\"/spec/containers\",\"value\":\"none\"},"
                        + "{\"op\":\"add\",\"path\":\"/metadata/labels/b\",\"value\":\"1\"}]"))
                .hasMessage("operation 1 (replace \"/spec/containers\") of the patch of licence " + Licenses.A
                        + " cannot be applied: it leaves something that is not a Pod, for example a number where a text"
                        + " belongs; fix the licence's patch, the pod was left as it is");
        assertThatThrownBy(() -> apply("[{\"op\":\"add\",\"path\":\"\",\"value\":7}]"))
                .hasMessageContaining("operation 0 (add \"\")")
                .hasMessageContaining("not a Pod");
        assertThatThrownBy(() -> apply("[{\"op\":\"replace\",\"path\":\"/kind\",\"value\":\"Secret\"}]"))
                .hasMessageContaining("not a Pod");
    }

    @Test
    void aPodThatIsNoneOnlyInBetweenIsFine() {
        assertThat(apply("[{\"op\":\"add\",\"path\":\"/spec/volumes\",\"value\":\"none\"},"
                        + "{\"op\":\"remove\",\"path\":\"/spec/volumes\"}]"))
                .isEqualTo(pod());
    }

    @Test
    void aBombOfCopiesIsStoppedByName() {
        StringBuilder bomb = new StringBuilder(
                        "[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"a\":\"")
                .append("x".repeat(1_000))
                .append("\"}}");
        for (int i = 0; i < 40; i++) {
            bomb.append(",{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/b")
                    .append(i)
                    .append("\"}");
        }

        assertThatThrownBy(() -> apply(bomb.append(']').toString()))
                .isInstanceOf(PatchFailedException.class)
                .hasMessageContaining("with it the patches add more than 262144 characters to the pod");
    }

    @Test
    void aTowerOfCopiesIsStoppedByName() {
        StringBuilder tower = new StringBuilder("[{\"op\":\"add\",\"path\":\"/x\",\"value\":{}}");
        for (int i = 0; i < 10; i++) {
            tower.append(",{\"op\":\"copy\",\"from\":\"/x\",\"path\":\"/x")
                    .append("/y".repeat(1 << i))
                    .append("\"}");
        }

        assertThatThrownBy(() -> apply(tower.append(']').toString()))
                .isInstanceOf(PatchFailedException.class)
                .hasMessageContaining("it nests more than 100 levels");
    }

    @Test
    void unknownFieldsOfThePodSurviveAPatch() {
        Pod pod = pod();
        pod.getSpec().setAdditionalProperty("newField", Map.of("a", 1));

        Pod patched =
                PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, LABEL_A))).applyTo(pod);

        assertThat(patched.getSpec().getAdditionalProperties()).isEqualTo(Map.of("newField", Map.of("a", 1)));
    }

    @Test
    void theWholeIsToldInLines() {
        PodPatches patches =
                PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, LABEL_A), Licenses.patch("x\n", "no")));

        assertThat(patches)
                .hasToString(
                        "operation 0 (add \"/metadata/labels/a\") of the patch of licence " + Licenses.A
                                + "\nlicence \"x\\u000a\": its patch is left out; the patch must be JSON, but is not at line 1, column 1");
    }

    private static Pod apply(String patch) {
        return PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, patch))).applyTo(pod());
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project-1")
                .addToLabels("run", "project")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .addNewEnv()
                .withName("TOKEN")
                .withValue("secret")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
    }
}
