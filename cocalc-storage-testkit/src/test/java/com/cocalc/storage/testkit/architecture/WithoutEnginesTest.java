package com.cocalc.storage.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator's program carries the fake cluster, the laws and the contracts, but no engine of tests. */
final class WithoutEnginesTest {

    private static final List<String> ENGINES =
            List.of("junit", "assertj", "jqwik", "opentest4j", "apiguardian", "archunit");

    @Test
    void theClusterTheLawsAndTheContractsRunWithoutAnyEngine() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        ENGINES.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));

        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        WithoutEngines.class.getName(),
                        "com.cocalc.storage.testkit.cluster",
                        "com.cocalc.storage.testkit.cluster.program",
                        "com.cocalc.storage.testkit.law",
                        "com.cocalc.storage.testkit.law.contract")
                .redirectErrorStream(true);
        // With these a JVM says that it has picked them up.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.replaceFirst("classes \\d{3}\\R", "")).isEqualToNormalizingNewlines("""
                pod laws broken []
                ownership laws broken []
                contracts broken []
                """);
    }
}
