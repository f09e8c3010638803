package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.RwxLaws;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifyCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private static List<String> line(Run run, String law) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith(law + " "))
                .map(line -> line.substring(law.length()).strip())
                .toList();
    }

    @Test
    void aLocalDirectoryPassesWhatCanBeTriedWithOneClient() throws IOException {
        Run run = Run.on(200, Screen.Colours.OFF, "certify", directory.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Storage at " + directory + "\n\nLAW ").contains(" 0 failed, ");
        assertThat(line(run, "rename-is-atomic")).singleElement().asString().startsWith("passed ");
        assertThat(line(run, "renames-are-seen")).containsExactly("not tried  it takes a second client");
        assertThat(line(run, "append-adds-for-all"))
                .containsExactly("not tried  it is not promised that appending clients do not overwrite each other");
        assertThat(names(directory)).isEmpty();
    }

    /** So that the last line tells what a server does not answer to. */
    @Test
    void aLawIsNamedBeforeItIsTried() {
        List<String> lastLines = new ArrayList<>();
        StringWriter text = new StringWriter() {
            @Override
            public void flush() {
                String printed = toString();
                lastLines.add(printed.substring(printed.lastIndexOf('\n') + 1).strip());
            }
        };

        Main.run(
                new Screen(new PrintWriter(text), new PrintWriter(new StringWriter()), 80, Screen.Colours.OFF),
                "certify",
                directory.toString());

        assertThat(lastLines)
                .containsSubsequence(RwxLaws.all().stream().map(Law::id).toList());
    }

    /** A second mount takes root: elsewhere this is not tried. */
    @Test
    void aSecondMountIsTriedToo(@TempDir Path other) throws Exception {
        assumeTrue(command("mount", "--bind", directory.toString(), other.toString()) == 0, "only root may mount");
        try {
            Run run = Run.of(
                    "certify",
                    directory.toString(),
                    "--second",
                    other.toString(),
                    "--promise",
                    "SHOWS_CHANGES_AT_ONCE",
                    "--promise",
                    "APPENDS_ACROSS_CLIENTS");

            assertThat(run.exitCode()).as(run.out()).isZero();
            assertThat(run.out())
                    .startsWith("Storage at " + directory + ", second client at " + other + "\n")
                    .doesNotContain("it takes a second client");
            assertThat(line(run, "append-adds-for-all"))
                    .singleElement()
                    .asString()
                    .startsWith("passed ");
            assertThat(names(directory)).isEmpty();
        } finally {
            assertThat(command("umount", other.toString())).isZero();
        }
    }

    private static int command(String... argv) throws IOException, InterruptedException {
        return new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void oneMountUnderTwoNamesIsNoSecondClient() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

        assertThat(Run.of("certify", directory.toString(), "--second", link.toString()))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --second must be another mount than PATH, but both are " + directory.toRealPath()
                                + "; mount the export once more, or leave --second out\n"));
    }

    @Test
    void twoDirectoriesThatAreNotOneStorageFail(@TempDir Path other) throws IOException {
        Run run = Run.of("certify", directory.toString(), "--second", other.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(line(run, "closed-files-are-seen"))
                .singleElement()
                .asString()
                .startsWith("failed ");
        assertThat(run.out()).contains("""

                failed: closed-files-are-seen
                  where     the second client
                  found     no directory %s/.cocalc-law-1
                  expected  what the first client has made
                  fix       mount both from the same export, without nocto
                """.formatted(other));
        assertThat(names(directory)).isEmpty();
        assertThat(names(other)).isEmpty();
    }

    @Test
    void linesFitTheTerminalAndNoWordIsCut() {
        Run run = Run.of("certify", directory.toString());

        assertThat(run.out().lines())
                .filteredOn(line -> !line.startsWith("Storage at "))
                .allMatch(line -> line.length() <= 80);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("not tried it is not promised that appending clients do not overwrite each other");
    }

    @Test
    void aProgramReadsARowForEachLaw(@TempDir Path other) throws IOException {
        Run run = Run.of("certify", directory.toString(), "--second", other.toString(), "--format", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        JsonNode rows = new ObjectMapper().readTree(run.out());
        assertThat(rows).hasSize(RwxLaws.all().size());
        assertThat(row(rows, "rename-is-atomic").fieldNames()).toIterable().containsExactly("law", "result", "what");
        assertThat(row(rows, "rename-is-atomic").path("result").asText()).isEqualTo("passed");
        JsonNode failed = row(rows, "closed-files-are-seen");
        assertThat(failed.path("result").asText()).isEqualTo("failed");
        assertThat(failed.path("where").asText()).isEqualTo("the second client");
        assertThat(failed.path("found").asText()).isEqualTo("no directory " + other + "/.cocalc-law-1");
        assertThat(failed.path("fix").asText()).isEqualTo("mount both from the same export, without nocto");
    }

    @Test
    void theSameRowsAsYaml() {
        Run run = Run.of("certify", directory.toString(), "--format", "yaml");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("- law: ").contains("  result: passed\n", "  result: \"not tried\"\n");
    }

    private static JsonNode row(JsonNode rows, String law) {
        for (JsonNode row : rows) {
            if (row.path("law").asText().equals(law)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + law);
    }

    @Test
    void whatWasThereStays() throws IOException {
        Files.writeString(
                Files.createDirectory(directory.resolve(".cocalc-law-1")).resolve("file"), "mine");

        Run.of("certify", directory.toString());

        assertThat(names(directory)).containsExactly(".cocalc-law-1");
        assertThat(directory.resolve(".cocalc-law-1/file")).hasContent("mine");
    }

    @Test
    void whatIsNoDirectoryIsBadInput() {
        String gone = directory + "/gone";

        assertThat(Run.of("certify", gone))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: PATH must be a directory, but " + gone
                                + " is not one; name where the storage is mounted\n"));
        assertThat(Run.of("certify", directory.toString(), "--second", gone))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --second must be a directory, but " + gone
                                + " is not one; name where the storage is mounted\n"));
        assertThat(Run.of("certify"))
                .isEqualTo(new Run(2, "", "error: PATH must be given; see cocalc-storage certify --help\n"));
    }

    @Test
    void thePromisesAreToldByTheNamesThatCanBeWritten() {
        assertThat(Run.of("certify", directory.toString(), "--promise", "MUCH"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --promise must be one of SHOWS_CHANGES_AT_ONCE,"
                                + " APPENDS_ACROSS_CLIENTS, KEEPS_FILES_REMOVED_ELSEWHERE, LOCKS_ACROSS_CLIENTS,"
                                + " ROOT_GIVES_AWAY, but was \"MUCH\"; correct it\n"));
        assertThat(Run.of("certify", "--help").out().replaceAll("\\s+", " "))
                .contains("One of: SHOWS_CHANGES_AT_ONCE (that a client sees at once what another did), APPENDS")
                .contains("ROOT_GIVES_AWAY (that root may give files away).");
    }

    @Test
    void whatCannotBeWrittenToIsNoStorageThatFails() {
        Run run = Run.of("certify", "/proc");

        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "a directory that root cannot write to either");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: PATH must be a directory in which this user can make and remove a directory, but"
                        + " that failed: ")
                .endsWith("; name another one, or run it as the user that it belongs to\n")
                .hasLineCount(1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
