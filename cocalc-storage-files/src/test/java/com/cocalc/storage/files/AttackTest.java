package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The owners of source and target swap names between any two operations of a copy. Whatever they do, nothing of another
 * project or of the host is read into the target or changed, and the copy ends.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class AttackTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    private static final int RANDOM_SCHEDULES = DEEP ? 120_000 : 600;

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

    @Test
    void oneSwapBeforeAnyOperationLeadsNowhere() {
        int schedules = Attack.eachSwap(operations(), NAMES, AttackTest::attack);

        assertThat(schedules).isGreaterThan(DEEP ? 10_000 : 300);
    }

    @Test
    void aSwapAndASwapBackAroundAnyOperationLeadNowhere() {
        int schedules = Attack.eachSwapAndSwapBack(operations(), NAMES, AttackTest::attack);

        assertThat(schedules).isGreaterThan(DEEP ? 3_000 : 100);
    }

    @Test
    void manySwapsBetweenOperationsLeadNowhere() {
        int operations = operations();
        int refused = 0;
        for (int seed = 0; seed < RANDOM_SCHEDULES; seed++) {
            refused += attack(Attack.random(seed, operations, NAMES)) ? 0 : 1;
        }

        // Both ends are frequent, or the schedules would not meet the copy.
        assertThat(refused).isBetween(RANDOM_SCHEDULES / 100, RANDOM_SCHEDULES * 3 / 4);
    }

    private static int operations() {
        FakeProjects projects = new FakeProjects(RwxVolume.create());
        ProjectFiles files = FakeProjects.files(projects.volume);
        return Attack.operations(projects.volume, () -> files.copy(FakeProjects.request()));
    }

    /** False if the copy was refused. */
    private static boolean attack(Attack.Schedule schedule) {
        RwxVolume volume = new FakeProjects(RwxVolume.create()).volume;
        List<String> outside = outside(volume);
        FileSystem a = owner(volume, FakeProjects.A_HOME);
        FileSystem b = owner(volume, FakeProjects.B_HOME);
        ProjectFiles files = FakeProjects.files(volume).withOpenLimit(Attack.OPEN_LIMIT);
        Attack attack = new Attack(
                volume,
                name -> name.startsWith(FakeProjects.A_HOME)
                        ? a.getPath("/" + name.substring(FakeProjects.A_HOME.length()))
                        : b.getPath("/" + name.substring(FakeProjects.B_HOME.length())));

        Attack.Outcome outcome = attack.run(schedule, () -> files.copy(FakeProjects.request()));

        String when = schedule + ": " + outcome.text();
        FileSystem all = volume.mount(Mount.asRoot());
        try {
            assertThat(outside(volume)).as(when).isEqualTo(outside);
            assertThat(contentsOf(all, FakeProjects.B_HOME)).as(when).noneMatch(content -> content.contains("SECRET"));
            if (outcome.isBlocked()) {
                files.recover(Duration.ZERO);
            }
            assertThat(staged(all)).as(when).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(when, e);
        }
        return outcome.finished();
    }

    /** An owner sees nothing but the own home. */
    private static FileSystem owner(RwxVolume volume, String home) {
        return volume.mount(Mount.as(2001, 2001).subPath(home.substring(0, home.length() - 1)));
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
}
