package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diagnose}, {@code where}, {@code services}, {@code patches} and the formats of {@code diff}. */
class FurtherCommandsTest {

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

    private static final String STUCK = """
            apiVersion: v1
            items:
            - apiVersion: v1
              kind: Pod
              metadata: {name: project-a, namespace: cocalc, uid: "1"}
              spec:
                containers:
                - {name: project, image: project, volumeMounts: [{name: home, mountPath: /home/user, subPath: projects/a}]}
                volumes: [{name: home, persistentVolumeClaim: {claimName: projects-data}}]
              status: {phase: Pending}
            - apiVersion: v1
              kind: Pod
              metadata: {name: project-b, namespace: cocalc, uid: "2"}
              spec: {containers: [{name: project, image: project}]}
              status: {phase: Running}
            - apiVersion: v1
              kind: Event
              metadata: {name: e, namespace: cocalc}
              involvedObject: {kind: Pod, name: project-a, namespace: cocalc, uid: "1"}
              reason: FailedMount
              type: Warning
              message: "MountVolume.SetUp failed for volume \\"pvc\\" : mount.nfs: Connection timed out"
            kind: List
            """;

    @TempDir
    private Path directory = Path.of("");

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void anEventOfTheGroupOfEventsIsReadAsOneOfTheCore() {
        String events = STUCK.replace("apiVersion: v1\n  kind: Event", "apiVersion: events.k8s.io/v1\n  kind: Event")
                .replace("involvedObject:", "regarding:")
                .replace("message:", "note:");

        assertThat(events).isNotEqualTo(STUCK);
        assertThat(Run.with(events, "diagnose")).isEqualTo(Run.with(STUCK, "diagnose"));
    }

    @Test
    void thePodThatIsStuckIsDiagnosedOutOfWhatKubectlPrints() {
        Run all = Run.with(STUCK, "diagnose");

        assertThat(all.exitCode()).isEqualTo(1);
        assertThat(all.err()).isEmpty();
        assertThat(all.out())
                .startsWith(
                        "Pod cocalc/project-a\n\nserver-unreachable\n  seen  event \"FailedMount\": MountVolume.SetUp failed for volume \"pvc\" :"
                                + "\n        mount.nfs: Connection timed out\n")
                .contains("\n  what  ", "\n  fix   ")
                .endsWith("\n1 cause in 2 pods\n");
        assertThat(Run.with(STUCK, "diagnose", "--pod", "project-b"))
                .isEqualTo(new Run(0, "nothing points to the storage in 1 pod\n", ""));
        assertThat(Run.with(STUCK, "diagnose", "--pod", "project-a", "--format", "yaml")
                        .out())
                .startsWith(
                        "- kind: Pod\n  namespace: cocalc\n  name: project-a\n  code: server-unreachable\n  about: node\n  seen: ")
                .contains("\n  what: ", "\n  fix: ");
    }

    @Test
    void aLogMayHaveBytesThatAreNoText() throws IOException {
        byte[] line = "touch: cannot touch '/home/user/x': Permission denied\n".getBytes(StandardCharsets.UTF_8);
        byte[] log = new byte[line.length + 3];
        log[0] = (byte) 0xff;
        log[1] = (byte) 0xc3;
        log[2] = '\n';
        System.arraycopy(line, 0, log, 3, line.length);
        Path file = Files.write(directory.resolve("log.bin"), log);

        assertThat(Run.with(STUCK, "diagnose", "--pod", "project-a", "--log", file.toString())
                        .out())
                .contains("\nwrong-owner-of-home\n");
    }

    @Test
    void aPodIsNamedAsTheOutputNamesIt() {
        String twice = STUCK.replace("name: project-b, namespace: cocalc", "name: project-a, namespace: other");

        assertThat(Run.with(twice, "diagnose", "--pod", "cocalc/project-a").out())
                .startsWith("Pod cocalc/project-a\n")
                .endsWith("\n1 cause in 1 pod\n");
        assertThat(Run.with(twice, "diagnose", "--pod", "other/project-a").out())
                .isEqualTo("nothing points to the storage in 1 pod\n");
        assertThat(Run.with(twice, "diagnose", "--pod", "project-a").out()).endsWith("\n1 cause in 2 pods\n");
        assertThat(Run.with(twice, "diagnose", "--pod", "cocalc/project-b").err())
                .isEqualTo("error: --pod must name a pod of the input, but was \"cocalc/project-b\"; it has"
                        + " cocalc/project-a, other/project-a\n");
    }

