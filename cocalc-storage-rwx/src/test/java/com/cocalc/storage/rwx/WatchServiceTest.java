package com.cocalc.storage.rwx;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
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
                .containsExactlyInAnyOrder("ENTRY_CREATE new", "ENTRY_MODIFY changed", "ENTRY_DELETE removed");
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
    void aFileInThePlaceOfAnotherIsCreated() throws IOException {
        Files.writeString(watched.resolve("file"), "a");
        WatchService service = watched.getFileSystem().newWatchService();
        watched.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

        Files.delete(watched.resolve("file"));
        Files.writeString(watched.resolve("file"), "a");

        assertThat(events(service)).containsExactly("ENTRY_CREATE file");
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
        WatchService service = watched.getFileSystem().newWatchService();
        WatchKey key = watched.register(service, ENTRY_CREATE);

        Files.delete(watched);

        assertThat(service.poll()).isSameAs(key);
        assertThat(key.reset()).isFalse();
        assertThat(key.isValid()).isFalse();
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
