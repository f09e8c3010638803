package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayCommandTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theSoftwareIsWritableAfterTheNextStartOnceTheLicenceIsThereAndAnotherProjectReadsIt() {
        Run run = Run.of("play");

        assertThat(run).isEqualTo(new Run(0, """
                The same two projects on a fake cluster in memory, with storage GANESHA:

                job       give the claims to 2001:2001: pod cocalc-claim-preparation-0 has completed
                6f1b0c3e  start on node-1 with /ext read-only
                6f1b0c3e  write /home/user/notes.txt as 2001:2001: done
                6f1b0c3e  write /ext/kernel.txt as 2001:2001: FileSystemException: /ext/kernel.txt: Read-only file system
                hub       the project gets a licence with ext_rw: true; its pod runs on as it is
                6f1b0c3e  write /ext/kernel.txt as 2001:2001: FileSystemException: /ext/kernel.txt: Read-only file system
                6f1b0c3e  start on node-1 with /ext read-write
                6f1b0c3e  read /home/user/notes.txt as 2001:2001: "home of 6f1b0c3e"
                6f1b0c3e  write /ext/kernel.txt as 2001:2001: done
                c4a1f0de  start on node-2 with /ext read-write
                c4a1f0de  read /ext/kernel.txt as 2001:2001: "software of 6f1b0c3e"
                c4a1f0de  read /home/user/notes.txt as 2001:2001: NoSuchFileException: /home/user/notes.txt

                claim projects-data
                  0755 0:0 - /
                  0755 2001:2001 - projects/
                  0755 2001:2001 - projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/
                  0644 2001:2001 16 projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/notes.txt
                  0755 2001:2001 - projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/
                  0755 2001:2001 - shares/

                claim projects-software
                  0755 2001:2001 - /
                  0644 2001:2001 20 kernel.txt
                """, ""));
    }

    @Test
    void whereRootIsSquashedNoProjectStartsAndTheReasonIsExplained() {
        Run run = Run.of("play", "--back-end", "GANESHA_ROOT_SQUASH");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "job       give the claims to 2001:2001: pod cocalc-claim-preparation-0 does not start: container"
                                + " chown: CreateContainerConfigError: failed to create subPath directory")
                .contains("kubelet   pod project-6f1b0c3e does not start: container fix-permissions:"
                        + " CreateContainerConfigError: failed to create subPath directory")
                .contains("\nwhy       the kubelet cannot make or enter the sub-path of volume \"home\"")
                .doesNotContain("write /");
    }

    @Test
    void withoutTheInitContainerTheHomeIsOfRootAndWritingFails() throws IOException {
        Path values =
                Files.writeString(directory.resolve("values.yaml"), "global: {storage: {data: {claimName: files}}}\n");

        Run run = Run.of("play", "--values", values.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("write /home/user/notes.txt as 2001:2001: AccessDeniedException: /home/user/notes.txt\n")
                .contains("\nclaim files\n");
    }

    @Test
    void programsReadTheStepsAndTheClaims() {
        Run run = Run.of("play", "--format", "yaml");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("""
                        backEnd: GANESHA
                        started: true
                        steps:
                          - who: job
                            what: "give the claims to 2001:2001: pod cocalc-claim-preparation-0 has completed"
                          - who: "6f1b0c3e"
                            what: "start on node-1 with /ext read-only"
                        """).endsWith("""
                          - claim: projects-software
                            entries:
                              - "0755 2001:2001 - /"
                              - "0644 2001:2001 20 kernel.txt"
                        """);
    }

    @Test
    void programsReadWhyAPodDoesNotStart() throws IOException {
        Run run = Run.of("play", "--back-end", "GANESHA_ROOT_SQUASH", "--format", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode story = new ObjectMapper().readTree(run.out());
        assertThat(story.fieldNames()).toIterable().containsExactly("backEnd", "started", "steps", "claims");
        assertThat(story.path("started").asBoolean(true)).isFalse();
        assertThat(story.path("claims")).isEmpty();
        assertThat(story.path("steps").findValuesAsText("who")).containsExactly("job", "kubelet", "why");
    }

    @Test
    void anUnknownBackEndIsBadInputThatListsTheKnownOnes() {
        Run run = Run.of("play", "--back-end", "FLOPPY");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("FLOPPY").contains("GANESHA_ROOT_SQUASH");
        assertThat(List.of(run.out())).containsExactly("");
    }
}