    @Test
    void theCausesOfAPodStandBelowItsNameOnce() throws IOException {
        String log = file("log.txt", "touch: cannot touch '/home/user/x': Permission denied\n");

        assertThat(Run.with(STUCK, "diagnose", "--pod", "project-a", "--log", log)
                        .out()
                        .lines())
                .filteredOn(line -> line.matches("[A-Za-z].*"))
                .containsExactly("Pod cocalc/project-a", "server-unreachable", "wrong-owner-of-home");
    }

    @Test
    void aMessageIsShownToItsEndInOneLine() {
        String long1 = "Mounting arguments: " + "x".repeat(200) + "\\nOutput: ";

        assertThat(Run.with(STUCK.replace("mount.nfs: ", long1 + "mount.nfs: "), "diagnose", "--format", "yaml")
                        .out())
                .contains("x Output: mount.nfs: Connection timed out\"\n");
        assertThat(Run.with(STUCK.replace("timed out", "timed out " + "y".repeat(2000)), "diagnose")
                        .out())
                .contains("y…\n        (2076 characters)\n");
    }

    @Test
    void whatTheContainersWroteIsReadToo() throws IOException {
        String log = file("log.txt", "hello\ntouch: cannot touch '/home/user/x': Permission denied\n");

        assertThat(Run.with(STUCK, "diagnose", "--pod", "project-a", "--log", log)
                        .out())
                .endsWith("\n2 causes in 1 pod\n");
        assertThat(Run.with(STUCK, "diagnose", "--log", log).err())
                .isEqualTo("error: --log needs --pod NAME; name the pod that wrote it\n");
    }

    @Test
    void aFileOfAHomeIsFoundByThePathThatTheProjectSees() {
        String expected = """
                CLAIM  projects-data
                PATH   projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/a/notes.txt
                """;

        assertThat(Run.of("where", ID, "/home/user/a/notes.txt").out()).startsWith(expected);
        assertThat(Run.of("where", ID, "a/notes.txt").out()).startsWith(expected);
        assertThat(Run.of("where", ID, "//home/user//a/notes.txt/").out()).startsWith(expected);
        assertThat(Run.of("where", ID, "a//notes.txt/").out()).startsWith(expected);
        assertThat(Run.of("where", ID, "/ext//lib/")).isEqualTo(Run.of("where", ID, "/ext/lib"));
        assertThat(Run.of("where", ID, "a/notes.txt", "--format", "yaml").out()).isEqualTo("""
                claim: projects-data
                path: projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/a/notes.txt
                views:
                  - seenBy: "project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"
                    path: /home/user/a/notes.txt
                    access: read-write
                  - seenBy: manage-share
                    path: /projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/a/notes.txt
                    access: read-only
                  - seenBy: manage-copy
                    path: /projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/a/notes.txt
                    access: read-write
                  - seenBy: hub-proxy
                    path: /projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/a/notes.txt
                    access: read-write
                """);
    }

    @Test
    void homesSharesAndTheSoftwareAreFoundToo() {
        assertThat(Run.of("where", ID).out()).startsWith("CLAIM  projects-data\nPATH   projects/" + ID + "\n\n");
        assertThat(Run.of("where", ID, "--share").out())
                .startsWith("CLAIM  projects-data\nPATH   shares/" + ID + "\n\n");
        assertThat(Run.of("where", ID, "/ext/jupyter/kernel.json").out()).isEqualTo("""
                CLAIM  projects-software
                PATH   jupyter/kernel.json

                SEEN BY       PATH                      ACCESS
                all projects  /ext/jupyter/kernel.json  read-only, or read-write by licence
                """);
    }

    @Test
    void theServicesAreShownWithTheirMountsAndVariables() {
        assertThat(Run.of("services").out()).startsWith("""
                Service hub-next

                CLAIM          SUB-PATH  PATH IN THE POD  ACCESS
                projects-data  shares    /shares          read-only
                SHARES=/shares/[project_id]

                Service manage-share
                """);
        assertThat(Run.of("services", "--drawing").out())
                .isEqualTo(StorageModel.of(StorageConfig.defaults()).toMermaid().strip() + "\n");
        assertThat(Run.of("services", "--format", "yaml").out()).startsWith("""
                - service: hub-next
                  mounts:
                    - claim: projects-data
                      subPath: shares
                      pathInThePod: /shares
                      access: read-only
                  environment:
                    SHARES: "/shares/[project_id]"
                """);
        assertThat(Run.of("services", "--format", "json").out())
                .startsWith("[\n  {\n    \"service\" : \"hub-next\",\n");
    }

