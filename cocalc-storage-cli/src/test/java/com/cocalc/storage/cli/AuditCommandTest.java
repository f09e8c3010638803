package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator pipes into {@code audit}, and what it answers. */
class AuditCommandTest {

    private static final ProjectId FIRST = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final ProjectId SECOND = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");
    private static final String GRANT = "{\"x\":{\"quota\":{\"ext_rw\":true}}}";

    @TempDir
    private Path directory = Path.of("");

    private static Pod pod(ProjectId id) {
        return pod(id, Map.of("project_id", id.toString()));
    }

    private static Pod pod(ProjectId project, Map<String, String> labels) {
        return PodStorage.of(ProjectVolumes.forProject(project, ProjectLicenses.none()))
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("project-" + project.toString().substring(0, 8))
                                .withNamespace("cocalc")
                                .withLabels(labels)
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .withImage("project:1")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
    }

    private static PodTemplateSpec template(Pod pod) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("project_id", FIRST.toString()))
                .endMetadata()
                .withSpec(pod.getSpec())
                .build();
    }

    private static String writable(String yaml) {
        return yaml.replace("readOnly: true", "readOnly: false");
    }

    private static String list(String... items) {
        StringBuilder list = new StringBuilder("apiVersion: v1\nitems:\n");
        for (String item : items) {
            list.append("- ").append(item.strip().replace("\n", "\n  ")).append('\n');
        }
        return list + "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void eachPodOfAListIsJudgedAsItsOwnProjectsByLabelOrByItsHome() {
        String labelled = KubernetesText.yaml(pod(FIRST, Map.of("project_id", FIRST.toString())));
        String unlabelled = KubernetesText.yaml(pod(SECOND, Map.of()));

        Run run = Run.with(list(writable(labelled), writable(unlabelled)), "audit");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("note: 1 pod without a project's id in the label project_id was judged by the sub-path at"
                        + " /home/user, so the home of another project is not found; name the label with"
                        + " --project-label\n"
                        + "note: without --values the chart's defaults hold: claims projects-data and projects-software,"
                        + " fixPermissionsInit off\n");
        assertThat(run.out())
                .contains("Pod cocalc/project-6f1b0c3e, judged as project\n  " + FIRST + " (label project_id)\n")
                .contains("Pod cocalc/project-c4a1f0de, judged as project\n  " + SECOND + " (sub-path at /home/user)\n")
                .endsWith("\n2 errors in 2 pods\n");
    }

    @Test
    void theHomeIsFoundHoweverItsPathIsWrittenAndWhateverOtherContainersHaveThere() {
        String unlabelled = KubernetesText.yaml(pod(SECOND, Map.of()))
                .replace("mountPath: /home/user\n", "mountPath: /home//user/\n")
                .replace(
                        "  containers:\n",
                        "  containers:\n    - {name: a, image: i, volumeMounts: [{name: t, mountPath: /home/user}]}\n")
                .replace("  volumes:\n", "  volumes:\n    - {name: t, emptyDir: {}}\n");

        Run run = Run.with(unlabelled, "audit");

        assertThat(run.err()).startsWith("note: 1 pod without a project's id").contains("sub-path at /home/user");
        assertThat(run.out()).doesNotContain("owner-unknown");
    }

    @Test
    void thePodOfOneProjectWithTheHomeOfAnotherIsAnErrorWhereTheLabelSaysWhose() {
        String stolen = KubernetesText.yaml(pod(SECOND, Map.of("owner", FIRST.toString())));

        Run run = Run.with(stolen, "audit", "--project-label", "owner");

        assertThat(run.out())
                .contains("ERROR other-project\n  where    /spec/containers/0/volumeMounts/0/subPath\n")
                .contains("fix      set /spec/containers/0/volumeMounts/0/subPath to\n           \"projects/" + FIRST
                        + "\"\n");
    }

    @Test
    void withProjectAllPodsAreJudgedAsThatOne() {
        Run run = Run.with(
                list(KubernetesText.yaml(pod(FIRST)), KubernetesText.yaml(pod(SECOND))),
                "audit",
                "--project",
                FIRST.toString());

        assertThat(run.out()).contains("ERROR other-project").endsWith("\n1 error in 2 pods\n");
    }

    @Test
    void aPodThatLooksLikeAServiceIsNotJudgedAsOneButItsOperatorIsToldHow() {
        String service = KubernetesText.yaml(
                PodStorage.of(ServiceVolumes.forService(StorageService.MANAGE_COPY, StorageConfig.defaults()))
                        .applyTo(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withName("copy")
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName("main")
                                        .withImage("x")
                                        .endContainer()
                                        .endSpec()
                                        .build(),
                                "main"));

        Run run = Run.with(service, "audit");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("WARNING owner-unknown")
                .contains(
                        "it mounts what manage-copy or hub-proxy needs: if it is that service, judge it by itself with"
                                + " --service; if it is a project's, add the label");
    }

    @Test
    void aPodThatMountsStorageAndIsNobodysIsTold() {
        String nobodys = KubernetesText.yaml(pod(FIRST, Map.of())).replaceAll("projects/[-0-9a-f]{36}", "backups");

        Run run = Run.with(nobodys, "audit");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Pod cocalc/project-6f1b0c3e\n\nWARNING owner-unknown\n")
                .endsWith("\n1 warning in 1 pod\n");
    }

    @Test
    void podsWithoutStorageAndOtherObjectsArePassedOver() {
        String other = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: b}]}\n";
        String claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\n";

        assertThat(Run.with(list(other, claim, KubernetesText.yaml(pod(FIRST))), "audit"))
                .isEqualTo(new Run(
                        0,
                        "nothing found in 1 pod\n",
                        "note: 1 pod that mounts no storage of CoCalc and is not a project's was passed over\n"));
    }

    @Test
    void aPodTemplateIsJudgedWhereverItIs() {
        Pod pod = pod(FIRST);
        String deployment = KubernetesText.yaml(new DeploymentBuilder()
                .withNewMetadata()
                .withName("project")
                .endMetadata()
                .withNewSpec()
                .withTemplate(template(pod))
                .endSpec()
                .build());
        String cronJob = KubernetesText.yaml(new CronJobBuilder()
                .withNewMetadata()
                .withName("nightly")
                .endMetadata()
                .withNewSpec()
                .withNewJobTemplate()
                .withNewSpec()
                .withTemplate(template(pod))
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build());

        Run run = Run.with(writable(deployment) + "---\n" + writable(cronJob), "audit");

        assertThat(Run.with(deployment + "---\n" + cronJob, "audit"))
                .isEqualTo(new Run(0, "nothing found in 2 pods\n", ""));
        assertThat(run.out())
                .contains("Deployment project, judged as project")
                .contains("where    /spec/template/spec/containers/0/volumeMounts/1/readOnly\n")
                .contains("CronJob nightly, judged as project")
                .contains("where    /spec/jobTemplate/spec/template/spec/containers/0/volumeMounts/1/readOnly\n")
                .endsWith("\n2 errors in 2 pods\n");
    }

    @Test
    void eachTemplateOfACustomResourceIsJudged() {
        String template = writable(KubernetesText.yaml(template(pod(FIRST, Map.of("project_id", FIRST.toString())))));
        String job = "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata: {name: train}\nspec:\n  replicas:\n"
                + ("    a/b:\n      template:\n        " + template.strip().replace("\n", "\n        ") + "\n")
                + ("    worker:\n      template:\n        " + template.strip().replace("\n", "\n        ") + "\n");

        Run run = Run.with(job, "audit");

        assertThat(run.out())
                .contains("PyTorchJob train, judged as project")
                .contains("where    /spec/replicas/a~1b/template/spec/containers/0/volumeMounts/1/readOnly\n")
                .contains("where    /spec/replicas/worker/template/spec/containers/0/volumeMounts/1/readOnly\n")
                .endsWith("\n2 errors in 2 pods\n");
        assertThat(Run.with(job, "audit", "--patch").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"kind\":\"PyTorchJob\",\"name\":\"train\",\"patch\":["));
    }

    @Test
    void whatTheServerAddsIsNoFinding() {
        String json = KubernetesText.json(pod(FIRST));
        String asTheServerHasIt = json.replaceFirst("\"metadata\" : \\{", """
                        "metadata" : {
                            "uid" : "1a2b", "resourceVersion" : "7", "creationTimestamp" : "2026-01-01T00:00:00Z",
                            "managedFields" : [{"manager": "hub", "fieldsV1": {"f:spec": {}}}],""")
                .replaceFirst("\\{", "{ \"status\": {\"phase\": \"Running\", \"qosClass\": \"Burstable\"},");

        assertThat(Run.with(asTheServerHasIt, "audit")).isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
    }

    @Test
    void theListOfOneKindThatTheServerItselfGivesIsRead() {
        String pods = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":["
                + KubernetesText.json(pod(FIRST))
                        .replaceFirst("\"apiVersion\" : \"v1\",", "")
                        .replaceFirst("\"kind\" : \"Pod\",", "")
                + "]}";

        assertThat(Run.with(pods, "audit")).isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
    }

    @Test
    void licencesOfManyProjectsAreReadByLine() throws IOException {
        String lines = "{\"project_id\":\"" + FIRST + "\",\"site_license\":" + GRANT + "}\n" + "{\"project_id\":\""
                + SECOND + "\",\"site_license\":null}\n";
        String pods = list(KubernetesText.yaml(pod(FIRST)), KubernetesText.yaml(pod(SECOND)));

        Run run = Run.with(pods, "audit", "--licenses", file("licenses.jsonl", lines));

        assertThat(run.out())
                .contains("Pod cocalc/project-6f1b0c3e, judged")
                .contains("ERROR read-only")
                .endsWith("\n1 error in 2 pods\n");
    }

    @Test
    void anEmptyListIsNothingToFind() {
        assertThat(Run.with("apiVersion: v1\nitems: []\nkind: List\n", "audit"))
                .isEqualTo(new Run(0, "nothing found in 0 pods\n", "note: standard input is an empty list\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: List\napiVersion: v1\nitems: null\n",
                "kind: PodList\napiVersion: v1\n",
                "kind: List\nitems:\n- kind: List\n  items: []\n",
                "\ufeffkind: List\r\nitems: []\r\n"
            })
    void anEmptyListMayBeWrittenInManyWays(String list) {
        assertThat(Run.with(list, "audit"))
                .isEqualTo(new Run(0, "nothing found in 0 pods\n", "note: standard input is an empty list\n"));
    }

    @Test
    void listsMayBeInLists() {
        String pod = KubernetesText.json(pod(FIRST));
        String lists =
                "{\"kind\":\"List\",\"items\":[{\"kind\":\"List\",\"items\":[" + pod + "," + pod + "]}," + pod + "]}";

        assertThat(Run.with(lists, "audit")).isEqualTo(new Run(0, "nothing found in 3 pods\n", ""));
    }

    @Test
    void linesOfJsonMayHaveEmptyLinesBetweenThem() {
        String pod = KubernetesText.json(pod(FIRST)).replace("\n", "");

        assertThat(Run.with("\n" + pod + "\n\n \n" + pod + "\n\n", "audit"))
                .isEqualTo(new Run(0, "nothing found in 2 pods\n", ""));
    }

    @Test
    void licencesMayBeOverSeveralLinesBehindAByteOrderMarkOrInAnArray() throws IOException {
        String lines = "\ufeff{\n \"project_id\": \"" + SECOND + "\"}{\"project_id\":\"" + FIRST
                + "\",\r\n\"site_license\":" + GRANT + "}\r\n";

        String array = "[" + lines.substring(1).replace("}{", "},{") + "]";

        for (String text : List.of(lines, array)) {
            Run run = Run.with(KubernetesText.yaml(pod(FIRST)), "audit", "--licenses", file("licenses.jsonl", text));

            assertThat(run.out()).contains("ERROR read-only").endsWith("\n1 error in 1 pod\n");
        }
    }

    @Test
    void aNameOfAnyLengthIsPrintedWhole() {
        String name = "n".repeat(100_000);
        String quoted = "\"" + "q ".repeat(50_000) + "\"";
        String pods = list(
                KubernetesText.yaml(pod(FIRST)).replace("name: project-", "name: " + name),
                KubernetesText.yaml(pod(FIRST)).replace("mountPath: /ext", "mountPath: /ext\n      " + quoted + ": 1"));

        assertThat(Run.with(pods, "audit", "--project", FIRST.toString()).out()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "warning", "hint", "ERROR"})
    void onlyTheSeveritiesThatAreAskedForFailTheRun(String severity) {
        String warned = KubernetesText.yaml(pod(FIRST)).replaceAll("\\s*fsGroupChangePolicy: .*", "");

        Run run = Run.with(warned, "audit", "--fail-on", severity);

        assertThat(run.out()).endsWith("\n1 warning in 1 pod\n");
        assertThat(run.exitCode()).isEqualTo(severity.equalsIgnoreCase("error") ? 0 : 1);
    }

    @Test
    void jsonAndYamlHaveTheFieldsOfTheText() {
        String wrong = writable(KubernetesText.yaml(pod(FIRST)));

        assertThat(Run.with(wrong, "audit", "--format", "yaml").out()).isEqualTo("""
                - kind: Pod
                  namespace: cocalc
                  name: project-6f1b0c3e
                  judgedAs: "project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"
                  judgedBy: "label project_id"
                  severity: ERROR
                  code: writable
                  where: /spec/containers/0/volumeMounts/1/readOnly
                  what: "container \\"project\\" can write to the claim \\"projects-software\\" at \\"/ext\\" (the project has no licence)"
                  happens: "the container can change what others run or read"
                  fix: "set /spec/containers/0/volumeMounts/1/readOnly to true"
                  patch:
                    - op: replace
                      path: /spec/containers/0/volumeMounts/1/readOnly
                      value: true
                  serverFields: []
                """);
        assertThat(Run.with(wrong, "audit", "--format", "json").out())
                .startsWith("[\n  {\n    \"kind\" : \"Pod\",\n    \"namespace\" : \"cocalc\",\n")
                .endsWith("\n  }\n]\n");
        assertThat(Run.with(KubernetesText.yaml(pod(FIRST)), "audit", "--format", "json"))
                .isEqualTo(new Run(0, "[ ]\n", ""));
    }

    @Test
    void aTerminalHasColoursAndTheWholeValueInOneLine() {
        String wrong = writable(KubernetesText.yaml(pod(FIRST)));

        assertThat(run(wrong, Screen.Colours.ON)).contains("\u001b[1;31mERROR\u001b[0m writable\n");
        assertThat(run(wrong, Screen.Colours.OFF)).doesNotContain("\u001b");
        assertThat(run(wrong, Screen.Colours.OFF).lines().filter(line -> line.length() > 40))
                .allMatch(line -> line.matches("(  where)? +/spec/containers/0/volumeMounts/1/readOnly"));
    }

    private static String run(String input, Screen.Colours colours) {
        java.io.InputStream before = System.in;
        System.setIn(new java.io.ByteArrayInputStream(input.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try {
            return Run.on(40, colours, "audit").out();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void coloursAreOffWithoutATerminalAndWithNoColor() {
        assertThat(Screen.ofProcess(Map.of("TERM", "xterm")).colours()).isEqualTo(Screen.Colours.OFF);
        System.setProperty("cocalc.storage.terminal", "true");
        try {
            assertThat(Screen.ofProcess(Map.of("TERM", "xterm")).colours()).isEqualTo(Screen.Colours.ON);
            assertThat(Screen.ofProcess(Map.of("TERM", "xterm", "NO_COLOR", "1"))
                            .colours())
                    .isEqualTo(Screen.Colours.OFF);
            assertThat(Screen.ofProcess(Map.of("TERM", "dumb")).colours()).isEqualTo(Screen.Colours.OFF);
        } finally {
            System.clearProperty("cocalc.storage.terminal");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "x", "99999999999"})
    void aWidthThatIsNoneIsEighty(String columns) {
        assertThat(Screen.ofProcess(Map.of("COLUMNS", columns)).width()).isEqualTo(80);
        assertThat(Screen.ofProcess(Map.of()).width()).isEqualTo(80);
        assertThat(Screen.ofProcess(Map.of("COLUMNS", "132")).width()).isEqualTo(132);
    }

    /** A list is never held as a whole: each pod is read, judged and forgotten. */
    @Test
    void aPodIsJudgedBeforeTheNextIsRead() {
        String wrong = writable(KubernetesText.yaml(pod(FIRST)));

        Run run = Run.with(wrong + "---\nkind: [broken", "audit");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("ERROR writable");
        assertThat(run.err()).startsWith("error: standard input, line ").hasLineCount(1);
    }

    @Test
    void namesOfSeveralFilesAreTaken() throws IOException {
        String first = file("a.yaml", KubernetesText.yaml(pod(FIRST)));
        String second = file("b.json", KubernetesText.json(pod(SECOND)));

        assertThat(Run.of("audit", first, second)).isEqualTo(new Run(0, "nothing found in 2 pods\n", ""));
        assertThat(List.of(Run.of("audit", first, directory + "/gone.yaml").exitCode()))
                .containsExactly(2);
    }
}
