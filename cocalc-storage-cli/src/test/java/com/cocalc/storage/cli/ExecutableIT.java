package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @TempDir
    private Path directory = Path.of("");

    private Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
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
