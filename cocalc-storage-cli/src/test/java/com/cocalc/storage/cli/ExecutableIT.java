package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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

    /** There need not be a Docker here: what the file copies and runs is tried without it. */
    @Test
    void whatTheDockerfileCopiesIsThereAndItsEntryPointRuns() throws Exception {
        List<List<String>> lines = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.matches("[A-Z]+ .*"))
                .map(line -> List.of(line.split("\\s+")))
                .toList();
        Path image = directory.resolve("image");
        for (List<String> line : lines) {
            if (line.get(0).equals("COPY")) {
                Path target = image.resolve(line.get(2).substring(1));
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(Path.of(line.get(1)), target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        String entryPoint = Files.readString(Path.of("Dockerfile")).replaceAll("(?s).*ENTRYPOINT \\[\"(.*)\"].*", "$1");
        Map<String, String> environment = Map.of(
                "PATH",
                image.resolve("usr/local/bin") + ":" + System.getenv("PATH"),
                "COCALC_STORAGE_CACHE",
                image.resolve("var/cache/cocalc-storage").toString());

        assertThat(lines).contains(List.of("RUN", entryPoint, "demo", ">", "/dev/null"));
        assertThat(shell(environment, entryPoint + " demo > /dev/null").exitCode())
                .isZero();
        assertThat(image.resolve("var/cache/cocalc-storage")).isNotEmptyDirectory();
        assertThat(shell(environment, entryPoint + " volumes")).isEqualTo(Run.of("volumes"));
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
