package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a volume, and whatever fails: what it has counted is what is there, and no file stays open that
 * nobody can close.
 */
class SpaceAccountingTest {
    private static final int OPERATIONS = 1_500;
    private static final int THREADS = 3;
    private static final int ROUNDS = 2_000;

    private static Stream<Arguments> games() {
        long first = Long.getLong("space.games.first", 1);
        return LongStream.range(first, first + (Boolean.getBoolean("cocalc.deep") ? 300 : 6))
                .boxed()
                .flatMap(seed -> Stream.of(true, false).map(isNfs -> Arguments.of(isNfs, seed)));
    }

    /** With limits of the volume and of a directory, and operations of all kinds that fail. */
    private static RwxVolume volume(boolean isNfs, long seed) {
        RwxVolumeBuilder builder =
                RwxVolume.builder().capacity(60 * 4096).clock(new VirtualTime()).traceHandles();
        RwxVolume volume = isNfs ? builder.nfs().build() : builder.build();
        volume.quota("d", 30 * 4096, 100);
        for (Operation operation : Operation.values()) {
            volume.inject(Fault.random(60, seed, operation, Errno.EIO));
            volume.inject(Fault.random(60, seed + 1, operation, Errno.ENOSPC));
            volume.inject(Fault.random(60, seed + 2, operation, Errno.ESTALE));
        }
        return volume;
    }

    /** One thread, in which clients come between any two system calls of each other, or hooks throw. */
    @ParameterizedTest
    @MethodSource("games")
    void whatIsCountedIsThereAfterEachSystemCall(boolean isNfs, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        RwxVolume volume = volume(isNfs, seed);
        SpacePlayer.Table table = new SpacePlayer.Table(volume);
        SpacePlayer player = new SpacePlayer(table, random);
        SpaceCount count = new SpaceCount();
        int before = count.check(volume);
        volume.beforeEachOperation(event -> {
            count.check(volume);
            if (random.nextInt(20) == 0) {
                player.operateInHook();
                count.check(volume);
            }
            boolean isForgetful = player.isWalking() && event.operation() == Operation.CLOSE;
            if (random.nextInt(100) == 0 && !isForgetful) {
                throw new SpacePlayer.Thrown();
            }
        });
        for (int i = 0; i < OPERATIONS; i++) {
            player.operate();
            table.forgetClosed();
            assertThat(volume.openHandles()).hasSameSizeAs(table.opened);
            assertThat(count.check(volume)).isEqualTo(before + table.opened.size());
        }

        assertThatAllIsFreeAtTheEnd(table);
    }

    /** Three threads with all files and clients in common, which interrupt each other. */
    @ParameterizedTest
    @MethodSource("games")
    void allIsFreeWhenThreadsThatCameBetweenEachOtherAreDone(boolean isNfs, long seed) throws Exception {
        SpacePlayer.Table table = new SpacePlayer.Table(volume(isNfs, seed));
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(seed * THREADS + i);
            SpacePlayer player = new SpacePlayer(table, random);
            Thread thread = new Thread(() -> {
                for (int operation = 0; operation < OPERATIONS; operation++) {
                    player.operate();
                    if (random.nextInt(50) == 0) {
                        threads.get(random.nextInt(THREADS)).interrupt();
                    }
                }
            });
            thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThatAllIsFreeAtTheEnd(table);
    }

    @ParameterizedTest
    @MethodSource("games")
    void whatACrashLeavesIsCountedToo(boolean isNfs, long seed) {
        RwxVolumeBuilder builder = RwxVolume.builder().capacity(60 * 4096).crashable();
        RwxVolume volume = isNfs ? builder.nfs().build() : builder.build();
        volume.quota("d", 30 * 4096, 100);
        SpacePlayer player = new SpacePlayer(new SpacePlayer.Table(volume), new SplittableRandom(seed));
        for (int crash = 0; crash < OPERATIONS / 100; crash++) {
            for (int i = 0; i < 100; i++) {
                player.operate();
            }

            new SpaceCount().check(volume.afterCrash(crash));
        }
        volume.crash(seed);
        new SpaceCount().check(volume);
    }

    private static void assertThatAllIsFreeAtTheEnd(SpacePlayer.Table table) throws IOException {
        RwxVolume volume = table.volume;
        volume.heal();
        volume.beforeEachOperation(event -> {});
        table.closeAll();
        new SpaceCount().check(volume);
        FileSystem last = volume.mount(Mount.asRoot());
        try (Stream<Path> all = Files.walk(last.getPath("/"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (path.getNameCount() > 0) {
                    Files.delete(path);
                }
            }
        }

        assertThat(volume.openHandles()).isEmpty();
        assertThat(volume.server().tree().space().pages().used()).isZero();
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(1);
    }

    @Test
    void aRemovedDirectoryThatIsOpenKeepsTheOneThatItLeadsUpTo() throws IOException {
        RwxVolume volume = RwxVolume.create();
        SpaceCount count = new SpaceCount();
        FileSystem files = volume.mount(Mount.asRoot());
        Files.createDirectories(files.getPath("d/e"));
        count.check(volume);
        try (var stream = Files.newDirectoryStream(files.getPath("d/e"))) {
            Files.delete(files.getPath("d/e"));
            Files.delete(files.getPath("d"));
            count.check(volume);

            ((SecureDirectoryStream<Path>) stream)
                    .newDirectoryStream(files.getPath(".."))
                    .close();
            count.check(volume);
        }

        count.check(volume);
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatWasMountedIsGoneWhenTheMountIsClosed() throws IOException {
        RwxVolume volume = RwxVolume.builder().nfs().build();
        FileSystem mounted = volume.mount(Mount.asRoot().subPath("projects/p"));
        FileSystem files = volume.mount(Mount.asRoot());
        Files.delete(files.getPath("projects/p"));
        Files.delete(files.getPath("projects"));
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(3);

        mounted.close();
        mounted.close();

        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(1);
    }

    @Test
    void aFileThatWasMountedIsGoneWhenTheContainerIsClosed() throws IOException {
        RwxVolume volume = RwxVolume.builder().nfs().capacity(10 * 4096).build();
        volume.populate("0644 0:0 \"" + "x".repeat(10_000) + "\" f\n");
        RwxVolume image = RwxVolume.create();
        image.populate("0644 0:0 \"\" f\n");
        FileSystem container = ContainerFiles.builder(image, Mount.asRoot())
                .mount("/f", volume, Mount.asRoot().subPath("f"))
                .build();
        FileSystem files = volume.mount(Mount.asRoot());
        Files.delete(files.getPath("f"));
        assertThat(free(files)).isEqualTo(7 * 4096);

        container.close();

        assertThat(free(files)).isEqualTo(10 * 4096);
    }

    private static long free(FileSystem files) throws IOException {
        return Files.getFileStore(files.getPath("/")).getUnallocatedSpace();
    }

    @Test
    void aFileToBeDeletedIsClosedIfTheHookBeforeThatThrows() {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        Path file = volume.mount(Mount.asRoot()).getPath("f");
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.UNLINK) {
                throw new SpacePlayer.Thrown();
            }
        });

