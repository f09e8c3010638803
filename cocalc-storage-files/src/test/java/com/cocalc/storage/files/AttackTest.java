package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The owners of source and target swap names between any two operations of a copy. Whatever they do, nothing of another
 * project or of the host is read into the target or changed.
 */
final class AttackTest {

    private static final int RANDOM_SCHEDULES = Boolean.getBoolean("cocalc.deep") ? 120_000 : 3_000;

    private static final List<String> NAMES = List.of(
            FakeProjects.A_HOME + "notes",
            FakeProjects.A_HOME + "notes/one",
            FakeProjects.A_HOME + "notes/link",
            FakeProjects.A_HOME + "notes/sub",
            FakeProjects.A_HOME + "notes/sub/two",
            FakeProjects.A_HOME + "notes/sub/deep",
            FakeProjects.B_HOME + "in",
            FakeProjects.B_HOME + "in/notes",
            FakeProjects.B_HOME + "in/notes/one",
            FakeProjects.B_HOME + "in/notes/sub",
            FakeProjects.B_HOME + "in/notes/sub/two",
            FakeProjects.B_HOME + "in/notes/sub/deep",
            FakeProjects.B_HOME + "in/notes/gone");

    private enum Swap {
        ANOTHER_PROJECT,
        ANOTHER_PROJECTS_FILE,
        THE_HOST,
        THE_HOSTS_FILE,
        UPWARDS,
        A_LOOP,
        ANOTHER_DIRECTORY,
        NOTHING,
        BACK
    }

    /** One swap before one operation. */
    private record Step(int moment, String name, Swap swap) {}

    @Test
    void oneSwapBeforeAnyOperationLeadsNowhere() throws IOException {
        int operations = operations();
        int schedules = 0;
        for (int moment = 1; moment <= operations; moment++) {
            for (String name : NAMES) {
                for (Swap swap : Swap.values()) {
                    if (swap != Swap.BACK) {
                        attack(List.of(new Step(moment, name, swap)), "one swap");
                        schedules++;
                    }
                }
            }
        }
        assertThat(schedules).isGreaterThan(10_000);
    }

    /** A check before and after does not see this: what was opened in between must be the owner's own. */
    @Test
    void aSwapAndASwapBackAroundAnyOperationLeadNowhere() throws IOException {
        int operations = operations();
        for (int moment = 1; moment <= operations; moment++) {
            for (String name : NAMES) {
                for (Swap swap : List.of(Swap.ANOTHER_PROJECT, Swap.ANOTHER_PROJECTS_FILE)) {
                    for (int length = 1; length <= 2; length++) {
                        attack(
                                List.of(new Step(moment, name, swap), new Step(moment + length, name, Swap.BACK)),
                                "swap and back");
                    }
                }
            }
        }
    }

