package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node dies before any operation of a copy that forces everything. */
final class CrashTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");
    private static final int SEEDS = DEEP ? 8 : 3;

    private static final List<String> FILES = List.of("one", "sub/two", "sub/twin", "sub/deep/three");

    private static RwxVolume crashable() {
        RwxVolume volume = RwxVolume.builder().crashable().build();
        FakeProjects projects = new FakeProjects(volume);
        assertThat(projects.owner.isOpen()).isTrue();
        volume.sync();
        return volume;
    }

    private static CopyRequest forced() {
        return FakeProjects.request().forcing(ForcePolicy.EVERYTHING);
    }

    private static List<RwxVolume> crashes(long seed) {
        RwxVolume volume = crashable();
        ProjectFiles files = FakeProjects.files(volume);
        List<RwxVolume> crashes = new ArrayList<>();
        volume.beforeEachOperation(event -> crashes.add(volume.afterCrash(seed)));
        files.copy(forced());
        return crashes;
    }

    private static String read(FileSystem files, String path) throws IOException {
        Path file = files.getPath("/" + path);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void afterACrashEachFileIsOldOrNewAndTheSourceIsWhole() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<RwxVolume> crashes = crashes(seed);
            List<String> source = FakeProjects.lines(crashes.get(0), FakeProjects.A_HOME);
            for (int i = 0; i < crashes.size(); i++) {
                RwxVolume crashed = crashes.get(i);
                FileSystem files = crashed.mount(Mount.asRoot());
                for (String file : FILES) {
                    String content = read(files, FakeProjects.B_HOME + "in/notes/" + file);
                    assertThat(content)
                            .as("%s, operation %s, seed %s", file, i, seed)
                            .isIn("", "one, old", "two, old", "one, new", "two, new", "three, new");
                }
                assertThat(read(files, FakeProjects.B_HOME + "in/notes/one"))
                        .as("operation %s, seed %s", i, seed)
                        .isIn("one, old", "one, new");
                assertThat(read(files, FakeProjects.B_HOME + "in/notes/sub/two"))
                        .as("operation %s, seed %s", i, seed)
                        .isIn("two, old", "two, new");
                assertThat(FakeProjects.lines(crashed, FakeProjects.A_HOME)).isEqualTo(source);
            }
        }
    }

    /** Names of directories in new directories as well, and names in the directory that gets the copy. */
    @ParameterizedTest
    @CsvSource({"notes, in/new", "notes/sub/deep, in/new", "notes/one, in/new", "notes/one, made/for/it"})
    void aForcedCopyIsOnTheDiskWhenItReturns(String from, String to) throws IOException {
        RwxVolume volume = crashable();
        FakeProjects.files(volume)
                .copy(CopyRequest.from(Projects.A, FilePath.parse(from))
                        .to(Projects.B, FilePath.parse(to))
                        .excluding("twin")
                        .forcing(ForcePolicy.EVERYTHING));
        String copy = FakeProjects.B_HOME + to;
        List<String> made = names(volume, copy);

        assertThat(made).isNotEmpty();
        for (long seed = 0; seed < 64; seed++) {
            assertThat(names(volume.afterCrash(seed), copy)).as("seed %s", seed).isEqualTo(made);
        }
    }

    /** A random tree: directories and files of few names, so that two of them meet. */
    private static void populate(RwxVolume volume, String top, Random random) {
        StringBuilder lines = new StringBuilder("0755 2001:2001 - " + top + "\n");
        List<String> directories = new ArrayList<>(List.of(top));
        List<String> files = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            String path = directories.get(random.nextInt(directories.size())) + "abcd~x".charAt(random.nextInt(6));
            if (!taken.add(path)) {
                continue;
            }
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    lines.append(random.nextInt(3) == 0 ? "0555" : "0755").append(" 2001:2001 - " + path + "/\n");
                    directories.add(path + "/");
                }
                case 2 -> {
                    if (files.isEmpty() || random.nextBoolean()) {
                        lines.append("0777 2001:2001 - " + path + " -> " + random.nextInt(2) + "\n");
                    } else {
                        String file = files.get(random.nextInt(files.size()));
                        lines.append("0644 2001:2001 = " + path + " -> " + file + "\n");
                    }
                }
                default -> {
                    String mode = random.nextInt(3) == 0 ? "0600" : "0644";
                    lines.append(mode + " 2001:2001 \"" + random.nextInt(100) + "\" " + path + "\n");
                    if (mode.equals("0644")) {
                        files.add(path);
                    }
                }
            }
        }
        volume.populate(lines.toString());
    }

    private static CopyRequest anyForced(Random random) {
        CopyRequest request = CopyRequest.from(Projects.A, FilePath.parse("any"))
                .to(Projects.B, FilePath.parse("in/any"))
                .forcing(ForcePolicy.EVERYTHING);
        request = random.nextBoolean() ? request.overwritingNewer() : request;
        request = random.nextInt(4) > 0 ? request.deletingMissing() : request;
        request = random.nextInt(3) == 0 ? request.keepingBackups() : request;
        request = random.nextInt(3) == 0 ? request.excluding("x") : request;
        return random.nextInt(4) == 0 ? request.keepingOnly(CopyAttribute.TIMES) : request;
    }

    /** What is deleted as well, and directories that stay for what is excluded in them. */
    @Test
    void whatAnyForcedCopyMakesAndDeletesIsOnTheDiskWhenItReturns() throws IOException {
        for (long seed = 0; seed < (DEEP ? 5000 : 300); seed++) {
            Random random = new Random(seed);
            RwxVolume volume = crashable();
            populate(volume, FakeProjects.A_HOME + "any/", random);
            populate(volume, FakeProjects.B_HOME + "in/any/", random);
            volume.sync();
            FakeProjects.files(volume).copy(anyForced(random));
            List<String> made = FakeProjects.lines(volume, FakeProjects.B_HOME);

            for (long crash = 0; crash < 10; crash++) {
                RwxVolume left = volume.afterCrash(crash);
                // Of several names of a file, one that was removed may be back in the staging directory.
                FakeProjects.files(left).recover(Duration.ZERO);
                assertThat(FakeProjects.lines(left, FakeProjects.B_HOME))
                        .as("seed %s, crash %s", seed, crash)
                        .isEqualTo(made);
            }
        }
    }

    private static List<String> names(RwxVolume volume, String below) {
        return FakeProjects.lines(volume, below).stream()
                .map(line -> line.replaceFirst(" -> .*", "").replaceFirst(".* ", ""))
                .toList();
    }

    @Test
    void anotherCopyAfterACrashFinishesTheJob() throws IOException {
        RwxVolume whole = crashable();
        FakeProjects.files(whole).copy(forced());
        List<String> finished = FakeProjects.lines(whole, FakeProjects.B_HOME);

        for (RwxVolume crashed : crashes(3)) {
            ProjectFiles files = FakeProjects.files(crashed);
            files.recover(Duration.ZERO);
            files.copy(forced());

            assertThat(FakeProjects.lines(crashed, FakeProjects.B_HOME)).isEqualTo(finished);
        }
    }

    @Test
    void recoveryEmptiesTheStagingDirectoryAndRecoveringTwiceIsOnce() throws IOException {
        for (RwxVolume crashed : crashes(7)) {
            ProjectFiles files = FakeProjects.files(crashed);
            files.recover(Duration.ZERO);
            List<String> once = crashed.tree().lines().toList();
            files.recover(Duration.ZERO);

            assertThat(once).noneMatch(line -> line.contains("/staging/") && !line.endsWith("/staging/"));
            assertThat(crashed.tree().lines().toList()).isEqualTo(once);
        }
    }

    @Test
    void recoveryLeavesWhatIsInUse() throws IOException {
        RwxVolume volume = crashable();
        ProjectFiles files = FakeProjects.files(volume);
        ProjectFiles other = FakeProjects.files(volume);
        int[] operations = {0};
        volume.beforeEachOperation(event -> {
            if (operations[0]++ % 10 == 0) {
                other.recover(Duration.ofHours(1));
            }
        });

        CopyReport report = files.copy(forced());

        assertThat(report.files()).isEqualTo(4);
        assertThat(FakeProjects.lines(volume, FakeProjects.PROJECTS + ".cocalc-storage/staging/"))
                .hasSize(1);
    }

    @Test
    void aCrashInARecoveryLeavesNothingThatALaterOneDoesNotDelete() throws IOException {
        RwxVolume left = crashes(0).get(40);
        List<RwxVolume> crashes = new ArrayList<>();
        ProjectFiles files = FakeProjects.files(left);
        left.beforeEachOperation(event -> crashes.add(left.afterCrash(7)));
        files.recover(Duration.ZERO);

        assertThat(crashes).hasSizeGreaterThan(10);
        for (RwxVolume crashed : crashes) {
            FakeProjects.files(crashed).recover(Duration.ZERO);

            assertThat(FakeProjects.lines(crashed, FakeProjects.PROJECTS + ".cocalc-storage/"))
                    .hasSize(2);
        }
    }
}
