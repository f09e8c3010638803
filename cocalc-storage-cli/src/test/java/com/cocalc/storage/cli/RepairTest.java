package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule that a patch can satisfy: a pod that breaks it, and the pod that the printed patch makes of it. */
class RepairTest {

    private static final String DEFAULTS_NOTE =
            "\nnote: without --values the chart's defaults hold: claims projects-data"
                    + " and projects-software, fixPermissionsInit off\n";

    @TempDir
    private Path directory = Path.of("");

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    private static final JsonMapper JSON = new JsonMapper();

    /** Only a person knows what was meant. */
    private static final Set<String> WITHOUT_REPAIR = Set.of(
            "refused-by-server",
            "claim-as-device",
            "claim-of-same-storage",
            "volume-of-same-storage",
            "se-linux-unconfined",
            "volume-without-source",
            "git-repo",
            "host-path-to-volumes",
            "host-path",
            "inline-storage",
            "inline-storage-writable",
            "host-path-to-node",
            "ephemeral-claim-name",
            "mounted-in-sidecar",
            "mount-path-of-accounts",
            "mount-path-of-runtime",
            "mount-path-etc",
            "strict-groups",
            "own-users",
            "home-repair-missing",
            "home-repair-changed",
            "same-place",
            "nested-in-claim",
            "nested-in-read-only",
            "directory-must-exist",
            "working-directory",
            "mount-path-root",
            "mount-path-in-proc",
            "mount-path-nul",
            "mount-path-too-long",
            "mount-path-dot-dot",
            "mount-path-colon",
            "mount-path-blank",
            "mount-path-of-kubelet",
            "sub-path-too-long",
            "variable-name");

    private static JsonNode rightPod() {
        return rightPod(StorageConfig.defaults());
    }

    private static JsonNode rightPod(StorageConfig config) {
        return JSON.valueToTree(
                PodStorage.of(ProjectVolumes.forProject(ProjectId.parse(ID), ProjectLicenses.none(), config))
                        .applyTo(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withName("project")
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName("project")
                                        .withImage("project:1")
                                        .endContainer()
                                        .endSpec()
                                        .build(),
                                "project"));
    }

    private static Arguments broken(String rule, String... operations) {
        return Arguments.of(rule, "[" + String.join(",", operations) + "]");
    }

    private static String op(String op, String path, String value) {
        return "{\"op\":\"" + op + "\",\"path\":\"" + path + "\",\"value\":" + value + "}";
    }

    private static String remove(String path) {
        return "{\"op\":\"remove\",\"path\":\"" + path + "\"}";
    }

