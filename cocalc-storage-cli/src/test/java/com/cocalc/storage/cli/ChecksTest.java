package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    private static final String GRANT = "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"quota\":{\"ext_rw\":true}}}";

    @TempDir
    private Path directory = Path.of("");

    private String none = "";
    private String grant = "";
    private String pod = "";

    @BeforeEach
    void writeInputs() throws IOException {
        none = file("none.json", "{}");
        grant = file("grant.json", GRANT);
        pod = file("pod.yaml", KubernetesText.yaml(podOf(ID)));
    }

    @Test
    void aRightPodHasNoFindingAndExitCodeZero() {
        assertThat(Run.of("audit", pod, "--project", ID, "--licenses", none))
                .isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
    }

    @Test
    void aWrongPodHasFindingsAndExitCodeOne() throws IOException {
        String wrong = file("wrong.yaml", Files.readString(Path.of(pod)).replace("readOnly: true", "readOnly: false"));

        Run run = Run.of("audit", wrong, "--project", ID, "--licenses", none);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("""
                Pod project, judged as project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
                  (--project)

                ERROR writable
                  where    /spec/containers/0/volumeMounts/1/readOnly
                  what     container "project" can write to the claim "projects-software" at
                           "/ext" (the project has no licence)
                  happens  the container can change what others run or read
                  fix      set /spec/containers/0/volumeMounts/1/readOnly to true
                """);
    }

    @Test
    void findingsAsJsonAreOneArray() {
        Run run = Run.of("audit", pod, "--project", ID, "--licenses", grant, "--format", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("[\n  {\n    \"kind\" : \"Pod\",\n    \"name\" : \"project\",\n")
                .contains("\n    \"severity\" : \"ERROR\",\n    \"code\" : \"")
                .endsWith("\n  }\n]\n");
    }

    @Test
    void aPodIsReadFromStandardInputToo() throws IOException {
        assertThat(Run.with(KubernetesText.json(podOf(ID)), "audit", "--project", ID)
                        .exitCode())
                .isZero();
    }

    @Test
    void aServiceThatThereIsNotIsRefused() {
        assertThat(Run.of("audit", pod, "--service", "hub").err())
                .isEqualTo("error: --service must be one of hub-next, manage-share, manage-copy, hub-proxy, but was"
                        + " \"hub\"; correct the name\n");
    }

    @Test
    void aNewLicenceChangesTheNextStartAndExitCodeIsOne() {
        Run run = Run.of("diff", pod, "--project", ID, "--licenses", grant);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("write access is gained at the next start")
                .contains("licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", none))
                .isEqualTo(new Run(0, "nothing changes\n", ""));
    }

    @Test
    void withThePodOfTheNextStartAPatchIsTriedOnThat() throws IOException {
        String image = file("image.json", """
                {"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":
                "[{\\"op\\":\\"test\\",\\"path\\":\\"/spec/containers/0/image\\",\\"value\\":\\"project:2\\"}]"}}}""");
        String next = file("next.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: project}
                spec: {containers: [{name: project, image: "project:2"}]}
                """);

        assertThat(Run.on(1_000, Screen.Colours.OFF, "diff", pod, "--project", ID, "--licenses", image)
                        .out())
                .contains("whether the next start fails is not known");
        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", image, "--next", next, "--container", "project"))
                .isEqualTo(new Run(0, "nothing changes\n", ""));
        assertThat(Run.on(
                                1_000,
                                Screen.Colours.OFF,
                                "diff",
                                pod,
                                "--project",
                                ID,
                                "--licenses",
                                image,
                                "--next",
                                pod,
                                "--container",
                                "project")
                        .out())
                .contains("the next start fails, because operation 0 (test");
    }

    @Test
    void aContainerThatIsNotThereIsRefusedByDiff() {
        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", none, "--container", "project"))
                .isEqualTo(new Run(0, "nothing changes\n", ""));
        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", none, "--container", "x"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --container must name a container of the running pod, but was \"x\"; it has container"
                                + " \"project\"\n"));
        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", none, "--next", pod))
                .isEqualTo(new Run(2, "", "error: --next needs --container NAME; name the container of the project\n"));
    }

    @Test
    void somethingElseThanAPodIsRefusedByDiff() throws IOException {
        Run run = Run.of("diff", file("odd.yaml", "kind: Pod\nspec: 5\n"), "--project", ID, "--licenses", none);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("error: " + directory + "/odd.yaml must hold objects as the API server has them, but")
                .hasLineCount(1);
    }

    @Test
    void anEmptyClusterLacksTheClaims() throws IOException {
        Run run = Run.of(
                "preflight",
                file("list.json", "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}"),
                "--namespace",
                "x");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("ERROR claim-missing")
                .contains("claim \"projects-data\" is not in namespace \"x\"");
        assertThat(run.err())
                .isEqualTo(
                        "note: without --values the cluster is checked for the chart's defaults: claims projects-data,"
                                + " projects-software\n");
    }

    @Test
    void eachFindingOfThePreflightHasItsObjectInEveryFormat() throws IOException {
        String cluster = file("cluster.yaml", """
                kind: PersistentVolumeClaim
                apiVersion: v1
                metadata: {name: projects-data, namespace: x}
                spec: {volumeName: pv-1, accessModes: [ReadWriteOnce]}
                status: {phase: Bound}
                ---
                kind: PersistentVolume
                apiVersion: v1
                metadata: {name: pv-1}
                spec: {persistentVolumeReclaimPolicy: Delete, accessModes: [ReadWriteMany]}
                """);

        assertThat(Run.of("preflight", cluster, "--namespace", "x").out().lines())
                .filteredOn(line -> line.matches("[A-Z].*"))
                .containsExactly(
                        "PersistentVolumeClaim x/projects-data",
                        "ERROR not-read-write-many",
                        "HINT claim-preparation",
                        "PersistentVolumeClaim x/projects-software",
                        "ERROR claim-missing",
                        "PersistentVolume pv-1",
                        "WARNING reclaim-delete");
        assertThat(Run.of("preflight", cluster, "--namespace", "x", "--format", "yaml")
                        .out()
                        .lines())
                .filteredOn(line -> line.matches("(- kind|  namespace|  name|  code): .*"))
                .containsExactly(
                        "- kind: PersistentVolumeClaim",
                        "  namespace: x",
                        "  name: projects-data",
                        "  code: not-read-write-many",
                        "- kind: PersistentVolumeClaim",
                        "  namespace: x",
                        "  name: projects-data",
                        "  code: claim-preparation",
                        "- kind: PersistentVolumeClaim",
                        "  namespace: x",
                        "  name: projects-software",
                        "  code: claim-missing",
                        "- kind: PersistentVolume",
                        "  name: pv-1",
                        "  code: reclaim-delete");
        assertThat(Run.of("preflight", cluster, "--namespace", "x", "--format", "json")
                        .out())
                .startsWith("""
                        [
                          {
                            "kind" : "PersistentVolumeClaim",
                            "namespace" : "x",
                            "name" : "projects-data",
                            "severity" : "ERROR",
                        """)
                .contains("\n  {\n    \"kind\" : \"PersistentVolume\",\n    \"name\" : \"pv-1\",\n    \"severity\"");
    }

    @Test
    void severalListsBehindEachOtherAreOneSnapshotAndEmptyDocumentsNoTrouble() throws IOException {
        String claim = "kind: PersistentVolumeClaim\napiVersion: v1\nmetadata: {name: projects-%s}\n";
        String both = claim.formatted("data") + "---\n" + claim.formatted("software") + "---\n";

        assertThat(Run.of("preflight", file("both.yaml", both), "--namespace", "x")
                        .out())
                .doesNotContain("claim-missing");
        assertThat(Run.of("preflight", file("both.yaml", both), "--namespace", "X")
                        .err())
                .startsWith("error: --namespace: namespace must be a DNS-1123 label");
        assertThat(Run.of("preflight", file("alias.yaml", "a: &x 1\nb: *x\n"), "--namespace", "x")
                        .err())
                .isEqualTo("error: " + directory
                        + "/alias.yaml must not use aliases, but has *x in line 2, column 4; write the value there\n");
        String dashes = "---\n# only this\n---\n" + Files.readString(Path.of(pod)) + "---\n";
        assertThat(Run.of("audit", file("dashes.yaml", dashes), "--project", ID, "--licenses", none))
                .isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
    }

    @Test
    void aKeyOfAPodCannotMoveTheCursor() throws IOException {
        String odd = file(
                "odd.yaml",
                Files.readString(Path.of(pod)).replace("metadata:\n", "metadata:\n  labels: {\"a\\e[2J\\n\": x}\n"));

        Run run = Run.of("audit", odd, "--project", ID, "--licenses", none);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("where    /metadata/labels/a\\u001b[2J\\u000a\n")
                .doesNotContain("\u001b");
    }

    @Test
    void objectsSayWhichOptionsAreNotUsed() {
        assertThat(Run.of("objects", "--data-size", "20Gi", "--node-range", "10.0.0.0/8")
                        .err())
                .isEqualTo("note: --data-size is not used: the chart makes the claims (storage.create is true); set"
                        + " storage.class and storage.size in the values\n");
    }

    @Test
    void objectsAreOneStreamAndTheChartsValuesAFileOfTheirOwn() throws IOException {
        Path chartValues = directory.resolve("nfs-values.yaml");

        Run run = Run.of(
                "objects",
                "--values",
                file("values.yaml", "storage: {create: false}\n"),
                "--node-range",
                "10.0.0.0/16",
                "--software-owner-image",
                "busybox:1",
                "--chart-values",
                chartValues.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().split("---\n", -1)).hasSize(4);
        assertThat(run.out()).contains("kind: PersistentVolumeClaim", "kind: NetworkPolicy", "kind: Job");
        assertThat(chartValues).content().contains("reclaimPolicy: Retain");
    }

    @Test
    void theChartsValuesHaveTheClassOfTheClaimsAndADiskThatTakesThem() throws IOException {
        Path chartValues = directory.resolve("nfs-values.yaml");

        Run.of("objects", "--values", values("create: false"), "--chart-values", chartValues.toString());

        assertThat(chartValues).content().contains("size: \"121Gi\"\n", "name: nfs\n");

        String created = values("class: standard, size: {data: 1Ti, software: 1G}");
        Run.of("objects", "--values", created, "--chart-values", chartValues.toString());

        assertThat(chartValues).content().contains("size: \"1128Gi\"\n", "name: standard\n");
    }

    @Test
    void objectsSayWhenNothingIsLeftToCreate() {
        Run run = Run.of("objects");

        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("note: nothing is left to create: the chart makes the claims (storage.create is true),"
                        + " and neither --node-range nor --software-owner-image was given\n");
        assertThat(Run.of("objects", "--values", values("create: false"), "--data-size", "10GB")
                        .err())
                .startsWith("error: --data-size: size must be a quantity")
                .hasLineCount(1);
    }

    private String values(String storage) {
        try {
            return file("storage.yaml", "storage: {" + storage + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pod podOf(String id) {
        ProjectVolumes volumes = ProjectVolumes.forProject(UUID.fromString(id), ProjectLicenses.none());
        return PodStorage.of(volumes)
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("project")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .withImage("registry.example/project:1")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
