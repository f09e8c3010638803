package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.files.outcome.SkipReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owners of source and target swap names on a real disk while a copy runs, as fast as they can. */
final class RaceTest {

    private static final int COPIES = Boolean.getBoolean("cocalc.deep") ? 8_000 : 30;

    @TempDir(factory = InMemory.class)
    private Path directory;

    /** Swaps a name for one thing after the other, each prepared beside it. */
    private static final class Owner implements Runnable {
        private final Path kit;
        private final List<Path> names;
        private final AtomicBoolean end;
        private final Random random;

        Owner(Path home, List<Path> names, Path victim, AtomicBoolean end, long seed) throws Exception {
            this.kit = Files.createDirectory(home.resolve("kit"));
            this.names = names;
            this.end = end;
            this.random = new Random(seed);
            Files.writeString(kit.resolve("0"), "mine");
            Files.createSymbolicLink(kit.resolve("1"), victim.resolve("key"));
            Files.createSymbolicLink(kit.resolve("2"), victim);
            HostileTreeTest.run("mkfifo", kit.resolve("3").toString());
            Files.createLink(fifoOf(home), kit.resolve("3"));
            Files.createDirectories(kit.resolve("4/inside"));
            Files.writeString(kit.resolve("4/key"), "mine");
            Files.createSymbolicLink(kit.resolve("5"), Path.of("../.."));
        }

        /** Another name of the owner's FIFO, which no swap takes away. */
        private static Path fifoOf(Path home) {
            return home.resolveSibling(home.getFileName() + ".fifo");
        }

        /**
         * Frees threads that wait at the FIFO after it has lost its name, so that all copies race and none is refused.
         */
        static void free(Path home) throws IOException {
            FileChannel.open(fifoOf(home), StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        }

        @Override
        public void run() {
            while (!end.get()) {
                Path name = names.get(random.nextInt(names.size()));
                Path one = kit.resolve(Integer.toString(random.nextInt(6)));
                Path aside = kit.resolve("aside");
                try {
                    move(name, aside);
                    move(one, name);
                    move(name, one);
                    move(aside, name);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }

        /** As rename does it: what is missing, or in the way, is left. */
        private static void move(Path from, Path to) throws IOException {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                assertThat(e.getFile()).isEqualTo(from.toString());
            }
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void swapsWhileACopyRunsLeadNowhere() throws Exception {
        Projects projects = new Projects(directory);
        Path victim = Files.createDirectories(directory.resolve("projects/victim"));
        Files.writeString(victim.resolve("key"), "SECRET");
        Files.createDirectory(victim.resolve("inside"));
        List<String> before = Trees.list(victim);
        List<Path> sources = new ArrayList<>();
        List<Path> targets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sources.add(
                    projects.file(projects.a, "notes/d" + i + "/key", "text").getParent());
            sources.add(projects.file(projects.a, "notes/f" + i, "text"));
            targets.add(projects.file(projects.b, "in/d" + i + "/key", "text").getParent());
            targets.add(projects.file(projects.b, "in/f" + i, "text"));
        }
        AtomicBoolean end = new AtomicBoolean();
        List<Thread> owners = List.of(
                new Thread(new Owner(projects.a, sources, victim, end, 1)),
                new Thread(new Owner(projects.b, targets, victim, end, 2)));
        owners.forEach(Thread::start);
        ProjectFiles files = projects.files.withThreads(2).withOpenLimit(Duration.ofMillis(20));
        int finished = 0;
        try {
            for (int i = 0; i < COPIES; i++) {
                finished += copy(files, projects, i) ? 1 : 0;
                Owner.free(projects.a);
                Owner.free(projects.b);
                assertThat(Trees.list(victim)).as("copy %s", i).isEqualTo(before);
            }
        } finally {
            end.set(true);
            for (Thread owner : owners) {
                owner.join();
            }
        }

        assertThat(contents(projects.b)).doesNotContain("SECRET").contains("text");
        assertThat(finished).isGreaterThan(COPIES / 10);
        files.recover(Duration.ZERO);
        assertThat(projects.staged()).isEmpty();
    }

    /** As editors save them: under such changes tmpfs lists a name twice now and then. */
    @Test
    void filesThatAreReplacedWhileTheirDirectoryIsListedDoNotEndTheCopy() throws Exception {
        Projects projects = new Projects(directory);
        int files = 3000;
        for (int i = 0; i < files; i++) {
            projects.file(projects.a, "notes/file" + i, "o");
        }
        AtomicBoolean copied = new AtomicBoolean();
        FutureTask<Integer> editor = new FutureTask<>(() -> {
            int replaced = 0;
            for (; !copied.get(); replaced++) {
                String name = "notes/file" + replaced * 7L % files;
                Path saved = projects.file(projects.a, name + ".new", "n");
                Files.move(saved, projects.a.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            return replaced;
        });
        new Thread(editor, "editor").start();
        try {
            for (int round = 0; round < 5; round++) {
                CopyReport report = projects.copy("notes", "in" + round);
                assertThat(report.skippedByReason().keySet()).isSubsetOf(SkipReason.GONE, SkipReason.CHANGING);
            }
        } finally {
            copied.set(true);
        }
        assertThat(editor.get()).isPositive();
    }

    private static boolean copy(ProjectFiles files, Projects projects, int i) {
        CopyRequest request = projects.request("notes", "in").overwritingNewer().comparingContents();
        try {
            files.copy(i % 2 == 0 ? request : request.deletingMissing());
            return true;
        } catch (FilesException e) {
            assertThat(e.getMessage()).doesNotContain(projects.root.toString());
            return false;
        }
    }

    private static List<String> contents(Path home) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path path : walk.toList()) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    contents.add(Files.readString(path));
                }
            }
        }
        return contents;
    }
}
