package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortcutTest {
    private static final int OPERATIONS = 600;
    private static final String[] DIRECTORIES = {
        "/d", "/d/e", "/sticky", "/link", "/closed", "/d/../d", "/d/./e", "d", ""
    };
    private static final String[] NAMES = {"a", "b", "c", "e", "long-name-of-a-file", ".", "..", "no/such"};

    /** A recording sees single calls, so that they are made. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyCanTellWhetherCallsWereMadeOneByOne(long seed) throws Exception {
        RwxVolume recorded = volume();
        RwxVolume other = volume();
        try (Recording recording = recorded.record()) {
            List<String> expected = outcomes(recorded, seed);
            assertThat(outcomes(other, seed)).containsExactlyElementsOf(expected);
            assertThat(recording.count()).isGreaterThan(OPERATIONS);
        }
        assertThat(other.tree()).isEqualTo(recorded.tree());
    }

    @Test
    void deletingAndMovingAreSeenCallByCall() throws Exception {
        RwxVolume volume = volume();
        FileSystem mount = volume.mount(Mount.asRoot());
        Path file = mount.getPath("/d/file");
        Files.createFile(file);
        Files.createFile(mount.getPath("/d/other"));
        Files.delete(mount.getPath("/d/other"));

        try (Recording recording = volume.record()) {
            Files.move(file, mount.getPath("/d/moved"));
            Files.delete(mount.getPath("/d/moved"));

            assertThat(recording.operations().stream().map(OperationEvent::operation))
                    .containsExactly(
                            Operation.STAT, Operation.STAT, Operation.RENAME, Operation.STAT, Operation.UNLINK);
        }
    }

    @Test
    void aFileIsNotDeletedByAPathThatLedToItBefore() throws Exception {
        assertThat(failureAfterItsDirectoryMoved(Files::delete)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileIsNotMovedByAPathThatLedToItBefore() throws Exception {
        assertThat(failureAfterItsDirectoryMoved(path -> Files.move(path, path.resolveSibling("b"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    private interface Change {
        void of(Path path) throws IOException;
    }

    /** Moves the directory after the change has found it, and before it may touch it. */
    private static @Nullable Throwable failureAfterItsDirectoryMoved(Change change) throws Exception {
        RwxVolume volume = volume();
        FileSystem mount = volume.mount(Mount.asRoot());
        Path file = mount.getPath("/d/a");
        Files.createFile(file);
        Files.delete(Files.createFile(mount.getPath("/d/other")));
        byte[] name = {'d'};
        Inode directory = volume.server().root().names().find(name, 0, 1, Words.hash(name, 0, 1));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread changing = new Thread(() -> {
            try {
                change.of(file);
            } catch (IOException e) {
                failure.set(e);
            }
        });

        synchronized (directory) {
            changing.start();
            while (changing.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            Files.move(mount.getPath("/d"), mount.getPath("/moved"));
        }
        changing.join();

        assertThat(mount.getPath("/moved/a")).exists();
        return failure.get();
    }

    private static RwxVolume volume() throws IOException {
        RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
        volume.populate("""
                0777 0:0 - d/
                0777 0:0 - d/e/
                1777 0:0 - sticky/
                0755 0:0 - closed/
                0644 0:0 0 closed/a
                0777 0:0 - link -> d/e
                """);
        return volume;
    }

    private static List<String> outcomes(RwxVolume volume, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        FileSystem[] mounts = {
            volume.mount(Mount.asRoot()),
            volume.mount(Mount.as(2001, 2001)),
            volume.mount(Mount.as(2002, 2002)),
            volume.mount(Mount.as(2001, 2001).readOnly())
        };
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            FileSystem mount = mounts[random.nextInt(8) == 0 ? 3 : random.nextInt(3)];
            String outcome;
            try {
                outcome = operate(mount, random);
            } catch (IOException e) {
                outcome = e.toString();
            }
            outcomes.add(i + ": " + outcome + " at " + volume.clock().instant());
        }
        try (Stream<Path> paths = Files.walk(mounts[0].getPath("/"))) {
            for (Path path : paths.sorted().toList()) {
                outcomes.add(path + " "
                        + Files.readAttributes(
                                path,
                                "unix:mode,nlink,uid,ino,ctime,lastModifiedTime,lastAccessTime",
                                LinkOption.NOFOLLOW_LINKS));
            }
        }
        return outcomes;
    }

    private static String operate(FileSystem mount, SplittableRandom random) throws IOException {
        Path path = path(mount, random);
        switch (random.nextInt(11)) {
            case 0, 1 -> Files.createFile(path);
            case 2 -> Files.delete(path);
            case 3 -> {
                return "deleted: " + Files.deleteIfExists(path);
            }
            case 4, 5 -> {
                CopyOption[] options = random.nextInt(3) == 0
                        ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
                        : new CopyOption[0];
                Path target =
                        random.nextBoolean() ? path.resolveSibling(NAMES[random.nextInt(5)]) : path(mount, random);
                Files.move(path, target, options);
            }
            case 6 -> Files.createLink(path(mount, random), path);
            case 7 -> Files.createSymbolicLink(path, mount.getPath("a"));
            case 8, 9 -> {
                return "real: " + path.toRealPath();
            }
            default -> {
                String mode = random.nextBoolean() ? "rwxrwxrwx" : "rwxr-xr-x";
                Files.setPosixFilePermissions(mount.getPath("/d"), PosixFilePermissions.fromString(mode));
            }
        }
        return "done";
    }

    private static Path path(FileSystem mount, SplittableRandom random) {
        return mount.getPath(
                DIRECTORIES[random.nextInt(random.nextInt(4) == 0 ? DIRECTORIES.length : 4)],
                NAMES[random.nextInt(random.nextInt(8) == 0 ? NAMES.length : 5)]);
    }
}