    @Test
    void manySwapsBetweenOperationsLeadNowhere() throws IOException {
        int operations = operations();
        for (int seed = 0; seed < RANDOM_SCHEDULES; seed++) {
            Random random = new Random(seed);
            List<Step> steps = new ArrayList<>();
            int moment = 0;
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                moment += 1 + random.nextInt(i == 0 ? operations : 4);
                String name = i > 0 && random.nextBoolean()
                        ? steps.get(i - 1).name()
                        : NAMES.get(random.nextInt(NAMES.size()));
                steps.add(new Step(moment, name, Swap.values()[random.nextInt(Swap.values().length)]));
            }
            attack(steps, "seed " + seed);
        }
    }

    private static int operations() {
        FakeProjects projects = new FakeProjects(RwxVolume.create());
        int[] count = {0};
        ProjectFiles files = FakeProjects.files(projects.volume);
        projects.volume.beforeEachOperation(event -> count[0]++);
        files.copy(FakeProjects.request());
        return count[0];
    }

    private static void attack(List<Step> steps, String schedule) throws IOException {
        FakeProjects projects = new FakeProjects(RwxVolume.create());
        RwxVolume volume = projects.volume;
        List<String> outside = outside(volume);
        FileSystem all = volume.mount(Mount.asRoot());
        Owners owners = new Owners(volume);
        ProjectFiles files = FakeProjects.files(volume);
        int[] now = {0};
        volume.beforeEachOperation(event -> {
            now[0]++;
            for (Step step : steps) {
                if (step.moment() == now[0]) {
                    owners.swap(step);
                }
            }
        });

        String outcome;
        try {
            outcome = files.copy(FakeProjects.request()).toString();
        } catch (FilesException e) {
            outcome = e.toString();
            assertThat(e.getMessage()).as(schedule).doesNotContain("/projects/");
        } catch (RuntimeException e) {
            throw new AssertionError(schedule + " " + steps, e);
        }
        volume.beforeEachOperation(event -> {});

        assertThat(outside(volume)).as("%s %s: %s", schedule, steps, outcome).isEqualTo(outside);
        assertThat(contentsOf(all, FakeProjects.B_HOME))
                .as("%s %s: %s", schedule, steps, outcome)
                .noneMatch(content -> content.contains("SECRET"));
        assertThat(staged(all)).as("%s %s: %s", schedule, steps, outcome).isEmpty();
    }

    private static List<String> staged(FileSystem files) throws IOException {
        Path staging = files.getPath("/" + FakeProjects.PROJECTS + ".cocalc-storage/staging");
        if (!Files.exists(staging)) {
            return List.of();
        }
        try (Stream<Path> left = Files.list(staging)) {
            return left.map(Path::toString).toList();
        }
    }

    private static List<String> outside(RwxVolume volume) {
        return volume.snapshot()
                .toString()
                .lines()
                .filter(line -> line.contains(" etc/") || line.contains(" " + FakeProjects.C_HOME))
                .toList();
    }

    private static List<String> contentsOf(FileSystem files, String below) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(files.getPath("/" + below))) {
            for (Path path : walk.toList()) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    contents.add(Files.readString(path));
                }
            }
        }
        return contents;
    }

    /** The owners of both projects, each with nothing but the own home before the eyes. */
    private record Owners(FileSystem a, FileSystem b) {
        Owners(RwxVolume volume) {
            this(owner(volume, FakeProjects.A_HOME), owner(volume, FakeProjects.B_HOME));
        }

        private static FileSystem owner(RwxVolume volume, String home) {
            return volume.mount(Mount.as(2001, 2001).subPath(home.substring(0, home.length() - 1)));
        }

        void swap(Step step) {
            boolean inA = step.name().startsWith(FakeProjects.A_HOME);
            FileSystem home = inA ? a : b;
            Path path = home.getPath(
                    "/" + step.name().substring((inA ? FakeProjects.A_HOME : FakeProjects.B_HOME).length()));
            Path aside = home.getPath("/aside-" + path.getFileName());
            try {
                if (step.swap() == Swap.BACK) {
                    Files.deleteIfExists(path);
                    Files.move(aside, path);
                } else {
                    Files.move(path, aside);
                    replace(home, path, step.swap());
                }
            } catch (IOException e) {
                // Another step, or the copy, was faster: then this one has nothing to swap.
                assertThat(e).isNotNull();
            }
        }
    }

    private static void replace(FileSystem home, Path path, Swap swap) throws IOException {
        switch (swap) {
            case ANOTHER_PROJECT -> Files.createSymbolicLink(path, home.getPath("/" + FakeProjects.C_HOME));
            case ANOTHER_PROJECTS_FILE ->
                Files.createSymbolicLink(path, home.getPath("/" + FakeProjects.C_HOME + "key"));
            case THE_HOST -> Files.createSymbolicLink(path, home.getPath("/etc"));
            case THE_HOSTS_FILE -> Files.createSymbolicLink(path, home.getPath("/etc/passwd"));
            case UPWARDS -> Files.createSymbolicLink(path, home.getPath("../.."));
            case A_LOOP -> Files.createSymbolicLink(path, path.getFileName());
            case ANOTHER_DIRECTORY -> {
                Files.createDirectory(path);
                Files.writeString(path.resolve("two"), "another");
                Files.createDirectory(path.resolve("sub"));
            }
            case NOTHING, BACK -> {}
        }
    }
}
