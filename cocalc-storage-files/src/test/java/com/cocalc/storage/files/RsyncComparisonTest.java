package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same random trees, copied by rsync and by this library. */
final class RsyncComparisonTest {

    private static final int ROUNDS = Boolean.getBoolean("cocalc.deep") ? 1000 : 8;

    private static final List<String> PATTERNS = List.of(
            "*~", "a*", "/b*/", "+ */", "- *", "[!a]*", "**/c", "notes/***", "+ a", "x~", "/*/d", "?", "q\\\\t*", ".*");

    @TempDir(factory = InMemory.class)
    private Path directory;

    @BeforeAll
    static void rsyncIsInstalled() throws Exception {
        assumeTrue(hasRsync(), "rsync is not installed: nothing to compare with");
    }

    private static boolean hasRsync() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("rsync", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * False if rsync reports an error, or never ends: with hard links and a directory in their way it waits for ever.
     */
    private static boolean rsync(Path from, Path to, String... options) throws Exception {
        return rsync(1, from, to, options);
    }

    /** Prepares a tree, which always ends, on a busy machine too. */
    private static void prepare(Path from, Path to) throws Exception {
        assertThat(rsync(300, from, to)).isTrue();
    }

    private static boolean rsync(int seconds, Path from, Path to, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("rsync", "-rlptH"));
        command.addAll(List.of(options));
        command.addAll(List.of(from + "/", to + "/"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    @Test
    void aCopyToANewPlaceIsWhatRsyncMakes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Projects projects = new Projects(Files.createDirectories(directory.resolve("n" + round)));
            Path source = Files.createDirectory(projects.a.resolve("notes"));
            Trees.fill(source, new Random(round), 60);

            CopyReport report = projects.files.withThreads(1 + round % 4).copy(projects.request("notes", "out"));
            Path expected = Files.createDirectory(projects.root.resolve("expected"));
            prepare(source, expected);

            assertThat(report.isComplete()).as("seed %s: %s", round, report).isTrue();
            assertThat(Trees.differences(projects.b.resolve("out"), expected))
                    .as("seed %s", round)
                    .isEmpty();
            assertThat(projects.staged()).isEmpty();
        }
    }

    @Test
    void aCopyOverAnOlderTreeIsWhatRsyncMakes() throws Exception {
        over("u", List.of("-u"), request -> request);
    }

    @Test
    void aCopyThatOverwritesNewerFilesIsWhatRsyncMakes() throws Exception {
        over("o", List.of(), CopyRequest::overwritingNewer);
    }

    @Test
    void aCopyThatDeletesWhatIsMissingIsWhatRsyncMakes() throws Exception {
        over("d", List.of("--delete"), request -> request.overwritingNewer().deletingMissing());
    }

    @Test
    void aCopyThatKeepsBackupsIsWhatRsyncMakes() throws Exception {
        over("b", List.of("--backup"), request -> request.overwritingNewer().keepingBackups());
    }

    private void over(String name, List<String> options, java.util.function.UnaryOperator<CopyRequest> change)
            throws Exception {
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Projects projects = new Projects(Files.createDirectories(directory.resolve(name + round)));
            Path source = Files.createDirectory(projects.a.resolve("notes"));
            Random random = new Random(1000 + round);
            // A backup of this library is a copy, that of rsync another name of the old file; and rsync links a further
            // name over a newer file.
            boolean hardLinks = !options.contains("--backup") && !options.contains("-u");
            Trees.fill(source, random, 40, hardLinks);
            Path target = Files.createDirectory(projects.b.resolve("out"));
            Trees.fill(target, random, 40, hardLinks);
            Path expected = Files.createDirectory(projects.root.resolve("expected"));
            prepare(target, expected);

            CopyReport report =
                    projects.files.withThreads(1 + round % 4).copy(change.apply(projects.request("notes", "out")));
            assertThat(projects.staged()).isEmpty();
            if (!rsync(source, expected, options.toArray(String[]::new))) {
                continue;
            }
            compared++;
            List<String> actual = Trees.list(target);
            List<String> wanted = Trees.list(expected);
            if (options.contains("--backup")) {
                actual = Trees.withoutDirectoryTimes(actual);
                wanted = Trees.withoutDirectoryTimes(wanted);
                // Where the source has x~, rsync keeps x as x~ and loses it to the source's x~, or the reverse.
                actual = Trees.withoutSecondBackups(actual);
                wanted = Trees.withoutSecondBackups(wanted);
            }
            assertThat(Trees.differences(actual, wanted))
                    .as("seed %s, %s", round, report)
                    .isEmpty();
        }
        assertThat(compared).isGreaterThan(ROUNDS / 3);
    }

    /** The target is an older state of the source. */
    @Test
    void aCopyWithSeveralOptionsIsWhatRsyncMakesAndADryRunSaysSo() throws Exception {
        int compared = 0;
        for (int round = 0; round < 5 * ROUNDS; round++) {
            Random random = new Random(2000 + round);
            List<String> options = new ArrayList<>();
            List<String> patterns = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                patterns.add(PATTERNS.get(random.nextInt(PATTERNS.size())));
            }
            Projects projects = new Projects(Files.createDirectories(directory.resolve("m" + round)));
            Path source = Files.createDirectory(projects.a.resolve("notes"));
            boolean update = random.nextBoolean();
            // A name that is excluded stays a name of the old file, and rsync links a further name over a newer file.
            Trees.fill(source, random, 40, patterns.isEmpty() && !update);
            Path target = Files.createDirectory(projects.b.resolve("out"));
            prepare(source, target);
            Trees.change(target, random);
            Path expected = Files.createDirectory(projects.root.resolve("expected"));
            prepare(target, expected);
            CopyRequest request = projects.request("notes", "out").excluding(patterns);
            patterns.forEach(pattern -> options.add(
                    (pattern.startsWith("+ ") || pattern.startsWith("- ") ? "--filter=" : "--exclude=") + pattern));
            if (update) {
                options.add("-u");
            } else {
                request = request.overwritingNewer();
            }
            if (random.nextBoolean()) {
                options.add("--delete");
                request = request.deletingMissing();
            }
            ProjectFiles files = projects.files.withThreads(1);

            CopyReport dry = files.copy(request.asDryRun());
            CopyReport report = files.copy(request);
            assertThat(Projects.counts(dry)).as("seed %s, %s", round, options).isEqualTo(Projects.counts(report));
            if (!rsync(source, expected, options.toArray(String[]::new))) {
                continue;
            }
            compared++;
            assertThat(Trees.differences(target, expected))
                    .as("seed %s, %s, %s", round, options, report)
                    .isEmpty();
        }
        assertThat(compared).isGreaterThan(ROUNDS);
    }
}