    @Test
    void patchesAreShownWithWhatTheyDoToAPod() throws IOException {
        String licenses = file("licenses.json", """
                {"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":
                "[{\\"op\\":\\"replace\\",\\"path\\":\\"/spec/containers/0/volumeMounts/0/subPath\\",\\"value\\":\\"projects\\"}]"}}}
                """);
        String pod = file(
                "pod.yaml",
                Run.of("volumes", "--project", ID, "--format", "yaml").out());

        assertThat(Run.of("patches", "--project", ID, "--licenses", licenses)).isEqualTo(new Run(0, """
                        replace /spec/containers/0/volumeMounts/0/subPath, of licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13
                        1 operation
                        """, ""));
        Run run = Run.of("patches", "--project", ID, "--licenses", licenses, pod);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\nERROR parent-directory\n").endsWith("\n1 operation, 1 finding\n");
        assertThat(Run.of("patches", "--project", ID).out()).isEqualTo("0 operations\n");
        assertThat(Run.of("patches", "--project", ID, "--licenses", licenses, pod, "--format", "json")
                        .out())
                .contains(
                        "\"license\" : \"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\"",
                        "\"position\" : 1",
                        "\"code\" : \"parent-directory\"");
    }

    @Test
    void ofManyFindingsAboutPatchesANoteCountsTheRest() throws IOException {
        String operations = IntStream.range(0, 105)
                .mapToObj(i ->
                        "{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/spec/volumes/-\\\",\\\"value\\\":{\\\"name\\\":\\\"v"
                                + i + "\\\",\\\"hostPath\\\":{\\\"path\\\":\\\"/proc\\\"}}}")
                .collect(Collectors.joining(","));
        String licenses = file(
                "licenses.json",
                "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"quota\":{\"patch\":\"[" + operations + "]\"}}}");
        String pod = file(
                "pod.yaml",
                Run.of("volumes", "--project", ID, "--format", "yaml").out());

        Run run = Run.of("patches", "--project", ID, "--licenses", licenses, pod);

        assertThat(run.out()).endsWith("\n105 operations, 100 findings\n");
        assertThat(run.err()).contains("note: the patches have 5 more findings, which are not listed\n");
    }

    @Test
    void differencesAreRowsForPrograms() throws IOException {
        String pod = file(
                "pod.yaml",
                Run.of("volumes", "--project", ID, "--format", "yaml").out());
        String grant = file("grant.json", "{\"x\":{\"quota\":{\"ext_rw\":true}}}");

        assertThat(Run.of("diff", pod, "--project", ID, "--licenses", grant, "--format", "yaml")
                        .out())
                .contains("aspect: ACCESS\n", "  impact: \"write access is gained at the next start\"\n");
    }

    @Test
    void objectsAreOneListInJson() throws IOException {
        String values = file("values.yaml", "storage: {create: false}\n");

        Run run = Run.of("objects", "--values", values, "--format", "json");

        assertThat(run.out())
                .startsWith("{\n  \"apiVersion\" : \"v1\",\n")
                .contains("\"kind\" : \"PersistentVolumeClaim\"");
    }

    @Test
    void claimsAndTheJobAreMadeInTheNamespaceAndThePolicyBesideTheServer() throws IOException {
        String values = file("own-claims.yaml", "storage: {create: false}\n");
        Run run = Run.of(
                "objects",
                "-n",
                "cocalc",
                "--values",
                values,
                "--node-range",
                "10.0.0.0/16",
                "--software-owner-image",
                "busybox:1.37");

        assertThat(run.out().lines().filter(line -> line.startsWith("  namespace: ")))
                .containsExactly(
                        "  namespace: cocalc", "  namespace: cocalc", "  namespace: nfs", "  namespace: cocalc");
        assertThat(Run.of("objects", "--values", values).out())
                .contains("kind: PersistentVolumeClaim")
                .doesNotContain("namespace");
        assertThat(Run.of("objects", "-n", "Not A Name").exitCode()).isEqualTo(2);
        assertThat(Run.of("objects", "-n", "Not A Name").err())
                .startsWith("error: --namespace: ")
                .hasLineCount(1);
    }

    @Test
    void thePodOfAProjectIsThatOfTheDefaultsAndTheAuditHasNothingAgainstIt() {
        Run pod = Run.of("volumes", "--project", ID, "--format", "yaml", "--image", "busybox:1.37");

        assertThat(Run.with(pod.out(), "audit", "--project", ID)).isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
        assertThat(Run.with(pod.out(), "diff", "--project", ID).exitCode()).isZero();
    }
}
