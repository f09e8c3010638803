package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that the build leaves. */
class ExecutableIT {

    private static final Path PROGRAM = Path.of("target/cocalc-storage").toAbsolutePath();

    private static final Path COMPLETION =
            Path.of("target/completion/cocalc-storage.bash").toAbsolutePath();

    @TempDir
    private Path directory = Path.of("");

    private Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    private Run run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // With these a JVM says that it has picked them up.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().put("COLUMNS", "80");
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Run(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void itAnswersAsTheProgramDoesTheFirstTimeAndWithTheKeptClasses() throws Exception {
        Run expected = Run.of("volumes");

        assertThat(run(Map.of(), "volumes")).isEqualTo(expected);
        assertThat(directory.resolve("cache/cocalc-storage")).isNotEmptyDirectory();
        assertThat(run(Map.of(), "volumes")).isEqualTo(expected);
        assertThat(run(Map.of("COCALC_STORAGE_CACHE", "off"), "volumes")).isEqualTo(expected);
    }

    @Test
    void itReadsWhatAShellPutsInPlaceOfAFile() throws Exception {
        String id = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
        Run run = run(
                Map.of("ID", id),
                List.of(
                        "bash",
                        "-c",
                        PROGRAM + " volumes --project $ID --values <(echo 'global: {}') --licenses"
                                + " <(printf '{\"project_id\":\"%s\",\"site_license\":{\"x\":{\"quota\":{\"ext_rw\":true}}}}' $ID)"));

        assertThat(run.out()).startsWith("Project " + id).contains("granted by licence \"x\"");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void namesBeyondAsciiAreReadInTheLocaleOfCron() throws Exception {
        String where = PROGRAM + " where 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11 \"$(printf '\\303\\244')\"";

        Run run = shell(Map.of("LC_ALL", "C"), where);

        assertThat(run.out()).contains("/\u00e4\n");
    }

    @Test
    void withoutAHomeItKeepsNothing() throws Exception {
        assertThat(run(Map.of("HOME", "", "XDG_CACHE_HOME", "", "PATH", System.getenv("PATH")), "volumes"))
                .isEqualTo(Run.of("volumes"));
        assertThat(Path.of("/.cache/cocalc-storage")).doesNotExist();
    }

    @Test
    void theFakeClusterRunsWithoutATestEngine() throws Exception {
        assertThat(run(Map.of("COCALC_STORAGE_CACHE", "off"), "demo")).isEqualTo(Run.of("demo"));
    }

    @Test
    void badInputAndAMissingJavaHaveTheirExitCodes() throws Exception {
        assertThat(run(Map.of(), "aduit"))
                .isEqualTo(new Run(2, "", "error: there is no command \"aduit\" here; did you mean audit?\n"));
        assertThat(run(Map.of("JAVA_HOME", "/nowhere"), "volumes"))
                .isEqualTo(new Run(
                        3,
                        "",
                        "error: Java 17 or newer is needed, but there is none; install a JRE, or set JAVA_HOME\n"));
    }

    /**
     * There need not be a Docker here: what the file copies and runs is tried without it, with no shell on the PATH.
     */
    @Test
    void theImageOfTheDockerfileAnswersAsTheProgramDoesWithoutAShell() throws Exception {
        String file = Files.readString(Path.of("Dockerfile")).replace("\\\n", "");
        Path image = Files.createDirectories(directory.resolve("image/usr/local/lib"))
                .resolve("../../..")
                .normalize();
        String[] copied = words(file, "COPY").split(" ", -1);
        Path program = image.resolve(copied[1].substring(1));
        Files.createDirectories(program.resolveSibling("."));
        Files.copy(Path.of(copied[0]), program, StandardCopyOption.COPY_ATTRIBUTES);

        Run built = run(Map.of("PATH", ""), commandInImage(file, "RUN", image));
        List<String> volumes = new ArrayList<>(commandInImage(file, "ENTRYPOINT", image));
        volumes.add("volumes");

        assertThat(built).isEqualTo(Run.of("demo"));
        assertThat(image.resolve("usr/local/lib/cocalc-storage.jsa")).isNotEmptyFile();
        assertThat(run(Map.of("PATH", ""), volumes)).isEqualTo(Run.of("volumes"));
        assertThat(words(file, "USER")).isEqualTo("2001:2001");
        assertThat(file.indexOf("\nUSER ")).isBetween(file.indexOf("\nRUN "), file.indexOf("\nENTRYPOINT "));
    }

    private static String words(String dockerfile, String instruction) {
        return dockerfile
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
    }

    private static List<String> commandInImage(String dockerfile, String instruction, Path image) throws IOException {
        String[] command = new JsonMapper().readValue(words(dockerfile, instruction), String[].class);
        return Arrays.stream(command)
                .map(word -> word.replace("/usr/local/", image + "/usr/local/"))
                .map(word -> word.equals("java") ? System.getProperty("java.home") + "/bin/java" : word)
                .toList();
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        assertThat(completed("cocalc-storage au")).containsExactly("audit");
        assertThat(completed("cocalc-storage rec")).containsExactly("recover");
        assertThat(completed("cocalc-storage audit --proj")).containsExactly("--project", "--project-label");
        assertThat(completed("cocalc-storage play --back-end GANESHA_")).containsExactly("GANESHA_ROOT_SQUASH");
    }

    @Test
    void zshTakesTheSameFile() throws Exception {
        assumeTrue(shell(Map.of(), "command -v zsh").exitCode() == 0, "there is no zsh here");

        Run run = shell(
                Map.of("HOME", directory.toString()),
                "zsh -c 'autoload -U compinit; compinit -u -D; source " + COMPLETION
                        + "; print -r -- ${_comps[cocalc-storage]}'");

        assertThat(run).isEqualTo(new Run(0, "_bash_complete -F _complete_cocalc-storage -o default\n", ""));
    }

    /** What bash would offer for the last word of a line; compopt works on a prompt alone. */
    private List<String> completed(String line) throws Exception {
        Run run = shell(
                Map.of(),
                "bash -c 'compopt() { :; }; source " + COMPLETION + "; COMP_WORDS=(" + line
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_cocalc-storage;"
                        + " printf \"%s\\n\" \"${COMPREPLY[@]}\"'");

        assertThat(run.err()).isEmpty();
        return run.out().lines().map(String::strip).toList();
    }

    private Run shell(Map<String, String> environment, String command) throws IOException, InterruptedException {
        return run(environment, List.of("sh", "-c", command));
    }

    @Test
    void itCarriesNoTestEngineAndNoJar() throws IOException {
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("com/cocalc/storage/cli/Main.class", "META-INF/LICENSE")
                    .noneMatch(name -> name.endsWith(".jar"))
                    .noneMatch(name -> name.startsWith("org/junit/")
                            || name.startsWith("org/assertj/")
                            || name.startsWith("net/jqwik/"));
        }
    }
}