    static Stream<Arguments> brokenPods() {
        String home = "/spec/containers/0/volumeMounts/0";
        String ext = "/spec/containers/0/volumeMounts/1";
        String context = "/spec/securityContext";
        String second = "\"name\":\"again\",\"persistentVolumeClaim\":{\"claimName\":\"projects-data\"}";
        return Stream.of(
                broken("wrong-type", op("replace", ext + "/readOnly", "\"true\"")),
                broken("wrong-type", op("replace", context + "/runAsUser", "\"2001\"")),
                broken("unknown-field", remove(ext + "/readOnly"), op("add", ext + "/readonly", "true")),
                broken("whole-claim", remove(home + "/subPath")),
                broken(
                        "other-project",
                        op("replace", home + "/subPath", "\"projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90\"")),
                broken("parent-directory", op("replace", home + "/subPath", "\"projects\"")),
                broken(
                        "look-alike-directory",
                        op("replace", home + "/subPath", "\"projects/6F1B0C3E-2f5d-4c8e-9a53-0d6f0f1f9b11\"")),
                broken("other-directory", op("replace", home + "/subPath", "\"backups\"")),
                broken("sub-path-in-home", op("replace", home + "/subPath", "\"projects/" + ID + "/notes\"")),
                broken("sub-path-not-clean", op("replace", home + "/subPath", "\"projects//" + ID + "\"")),
                broken("sub-path-not-expanded", op("replace", home + "/subPath", "\"projects/$(ID)\"")),
                broken(
                        "sub-path-expr",
                        remove(home + "/subPath"),
                        op("add", home + "/subPathExpr", "\"projects/" + ID + "\"")),
                broken(
                        "sub-path-expr-undefined",
                        remove(home + "/subPath"),
                        op("add", home + "/subPathExpr", "\"projects/$(NOBODY)\"")),
                broken(
                        "sub-path-expr-escapes",
                        op("add", "/spec/containers/0/env/-", "{\"name\":\"UP\",\"value\":\"..\"}"),
                        remove(home + "/subPath"),
                        op("add", home + "/subPathExpr", "\"$(UP)/x\"")),
                broken(
                        "sub-path-expr-unknown",
                        op(
                                "add",
                                "/spec/containers/0/env/-",
                                "{\"name\":\"ID\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.uid\"}}}"),
                        remove(home + "/subPath"),
                        op("add", home + "/subPathExpr", "\"projects/$(ID)\"")),
                broken(
                        "two-volumes-one-claim",
                        op("add", "/spec/volumes/-", "{" + second + "}"),
                        op(
                                "add",
                                "/spec/containers/0/volumeMounts/-",
                                "{\"name\":\"again\",\"mountPath\":\"/again\",\"subPath\":\"projects/" + ID + "\"}")),
                broken(
                        "impossible-claim-name",
                        op("replace", "/spec/volumes/1/persistentVolumeClaim/claimName", "\"Projects_Software\"")),
                broken(
                        "over-our-path",
                        op("replace", "/spec/volumes/1/persistentVolumeClaim/claimName", "\"other-software\"")),
                broken(
                        "writable",
                        op("replace", ext + "/readOnly", "false"),
                        op("replace", "/spec/volumes/1/persistentVolumeClaim/readOnly", "false")),
                broken("read-only", op("add", home + "/readOnly", "true")),
                broken(
                        "read-only-source-with-sub-path",
                        op("add", "/spec/volumes/0/persistentVolumeClaim/readOnly", "true")),
                broken("flags-disagree", op("replace", ext + "/readOnly", "false")),
                broken("flags-disagree", op("replace", "/spec/volumes/1/persistentVolumeClaim/readOnly", "false")),
                broken("mounted-elsewhere", op("replace", ext + "/mountPath", "\"/software\"")),
                broken("not-mounted", remove(ext), remove("/spec/volumes/1")),
                broken("working-directory-relative", op("add", "/spec/containers/0/workingDir", "\"home/user\"")),
                broken("mount-path-relative", op("replace", ext + "/mountPath", "\"ext\"")),
                broken("mount-propagation", op("add", home + "/mountPropagation", "\"HostToContainer\"")),
                broken("recursive-read-only", op("add", ext + "/recursiveReadOnly", "\"Enabled\"")),
                broken("run-as-user", op("replace", context + "/runAsUser", "1000")),
                broken("run-as-group", op("replace", context + "/runAsGroup", "1000")),
                broken(
                        "group-without-user",
                        remove(context + "/runAsUser"),
                        op("add", "/spec/containers/0/securityContext", "{\"runAsUser\":2001}")),
                broken("fs-group", remove(context + "/fsGroup")),
                broken("fs-group-change-policy", remove(context + "/fsGroupChangePolicy")),
                broken(
                        "root-breaks-non-root",
                        op("add", context + "/runAsNonRoot", "true"),
                        op("replace", context + "/runAsUser", "0")),
                broken(
                        "root-beside-home",
                        op(
                                "add",
                                "/spec/containers/-",
                                "{\"name\":\"b\",\"image\":\"b\",\"securityContext\":{\"runAsUser\":0},\"volumeMounts\":["
                                        + "{\"name\":\"ext\",\"mountPath\":\"/software\",\"readOnly\":true}]}")),
                broken("privileged", op("add", "/spec/containers/0/securityContext", "{\"privileged\":true}")),
                broken("host-pid", op("add", "/spec/hostPID", "true")),
                broken("host-ipc", op("add", "/spec/hostIPC", "true")),
                broken("host-network", op("add", "/spec/hostNetwork", "true")),
                broken(
                        "dangerous-capability",
                        op(
                                "add",
                                "/spec/containers/0/securityContext",
                                "{\"capabilities\":{\"add\":[\"SYS_ADMIN\",\"DAC_OVERRIDE\"]}}")),
                broken(
                        "added-capability",
                        op(
                                "add",
                                "/spec/containers/0/securityContext",
                                "{\"capabilities\":{\"add\":[\"WAKE_ALARM\"]}}")),
                broken(
                        "seccomp-unconfined",
                        op(
                                "add",
                                "/spec/containers/0/securityContext",
                                "{\"seccompProfile\":{\"type\":\"Unconfined\"}}")),
                broken(
                        "app-armor-unconfined",
                        op(
                                "add",
                                "/spec/containers/0/securityContext",
                                "{\"appArmorProfile\":{\"type\":\"Unconfined\"}}")),
                broken(
                        "proc-unmasked",
                        op("add", "/spec/hostUsers", "false"),
                        op("add", "/spec/containers/0/securityContext", "{\"procMount\":\"Unmasked\"}")),
                broken(
                        "clone-of-claim",
                        op(
                                "add",
                                "/spec/volumes/-",
                                "{\"name\":\"copy\",\"ephemeral\":{\"volumeClaimTemplate\":{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                                        + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},\"dataSource\":{\"kind\":\"PersistentVolumeClaim\","
                                        + "\"name\":\"projects-data\"}}}}}")),
                broken("windows", op("add", "/spec/os", "{\"name\":\"windows\"}")),
                broken("variable-missing", remove("/spec/containers/0/env")),
                broken("variable-wrong", op("replace", "/spec/containers/0/env/0/value", "\"/opt\"")),
                broken("variable-without-mount", remove(ext), remove("/spec/volumes/1")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenPods")
    void thePatchMakesTheFindingGoAway(String rule, String damage) throws IOException {
        JsonNode broken = JsonPatch.apply(JSON.readTree(damage), rightPod());
        Run before = audit(broken);
        assertThat(before.out()).contains("\"code\" : \"" + rule + "\"");

        JsonNode patch = JSON.readTree(
                Run.with(broken.toString(), "audit", "--project", ID, "--patch").out());
        Run after = audit(JsonPatch.apply(patch, broken));

        assertThat(patch).isNotEmpty();
        assertThat(after.out()).doesNotContain("\"code\" : \"" + rule + "\"");
        assertThat(after.out()).doesNotContain("ERROR");
    }

    @Test
    void aClaimThatIsNotExpectedLosesItsMount() throws IOException {
        ObjectNode pod = (ObjectNode) rightPod();
        JsonNode broken = JsonPatch.apply(
                JSON.readTree("["
                        + op(
                                "add",
                                "/spec/volumes/-",
                                "{\"name\":\"sw\",\"persistentVolumeClaim\":{\"claimName\":\"projects-software\"}}")
                        + ","
                        + op("add", "/spec/containers/0/volumeMounts/-", "{\"name\":\"sw\",\"mountPath\":\"/sw\"}")
                        + "]"),
                pod);

        Run run = Run.with(broken.toString(), "audit", "--service", "manage-copy", "--format", "json");
        JsonNode patch = JSON.readTree(Run.with(broken.toString(), "audit", "--service", "manage-copy", "--patch")
                .out());
        Run after = Run.with(
                JsonPatch.apply(patch, broken).toString(), "audit", "--service", "manage-copy", "--format", "json");

        assertThat(run.out()).contains("claim-not-expected");
        assertThat(after.out()).doesNotContain("claim-not-expected");
    }

    @Test
    void aDirectoryOfTheHomeAtAPlaceOfItsOwnTakesAPersonAsProgramsLookThere() throws IOException {
        JsonNode broken = JsonPatch.apply(
                JSON.readTree("["
                        + op(
                                "add",
                                "/spec/containers/0/volumeMounts/-",
                                "{\"name\":\"home\",\"mountPath\":\"/notes\",\"subPath\":\"projects/" + ID
                                        + "/notes\"}")
                        + "]"),
                rightPod());

        Run run = Run.with(broken.toString(), "audit", "--project", ID, "--patch");

        assertThat(run.out()).isEqualTo("[ ]\n");
        assertThat(run.err()).contains("the patch leaves in", "sub-path-in-home", "use the directory inside it");
    }

    @Test
    void anotherRootBesideTheRepairOfHomesBecomesTheUser() throws IOException {
        Path values = Files.writeString(
                directory.resolve("values.yaml"), "manage:\n  project:\n    fixPermissionsInit: true\n");
        StorageConfig config = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        JsonNode broken = JsonPatch.apply(
                JSON.readTree("["
                        + op(
                                "add",
                                "/spec/initContainers/-",
                                "{\"name\":\"other\",\"image\":\"other:1\",\"securityContext\":{\"runAsUser\":0},"
                                        + "\"volumeMounts\":[{\"name\":\"home\",\"mountPath\":\"/home/user\",\"subPath\":"
                                        + "\"projects/" + ID + "\"}]}")
                        + "]"),
                rightPod(config));
        String[] audit = {"audit", "--project", ID, "--values", values.toString(), "--format", "json"};

        Run run = Run.with(broken.toString(), audit);
        JsonNode patch = JSON.readTree(
                Run.with(broken.toString(), "audit", "--project", ID, "--values", values.toString(), "--patch")
                        .out());
        Run after = Run.with(JsonPatch.apply(patch, broken).toString(), audit);

        assertThat(run.out()).contains("\"code\" : \"root-beside-repair\"");
        assertThat(after.out()).doesNotContain("root-beside-repair", "ERROR");
    }

    @Test
    void eachRuleIsEitherRepairedHereOrTakesAPerson() {
        Set<String> repaired = Stream.concat(
                        brokenPods().map(pod -> (String) pod.get()[0]),
                        Stream.of("claim-not-expected", "root-beside-repair"))
                .collect(Collectors.toSet());
        List<String> rules =
                Arrays.stream(AuditRule.values()).map(AuditRule::code).toList();

        assertThat(repaired).doesNotContainAnyElementsOf(WITHOUT_REPAIR);
        assertThat(Stream.concat(repaired.stream(), WITHOUT_REPAIR.stream()))
                .containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void ofSeveralObjectsThePatchNamesEach() {
        String wrong = KubernetesText.json(rightPod()).replace("\"readOnly\" : true", "\"readOnly\" : false");

        Run run = Run.with(wrong + wrong, "audit", "--project", ID, "--patch");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .hasSize(2)
                .allMatch(line ->
                        line.startsWith("{\"kind\":\"Pod\",\"name\":\"project\",\"patch\":[{\"op\":\"replace\","));
    }

    @Test
    void aPodOfNobodyIsToldBesideThePatchesAndFailsTheRun() {
        String unknown = KubernetesText.json(rightPod())
                .replace("/home/user", "/elsewhere")
                .replace("\"name\" : \"project\"", "\"name\" : \"unknown\"");

        Run run = Run.with(unknown, "audit", "--patch");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("[ ]\n");
        assertThat(run.err())
                .startsWith(
                        "note: the patch leaves in Pod unknown: WARNING owner-unknown at /metadata/labels: it mounts")
                .contains(DEFAULTS_NOTE)
                .hasLineCount(2);
    }

    @Test
    void thePatchOfARightPodBehindAWrongOneIsNone() {
        String right = KubernetesText.json(rightPod());
        String wrong = right.replace("\"readOnly\" : true", "\"readOnly\" : false");

        Run run = Run.with(wrong + right, "audit", "--project", ID, "--patch");

        assertThat(run.out()).startsWith("{\"kind\":\"Pod\",").hasLineCount(1);
        assertThat(Run.with(right + wrong, "audit", "--project", ID, "--patch")).isEqualTo(run);
        assertThat(Run.with(right + right, "audit", "--project", ID, "--patch")).isEqualTo(new Run(0, "", ""));
        assertThat(Run.with(right, "audit", "--project", ID, "--patch")).isEqualTo(new Run(0, "[ ]\n", ""));
    }

    @Test
    void withPatchTooOnlyTheSeveritiesThatAreAskedForFailTheRun() {
        String warned =
                KubernetesText.json(rightPod()).replaceFirst(",\\s*\"fsGroupChangePolicy\" : \"OnRootMismatch\"", "");

        assertThat(Run.with(warned, "audit", "--project", ID, "--patch").exitCode())
                .isEqualTo(1);
        assertThat(Run.with(warned, "audit", "--project", ID, "--patch", "--fail-on", "error")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatThePatchLeavesIsToldOnStandardError() {
        ObjectNode pod = (ObjectNode) rightPod();
        ((ObjectNode) pod.path("spec"))
                .withArray("volumes")
                .addObject()
                .put("name", "odd")
                .putObject("hostPath")
                .put("path", "/data");

        Run run = Run.with(pod.toString(), "audit", "--project", ID, "--patch");

        assertThat(run.out()).isEqualTo("[ ]\n");
        assertThat(run.err())
                .startsWith("note: the patch leaves in Pod project: WARNING host-path at ")
                .contains(DEFAULTS_NOTE)
                .hasLineCount(2);
    }

    private static Run audit(JsonNode pod) {
        return Run.with(pod.toString(), "audit", "--project", ID, "--format", "json");
    }
}