        assertThatThrownBy(() -> openToBeDeleted(file)).isExactlyInstanceOf(SpacePlayer.Thrown.class);
        assertThat(volume.openHandles()).isEmpty();
    }

    @Test
    void aFileToBeDeletedIsClosedIfItsFileSystemIsClosedMeanwhile() {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        FileSystem files = volume.mount(Mount.asRoot());
        volume.beforeEachOperation(event -> {
            try {
                files.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThatThrownBy(() -> openToBeDeleted(files.getPath("f")))
                .isExactlyInstanceOf(ClosedFileSystemException.class);
        assertThat(volume.openHandles()).isEmpty();
    }

    /** What is opened while its file system is closed is closed too, whichever thread comes first. */
    @ParameterizedTest
    @MethodSource("openings")
    void nothingStaysOpenOnAFileSystemThatIsClosedMeanwhile(Opening opening) throws Exception {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        ExecutorService other = Executors.newSingleThreadExecutor();
        for (int round = 0; round < ROUNDS; round++) {
            FileSystem files = volume.mount(Mount.asRoot());
            CyclicBarrier start = new CyclicBarrier(2);
            Future<?> closed = other.submit(() -> {
                start.await();
                files.close();
                return null;
            });
            start.await();
            try {
                while (true) {
                    opening.open(files.getPath("/"));
                }
            } catch (ClosedFileSystemException | ClosedWatchServiceException e) {
                // As it has to be.
            }
            closed.get();
            assertThat(volume.openHandles()).isEmpty();
        }
        other.shutdown();
    }

    /** Opens something in a directory, which only the file system closes. */
    private interface Opening {
        void open(Path directory) throws IOException;
    }

    @SuppressWarnings("StreamResourceLeak") // Their file system closes them.
    private static Stream<Opening> openings() {
        return Stream.of(
                directory -> FileChannel.open(directory),
                directory -> Files.newDirectoryStream(directory),
                directory -> AsynchronousFileChannel.open(directory),
                directory -> directory.register(
                        directory.getFileSystem().newWatchService(), StandardWatchEventKinds.ENTRY_CREATE));
    }

    @Test
    @SuppressWarnings("StreamResourceLeak") // The hook closes it.
    void aHookMayCloseTheDirectoryThatIsInUse() throws IOException {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        volume.populate("0644 0:0 1 f\n0755 0:0 - d/\n");
        for (Operation operation : List.of(Operation.LIST, Operation.OPEN, Operation.UNLINK, Operation.RENAME)) {
            FileSystem files = volume.mount(Mount.asRoot());
            SecureDirectoryStream<Path> directory =
                    (SecureDirectoryStream<Path>) Files.newDirectoryStream(files.getPath("/"));
            volume.beforeEachOperation(event -> {
                try {
                    files.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThatThrownBy(() -> use(directory, operation, files.getPath("f")))
                    .isExactlyInstanceOf(ClosedDirectoryStreamException.class);
            assertThat(volume.openHandles()).isEmpty();
            volume.beforeEachOperation(event -> {});
        }
        assertThat(volume.tree()).contains("f\n");
    }

    private static void use(SecureDirectoryStream<Path> directory, Operation operation, Path name) throws IOException {
        switch (operation) {
            case LIST -> directory.forEach(entry -> {});
            case OPEN -> directory.newByteChannel(name, Set.of(StandardOpenOption.READ));
            case UNLINK -> directory.deleteFile(name);
            default -> directory.move(name, directory, name.resolveSibling("g"));
        }
    }

    private static void openToBeDeleted(Path file) throws IOException {
        Files.newByteChannel(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Test
    void aDirectoryThatIsCopiedIsClosedIfAHookThrows() {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        volume.populate("0755 0:0 - d/\n");
        FileSystem files = volume.mount(Mount.asRoot());
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.XATTR) {
                throw new SpacePlayer.Thrown();
            }
        });

        assertThatThrownBy(
                        () -> Files.copy(files.getPath("d"), files.getPath("copy"), StandardCopyOption.COPY_ATTRIBUTES))
                .isExactlyInstanceOf(SpacePlayer.Thrown.class);
        assertThat(volume.openHandles()).isEmpty();
    }
}
