package com.cocalc.storage.rwx;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Random changes of a watched directory, on the fake and on the real disk: both report the same events. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the fake reports what inotify(7) does")
class WatchComparisonTest {
    private static final int LIVES = Boolean.getBoolean("cocalc.deep") ? 5_000 : 100;
    private static final long FIRST = Long.getLong("watch.cases.first", 0);
    private static final int OPERATIONS = 30;
    private static final List<WatchEvent.Kind<?>[]> KINDS = List.of(
            new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE},
            new WatchEvent.Kind<?>[] {ENTRY_MODIFY},
            new WatchEvent.Kind<?>[] {ENTRY_MODIFY, ENTRY_DELETE},
            new WatchEvent.Kind<?>[] {ENTRY_CREATE},
            new WatchEvent.Kind<?>[] {ENTRY_DELETE, ENTRY_CREATE});

    @Test
    void aRandomLifeOfADirectoryIsReportedAsFromTheRealDisk(@TempDir Path disk) throws Exception {
        Path fake = RwxVolume.create().mount(Mount.asRoot()).getPath("/");
        for (long seed = FIRST; seed < FIRST + LIVES; seed++) {
            assertThat(events(fake.resolve("life" + seed), seed))
                    .as("seed " + seed)
                    .isEqualTo(events(disk.resolve("life" + seed), seed));
        }
    }

    /** Events of a life; a file at the end shows that the kernel has reported all before it. */
    private static List<String> events(Path top, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Path watched = Files.createDirectories(top.resolve("watched"));
        Path outside = Files.createDirectory(top.resolve("outside"));
        List<Path> places = List.of(
                watched.resolve("a"),
                watched.resolve("b"),
                watched.resolve("c"),
                watched.resolve("a/x"),
                outside.resolve("a"),
                outside.resolve("b"));
        try (WatchService service = top.getFileSystem().newWatchService()) {
            Files.writeString(watched.resolve("a"), "before");
            watched.register(service, KINDS.get(random.nextInt(KINDS.size())));
            for (int i = 0; i < OPERATIONS; i++) {
                int choice = random.nextInt(20);
                if (choice == 0) {
                    watched.register(service, KINDS.get(random.nextInt(KINDS.size())));
                } else if (choice == 1) {
                    Files.setLastModifiedTime(watched, FileTime.from(Instant.ofEpochSecond(i)));
                } else {
                    perform(random, places.get(random.nextInt(6)), places.get(random.nextInt(6)));
                }
            }
            watched.register(service, ENTRY_CREATE);
            Files.createFile(watched.resolve("end"));
            return reported(service);
        }
    }

    private static List<String> reported(WatchService service) throws InterruptedException {
        List<String> all = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        while (!all.contains("ENTRY_CREATE end")) {
            WatchKey key = service.take();
            for (WatchEvent<?> event : key.pollEvents()) {
                String name = String.valueOf(event.context());
                String text = event.kind() + " " + name;
                // How many changes are one event depends on when the reader comes.
                if (!(event.kind() == ENTRY_MODIFY && text.equals(last.put(name, text)))) {
                    all.add(text);
                }
                last.put(name, text);
            }
            key.reset();
        }
        return all;
    }

    private static void perform(SplittableRandom random, Path path, Path other) {
        try {
            switch (random.nextInt(16)) {
                case 0 -> Files.writeString(path, "text");
                case 1 -> Files.writeString(path, "more", StandardOpenOption.APPEND);
                case 2 -> Files.createFile(path);
                case 3, 4 -> Files.delete(path);
                case 5 -> Files.move(path, other);
                case 6 -> Files.move(path, other, StandardCopyOption.REPLACE_EXISTING);
                case 7 -> Files.move(path, other, StandardCopyOption.ATOMIC_MOVE);
                case 8 -> Files.createLink(path, other);
                case 9 -> Files.createSymbolicLink(path, other.getFileName());
                case 10 -> Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
                case 11 -> Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(7)));
                case 12 -> Files.createDirectory(path);
                case 13 -> Files.copy(path, other, StandardCopyOption.COPY_ATTRIBUTES);
                case 14 -> truncate(path);
                default -> Files.readString(path);
            }
        } catch (IOException e) {
            // What is not possible changes nothing.
        }
    }

    private static void truncate(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(1);
        }
    }
}
