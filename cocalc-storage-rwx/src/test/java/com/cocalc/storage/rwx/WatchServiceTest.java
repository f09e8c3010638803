package com.cocalc.storage.rwx;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchServiceTest {
    private final RwxVolume volume = RwxVolume.create();
    private final Path watched = volume.mount(Mount.asRoot()).getPath("/watched");
    private final Path elsewhere =
            volume.mount(Mount.asRoot().subPath("watched")).getPath("/");

    @Test
    void whatAnotherMountDoesIsSeen() throws IOException {
        Files.writeString(elsewhere.resolve("changed"), "a");
        Files.writeString(elsewhere.resolve("removed"), "a");
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

        Files.writeString(elsewhere.resolve("new"), "a");
        Files.writeString(elsewhere.resolve("changed"), "b");
        Files.delete(elsewhere.resolve("removed"));

        assertThat(events(service))
                .containsExactly(
                        "ENTRY_CREATE new", "ENTRY_MODIFY new", "ENTRY_MODIFY changed", "ENTRY_DELETE removed");
        assertThat(service.poll()).isNull();
    }

    @Test
    void onlyTheKindsThatWereAskedForAreTold() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_DELETE);

        Files.writeString(watched.resolve("file"), "a");
        assertThat(service.poll()).isNull();
        Files.delete(watched.resolve("file"));

        assertThat(events(service)).containsExactly("ENTRY_DELETE file");
    }

    @Test
    void aFileInThePlaceOfAnotherIsDeletedAndCreated() throws IOException {
        Files.writeString(watched.resolve("file"), "a");
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

        Files.delete(watched.resolve("file"));
        Files.writeString(watched.resolve("file"), "a");

        assertThat(events(service)).containsExactly("ENTRY_DELETE file", "ENTRY_CREATE file", "ENTRY_MODIFY file");
    }

    @Test
    void lookingAtAFileIsNoChange() throws IOException {
        Files.writeString(watched.resolve("file"), "a");
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_MODIFY);

        Files.readString(watched.resolve("file"));
        Files.getLastModifiedTime(watched.resolve("file"));

        assertThat(service.poll()).isNull();
    }

    @Test
    void attributesAreAChange() throws IOException {
        Files.writeString(watched.resolve("file"), "a");
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_MODIFY);

        Files.setPosixFilePermissions(watched.resolve("file"), PosixFilePermissions.fromString("rw-------"));
        assertThat(events(service)).containsExactly("ENTRY_MODIFY file");
        Files.setLastModifiedTime(watched.resolve("file"), FileTime.from(Instant.EPOCH));
        assertThat(events(service)).containsExactly("ENTRY_MODIFY file");
    }

    @Test
    void aChangeIsSeenThoughTheClockStands() throws IOException {
        Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Path directory = RwxVolume.builder()
                .clock(standing)
                .build()
                .mount(Mount.asRoot())
                .getPath("/");
        Files.writeString(directory.resolve("file"), "a");
        WatchService service = directory.getFileSystem().newWatchService();
        directory.register(service, ENTRY_MODIFY);

        Files.writeString(directory.resolve("file"), "b");

        assertThat(events(service)).containsExactly("ENTRY_MODIFY file");
    }

    @Test
    void aKeyTellsNothingBeforeItIsReset() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE);
        Files.createFile(watched.resolve("first"));
        WatchKey key = service.poll();

        Files.createFile(watched.resolve("second"));
        assertThat(service.poll()).isNull();
        key.reset();

        assertThat(events(service)).containsExactly("ENTRY_CREATE first", "ENTRY_CREATE second");
    }

    @Test
    void aDirectoryThatIsRemovedEndsItsWatchWithASignal() throws IOException {
        Path inner = Files.createDirectory(watched.resolve("inner"));
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = inner.register(service, ENTRY_CREATE);

        Files.delete(inner);

        assertThat(service.poll()).isSameAs(key);
        assertThat(key.reset()).isFalse();
        assertThat(key.isValid()).isFalse();
    }

    @Test
    void aDirectoryThatIsRemovedWhileItIsOpenEndsItsWatchWhenItIsClosed() throws IOException {
        Path inner = Files.createDirectory(watched.resolve("inner"));
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = inner.register(service, ENTRY_CREATE);

        try (DirectoryStream<Path> open = Files.newDirectoryStream(inner)) {
            Files.delete(inner);
            assertThat(open).isEmpty();
            assertThat(key.isValid()).isTrue();
        }

        assertThat(service.poll()).isSameAs(key);
        assertThat(key.isValid()).isFalse();
    }

    @Test
    void anOpenFileTellsOfTheNameByWhichItWasOpenedWhereverThatHasGone() throws IOException {
        Path file = Files.createFile(watched.resolve("file"));
        Files.createLink(watched.resolve("other"), file);
        try (WatchService service = watched.getFileSystem().newWatchService();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            watched.register(service, ENTRY_MODIFY);
            Files.move(file, watched.resolve("renamed"));
            channel.write(ByteBuffer.allocate(1));
            assertThat(events(service)).containsExactly("ENTRY_MODIFY renamed");
            Files.delete(watched.resolve("renamed"));
            channel.write(ByteBuffer.allocate(1));
            assertThat(events(service)).containsExactly("ENTRY_MODIFY renamed");
        }
    }

    @Test
    void oneDirectoryHasOneKeyInAService() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = watched.register(service, ENTRY_CREATE);

        assertThat(watched.register(service, ENTRY_DELETE)).isSameAs(key);
        Files.createFile(watched.resolve("file"));
        assertThat(service.poll()).isNull();
    }

    @Test
    void takeWaitsForAChange() throws Exception {
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = watched.register(service, ENTRY_CREATE);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<WatchKey> taken = thread.submit(service::take);

        Files.createFile(watched.resolve("file"));

        assertThat(taken.get()).isSameAs(key);
        thread.shutdown();
    }

    @Test
    void whoWaitsIsToldThatTheServiceIsClosed() throws Exception {
        WatchService service = watched.getFileSystem().newWatchService();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<WatchKey> taken = thread.submit(service::take);

        service.close();

        assertThatThrownBy(taken::get).hasCauseInstanceOf(ClosedWatchServiceException.class);
        assertThatThrownBy(service::poll).isInstanceOf(ClosedWatchServiceException.class);
        thread.shutdown();
    }

    @Test
    void onlyDirectoriesAreWatched() throws IOException {
        Path file = Files.createFile(watched.resolve("file"));
        WatchService service = watched.getFileSystem().newWatchService();

        assertThatThrownBy(() -> file.register(service, ENTRY_CREATE))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessage("/watched/file");
        assertThatThrownBy(() -> watched.resolve("missing").register(service, ENTRY_CREATE))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("/watched/missing");
    }

    @Test
    void whoAsksForChangesAloneIsToldOfChangesOfAFileThatIsNew() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_MODIFY);

        Files.createFile(watched.resolve("file"));
        assertThat(service.poll()).isNull();
        Files.writeString(watched.resolve("file"), "a");

        assertThat(events(service)).containsExactly("ENTRY_MODIFY file");
    }

    @Test
    void afterRegisteringAgainOnlyTheNewKindsAreTold() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE);
        Files.writeString(watched.resolve("first"), "a");
        watched.register(service, ENTRY_MODIFY);
        Files.writeString(watched.resolve("first"), "b");
        Files.writeString(watched.resolve("second"), "a");

        assertThat(events(service)).containsExactly("ENTRY_CREATE first", "ENTRY_MODIFY first", "ENTRY_MODIFY second");
    }

    @Test
    void aHardLinkIsNoChangeOfTheNamesThatAreThere() throws IOException {
        Files.writeString(watched.resolve("file"), "a");
        Files.createDirectory(watched.resolveSibling("other"));
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

        Path far = Files.createLink(watched.resolveSibling("other").resolve("far"), watched.resolve("file"));
        Files.createLink(watched.resolve("near"), watched.resolve("file"));
        Files.writeString(far, "b");
        Files.delete(watched.resolve("near"));

        assertThat(events(service)).containsExactly("ENTRY_CREATE near", "ENTRY_DELETE near");
    }

    @Test
    void whatHappensBelowADirectoryOrMovesItIsNoChangeOfIt() throws IOException {
        Path inner = Files.createDirectory(watched.resolve("inner"));
        Path outer = Files.createDirectory(watched.resolveSibling("outer"));
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

        Files.writeString(inner.resolve("file"), "a");
        Files.move(outer, inner.resolve("outer"));
        Files.move(inner, watched.resolve("renamed"));
        Files.move(watched.resolve("renamed"), watched.resolveSibling("away"));

        assertThat(events(service))
                .containsExactly("ENTRY_DELETE inner", "ENTRY_CREATE renamed", "ENTRY_DELETE renamed");
    }

    @Test
    void aWatchGoesWithADirectoryThatIsMoved() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = watched.register(service, ENTRY_CREATE);

        Path moved = Files.move(watched, watched.resolveSibling("moved"));
        Files.createFile(moved.resolve("file"));

        assertThat(service.poll()).isSameAs(key);
        assertThat(key.pollEvents())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.kind() + " " + event.context()).isEqualTo("ENTRY_CREATE file"));
    }

    @Test
    void withMoreEventsThanAnybodyTakesAllAreLost() throws IOException {
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE);
        for (int i = 0; i < 600; i++) {
            Files.createFile(watched.resolve("file" + i));
        }

        assertThat(events(service)).containsExactly("OVERFLOW null");
    }

    /** The last file tells that the kernel, which takes its time, has told of all before it. */
    @Test
    void theSameEventsComeInTheSameOrderAsFromTheRealDisk(@TempDir Path disk) throws Exception {
        assertThat(eventsOfALife(watched.resolve("life"))).isEqualTo(eventsOfALife(disk.resolve("life")));
    }

    private static List<String> eventsOfALife(Path directory) throws Exception {
        Files.createDirectory(directory);
        Path outside = Files.createDirectory(directory.resolveSibling("outside"));
        Path file = directory.resolve("file");
        try (WatchService service = directory.getFileSystem().newWatchService()) {
            directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            Files.writeString(file, "a");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.createLink(directory.resolve("second"), file);
            Files.writeString(outside.resolve("x"), "a");
            Files.createLink(outside.resolve("third"), file);
            Files.move(file, directory.resolve("moved"));
            Files.writeString(directory.resolve("second"), "b");
            Files.delete(directory.resolve("second"));
            Files.createSymbolicLink(
                    directory.resolve("link"), directory.getFileSystem().getPath("moved"));
            Path sub = Files.createDirectory(directory.resolve("sub"));
            Files.writeString(sub.resolve("y"), "a");
            Files.move(sub, outside.resolve("sub"));
            Files.move(outside.resolve("x"), directory.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
            Files.setLastModifiedTime(directory.resolve("moved"), FileTime.from(Instant.EPOCH));
            Files.createFile(directory.resolve("end"));
            List<String> all = new ArrayList<>();
            while (!all.contains("ENTRY_CREATE end")) {
                WatchKey key = service.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    String text = event.kind() + " " + event.context();
                    // The JDK makes one of two changes of a file in a row, but not of those that it read apart.
                    if (event.kind() != ENTRY_MODIFY || !all.get(all.size() - 1).equals(text)) {
                        all.add(text);
                    }
                }
                key.reset();
            }
            return all;
        }
    }

    private static List<String> events(WatchService service) {
        WatchKey key = service.poll();
        List<String> events = new ArrayList<>();
        if (key != null) {
            for (WatchEvent<?> event : key.pollEvents()) {
                events.add(event.kind() + " " + event.context());
            }
            key.reset();
        }
        return events;
    }
}
