package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** Computes with paths and patterns as the JDK does with those of the real disk. */
class PathComparisonTest {
    private static final boolean IS_DEEP = Boolean.getBoolean("cocalc.deep");
    private static final int COUNT = IS_DEEP ? 2_000_000 : 10_000;
    /** So many computations are made by one JVM. */
    private static final int BATCH = IS_DEEP ? 100_000 : 10_000;

    @Test
    void everyComputationGivesWhatItGivesOnTheRealDisk() throws Exception {
        assumeTrue(File.separator.equals("/"), "skipped: the paths of this system are no UNIX paths");
        FileSystem fake = RwxVolume.create().mount(Mount.asRoot());
        int count = COUNT;
        List<String> differences = new ArrayList<>();
        for (long first = Long.getLong("path.cases.first", 0); count > 0; first += BATCH, count -= BATCH) {
            List<String> real = onTheRealDisk(first, BATCH);
            for (int i = 0; i < BATCH; i++) {
                String answer = PathCase.outcome(fake, first + i);
                if (!answer.equals(real.get(i)) && differences.size() < 20) {
                    differences.add("seed " + (first + i) + firstDifference(real.get(i), answer));
                }
            }
        }

        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    @Test
    void aTextThatCannotBeEncodedIsNamedWithoutItsExtraSlashes() {
        FileSystem fake = RwxVolume.create().mount(Mount.asRoot());

        assertThatThrownBy(() -> fake.getPath("//a//\ud800//"))
                .isExactlyInstanceOf(InvalidPathException.class)
                .hasMessage("Malformed input or input contains unmappable characters: /a/\ud800");
        assertThatThrownBy(() -> fake.getPath("\ud800/\n/"))
                .isExactlyInstanceOf(InvalidPathException.class)
                .hasMessage("Malformed input or input contains unmappable characters: \ud800/\n");
        assertThatThrownBy(() -> fake.getPath("\ud800/a/\n"))
                .isExactlyInstanceOf(InvalidPathException.class)
                .hasMessage("Malformed input or input contains unmappable characters: \ud800/a/\n");
        assertThatThrownBy(() -> fake.getPath("//a//\0//"))
                .isExactlyInstanceOf(InvalidPathException.class)
                .hasMessage("Nul character not allowed: //a//\0//");
    }

    @Test
    void complaintsAboutAGlobAreThoseOfTheJdk() {
        FileSystem fake = RwxVolume.create().mount(Mount.asRoot());

        assertThatThrownBy(() -> fake.getPathMatcher("glob:[]"))
                .isExactlyInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("^[[^/]&&[]]$")
                .extracting(e -> ((PatternSyntaxException) e).getIndex())
                .isEqualTo(11);
        assertThatThrownBy(() -> fake.getPathMatcher("glob:[a-"))
                .isExactlyInstanceOf(PatternSyntaxException.class)
                .extracting(
                        e -> ((PatternSyntaxException) e).getDescription(),
                        e -> ((PatternSyntaxException) e).getIndex())
                .containsExactly("Missing ']", 3);
        assertThatThrownBy(() -> fake.getPathMatcher("glob:[a-\0]"))
                .isExactlyInstanceOf(PatternSyntaxException.class)
                .extracting(
                        e -> ((PatternSyntaxException) e).getDescription(),
                        e -> ((PatternSyntaxException) e).getIndex())
                .containsExactly("Missing ']", 3);
        assertThatThrownBy(() -> fake.getPathMatcher("glob"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(null);
        assertThatThrownBy(() -> fake.getPathMatcher("zfs:a"))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Syntax 'zfs' not recognized");
    }

    @Test
    void pathsOfAnotherFileSystemAreForeign() {
        RwxVolume volume = RwxVolume.create();
        Path path = volume.mount(Mount.asRoot()).getPath("/a");

        for (Path foreign : List.of(Path.of("/a"), volume.mount(Mount.asRoot()).getPath("/a"))) {
            assertThat(path).isNotEqualTo(foreign);
            assertThat(path.startsWith(foreign)).isFalse();
            assertThat(path.endsWith(foreign)).isFalse();
            assertThatThrownBy(() -> path.resolve(foreign)).isExactlyInstanceOf(ProviderMismatchException.class);
            assertThatThrownBy(() -> path.relativize(foreign)).isExactlyInstanceOf(ProviderMismatchException.class);
        }
        assertThatThrownBy(() -> path.compareTo(Path.of("/a"))).isExactlyInstanceOf(ClassCastException.class);
        assertThatThrownBy(path::toFile).isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    private static String firstDifference(String real, String fake) {
        String[] expected = real.split(" \\| ", -1);
        String[] given = fake.split(" \\| ", -1);
        int i = 0;
        while (i < expected.length - 1 && i < given.length - 1 && expected[i].equals(given[i])) {
            i++;
        }
        return " " + expected[0] + "\n  real: " + expected[i] + "\n  fake: " + given[i];
    }

    /** In a JVM of its own: the JDK takes the encoding of paths from the locale, and "/" has to be the directory. */
    private static List<String> onTheRealDisk(long first, int count) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestClasses.directory().toString(),
                        PathCase.class.getName(),
                        Long.toString(first),
                        Integer.toString(count))
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        List<String> lines;
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSize(count);
        return lines;
    }
}
