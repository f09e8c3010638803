package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user hands over: one line on standard error and exit code 2, never a stack trace. */
class BadInputTest {

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

    @TempDir
    private Path directory = Path.of("");

    private String licenses = "";

    @BeforeEach
    void writeLicenses() throws IOException {
        licenses = file("none.json", "{}");
    }

    /** The commands that read an object. */
    private List<String> command(String name, String object) {
        List<String> arguments = new ArrayList<>(List.of(name, object));
        if (name.equals("preflight")) {
            arguments.addAll(List.of("--namespace", "cocalc"));
        } else {
            arguments.addAll(List.of("--project", ID, "--licenses", licenses));
        }
        return arguments;
    }

    static Stream<Arguments> textsForEachCommand() {
        return Stream.of("audit", "diff", "preflight")
                .flatMap(command -> Stream.of(
                                "",
                                "\n\n",
                                "# nothing but a comment",
                                "---\n---\n",
                                "null",
                                "{",
                                "}",
                                "{} {}",
                                "{}\n---\n{}",
                                "{\"a\":",
                                "{\"metadata\":{\"name\":\"5\" 6}}",
                                "a: [1",
                                "a: 1\n---\nb: 2",
                                "a: b: c",
                                "\t- x",
                                "a: *nobody",
                                "a: 1\na: 2",
                                "'\u0000'",
                                "5",
                                "text",
                                "- list",
                                "[]",
                                "[".repeat(5_000),
                                "{\"a\":".repeat(5_000))
                        .map(text -> Arguments.of(command, text)));
    }

    @ParameterizedTest
    @MethodSource("textsForEachCommand")
    void aTextThatIsNoObjectIsRefusedInOneLine(String command, String text) throws IOException {
        String name = file("input.yaml", text);

        assertRefused(Run.of(command(command, name).toArray(String[]::new)), "input.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "diff", "preflight"})
    void nothingOnStandardInputIsRefusedInOneLine(String command) {
        assertThat(Run.with("", command(command, "-").toArray(String[]::new)))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: standard input must hold objects, but is empty; give what kubectl get -o yaml"
                                + " prints\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "diff", "preflight"})
    void aMissingFileAndADirectoryAreRefusedInOneLine(String command) {
        assertThat(Run.of(command(command, directory + "/gone.yaml").toArray(String[]::new))
                        .err())
                .isEqualTo("error: " + directory + "/gone.yaml must be a file, but is not there; check the path\n");
        assertRefused(
                Run.of(command(command, directory.toString()).toArray(String[]::new)),
                directory + " must be a file, but is a directory");
        assertRefused(Run.of(command(command, "a\u0000b").toArray(String[]::new)), "must be a path");
    }

    @Test
    void valuesLicencesAndFilesToWriteAreRefusedInOneLine() throws IOException {
        String odd = file("odd.yaml", "a: [1");

        for (String values : List.of(directory.toString(), directory + "/gone.yaml", odd)) {
            assertRefused(Run.of("objects", "--values", values), values);
            assertRefused(Run.of("volumes", "--values", values), values);
        }
        for (String wrong : List.of(directory.toString(), directory + "/gone.json", odd)) {
            assertRefused(Run.of("volumes", "--project", ID, "--licenses", wrong), wrong);
        }
        assertRefused(Run.of("objects", "--chart-values", directory.toString()), "must be writable");
        assertRefused(Run.of("objects", "--node-range", "10.0.0.1"), "10.0.0.1");
        assertRefused(Run.of("objects", "--nfs-namespace", "Storage", "--node-range", "10.0.0.0/8"), "Storage");
        assertRefused(Run.of("objects", "--software-owner-image", " "), "image");
    }

    @Test
    void anObjectOfAnotherKindIsRefused() throws IOException {
        String claim = file("claim.yaml", "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: x}\n");

        assertRefused(Run.of(command("diff", claim).toArray(String[]::new)), "PersistentVolumeClaim");
        assertRefused(Run.of(command("audit", claim).toArray(String[]::new)), "PersistentVolumeClaim");
    }

    @Test
    void yamlInFlowStyleIsReadToo() throws IOException {
        String pod = file("flow.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: []}}");

        assertThat(Run.of(command("audit", pod).toArray(String[]::new)).exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}", "apiVersion: v1\nkind: Pod\n"})
    void aByteOrderMarkIsPassedOver(String text) throws IOException {
        String pod = file("marked.yaml", "\ufeff" + text);

        assertThat(Run.of(command("audit", pod).toArray(String[]::new)).exitCode())
                .isEqualTo(1);
    }

    private static void assertRefused(Run run, String words) {
        assertThat(run.err()).startsWith("error: ").contains(words).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private String file(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
