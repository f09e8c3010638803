package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesCommandTest {

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void withoutOptionsTwoShippedProjectsAreShown() {
        Run run = Run.on(200, Screen.Colours.OFF, "volumes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("The shared software is read-only: no licence grants writing.")
                .contains("The shared software is read-write: granted by licence e9a81c36-5d72-4b0f-9c4e-60718293a4b5")
                .doesNotContain("apiVersion");
    }

    @Test
    void yamlIsACompletePodThatTheAuditHasNothingAgainst() throws IOException {
        String values = file("values.yaml", "global: {storage: {data: {claimName: files}}}\n");

        Run run = Run.of("volumes", "--values", values, "--format", "yaml");

        assertThat(run.out()).startsWith("apiVersion: v1\nkind: Pod\n").contains("\n---\napiVersion: v1\nkind: Pod\n");
        assertThat(Run.with(run.out(), "audit", "--values", values, "--licenses", file("licenses.jsonl", """
                                {"project_id": "%s", "site_license": {"x": {"quota": {"ext_rw": true}}}}
                                """.formatted(
                                Shipped.WITH_GRANT))))
                .isEqualTo(new Run(0, "nothing found in 2 pods\n", ""));
    }

    @Test
    void aTableThatIsTooWideIsWrittenLineByLine() throws IOException {
        String values = file("values.yaml", "global: {storage: {data: {claimName: files}}}\n");

        assertThat(Run.of("volumes", "--values", values, "--project", ID).out()).startsWith("""
                Project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11, running as 2001:2001

                CLAIM            files
                SUB-PATH         projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
                PATH IN THE POD  /home/user
                ACCESS           read-write

                CLAIM            projects-software
                """);
    }

    @Test
    void aProjectIsShownAsATableWithTheExplanation() throws IOException {
        Run run = Run.on(
                120,
                Screen.Colours.OFF,
                "volumes",
                "--values",
                file("values.yaml", "global: {storage: {data: {claimName: files}}}\n"),
                "--project",
                ID,
                "--licenses",
                file("licenses.json", "null"),
                "--format",
                "text");

        assertThat(run).isEqualTo(new Run(0, """
                Project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11, running as 2001:2001

                CLAIM              SUB-PATH                                       PATH IN THE POD  ACCESS
                files              projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11  /home/user       read-write
                projects-software  (whole claim)                                  /ext             read-only

                The shared software is read-only: the project has no licence.
                A pay-as-you-go start is computed without licences, whichever the project has: it is read-only.
                A change takes effect at the next start of the project; a running pod is never changed.
                """, ""));
    }

    @Test
    void laterValuesWin() throws IOException {
        Run run = Run.of(
                "volumes",
                "--values",
                file("a.yaml", "global: {storage: {data: {claimName: first}}}\n"),
                "--values",
                file("b.yaml", "global: {storage: {data: {claimName: second}}}\n"),
                "--format",
                "yaml");

        assertThat(run.out()).contains("claimName: second").doesNotContain("first");
    }

    @Test
    void jsonIsOneArrayWithTheDecisionOfEachProject() throws IOException {
        String none = file("none.json", "{}");
        String grant = file("grant.json", "{\"x\":{\"quota\":{\"ext_rw\":true}}}");
        Run run = Run.of(
                "volumes",
                "--project",
                ID,
                "--licenses",
                none,
                "--project",
                ID,
                "--licenses",
                grant,
                "--format",
                "json");

        assertThat(run.out())
                .startsWith("[\n  {\n    \"project\" : \"" + ID + "\",\n    \"mounts\" : [\n")
                .contains("\"pathInThePod\" : \"/ext\"")
                .contains("\"softwareAccess\" : \"read-only\"")
                .contains("\"softwareAccess\" : \"read-write\"");
    }

    @Test
    void badInputIsOneLineOnStandardErrorAndExitCodeTwo() throws IOException {
        assertThat(Run.of("volumes", "--values", directory + "/missing.yaml").err())
                .startsWith("error: ")
                .contains("missing.yaml")
                .hasLineCount(1);
        assertRefused(
                "--project: project id must be a UUID of 36 characters (hexadecimal digits in groups of 8-4-4-4-12),"
                        + " but was \"1-1-1-1-1\"; copy it whole and without braces, prefix or blanks",
                "volumes",
                "--project",
                "1-1-1-1-1",
                "--licenses",
                file("none.json", "{}"));
        assertRefused(
                directory + "/gone.json must be a file, but is not there; check the path",
                "volumes",
                "--project",
                ID,
                "--licenses",
                directory + "/gone.json");
        Path latin = Files.write(directory.resolve("latin.json"), new byte[] {'{', (byte) 0xe4, '}'});
        assertRefused(
                latin + ", line 1, column 2, must be text in UTF-8, but has the byte 0xe4; convert it",
                "volumes",
                "--project",
                ID,
                "--licenses",
                latin.toString());
        assertRefused(
                "--project=UUID must be given; see cocalc-storage volumes --help",
                "volumes",
                "--licenses",
                directory + "/none.json");
        assertRefused("there is no command \"volume\" here; did you mean volumes?", "volume");
        assertRefused(
                "there is no option or argument \"--valeus\" here; did you mean --values?", "volumes", "--valeus");
        assertRefused("there is no command \"xyzzy\" here; cocalc-storage --help lists what there is", "xyzzy");
    }

    @Test
    void aProblemInAFileNamesFileLineAndColumn() throws IOException {
        String values = file("values.yaml", "global:\n  storage:\n    data:\n      claimName: Projects_Data\n");

        Run run = Run.of("volumes", "--values", values);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: global.storage.data.claimName must be a DNS-1123 subdomain")
                .contains("but was \"Projects_Data\" (" + values + ", line 4, column 18); rename the claim");
    }

    @Test
    void helpIsThereAtEachLevel() {
        assertThat(Run.of("--help").out()).startsWith("Usage: cocalc-storage").contains("volumes");
        assertThat(Run.of("volumes", "--help").out())
                .startsWith("Usage: cocalc-storage volumes")
                .contains("--licenses");
    }

    @Test
    void theVersionIsThatOfTheBuildAtEachLevel() throws IOException {
        Matcher version =
                Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        Run expected = new Run(0, "cocalc-storage " + version.group(1) + "\n", "");

        assertThat(Run.of("-V")).isEqualTo(expected);
        for (String command : Main.COMMANDS.stream().map(Main::nameOf).toList()) {
            assertThat(Run.of(command, "--version")).as(command).isEqualTo(expected);
        }
    }

    private static void assertRefused(String message, String... arguments) {
        assertThat(Run.of(arguments)).isEqualTo(new Run(2, "", "error: " + message + "\n"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
