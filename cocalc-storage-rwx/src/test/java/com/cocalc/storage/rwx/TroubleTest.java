package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.OpenHandle;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The unpleasant side: what a test can make go wrong. */
class TroubleTest {
    private final RwxVolume volume = RwxVolume.create();
    private final FileSystem files = volume.mount(Mount.asRoot());

    @Test
    void onlyTheNthOperationOfTheKindFails() throws IOException {
        volume.inject(Fault.nth(2, Operation.MKDIR, Errno.EIO));

        Files.createDirectory(files.getPath("one"));
        assertThatThrownBy(() -> Files.createDirectory(files.getPath("two")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("two: Input/output error");
        Files.createDirectory(files.getPath("three"));

        assertThat(volume.tree()).contains("one/", "three/").doesNotContain("two");
    }

    @Test
    void aFaultSaysWhatFails() {
        assertThat(Fault.nth(2, Operation.WRITE, Errno.EIO)).hasToString("WRITE number 2 fails with EIO");
        assertThat(Fault.every(Operation.OPEN, Errno.ESTALE)).hasToString("every OPEN fails with ESTALE");
        assertThat(Fault.random(5, 7, Operation.LIST, Errno.EIO)).hasToString("one LIST in 5 (seed 7) fails with EIO");
    }

    @Test
    void aRandomFaultHitsTheSameOperationsForTheSameSeed() {
        assertThat(failures(42)).isEqualTo(failures(42)).isNotEqualTo(failures(43));
        assertThat(failures(42)).hasSizeBetween(10, 40);
    }

    private static List<Integer> failures(long seed) {
        RwxVolume volume = RwxVolume.create();
        volume.inject(Fault.random(4, seed, Operation.MKDIR, Errno.ENOSPC));
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            try {
                volume.syscalls(Mount.asRoot()).mkdir(null, bytes("d" + i), 0755);
            } catch (ErrnoException e) {
                failed.add(i);
            }
        }
        return failed;
    }

    @Test
    void aHealedVolumeFailsNoMore() throws IOException {
        volume.inject(Fault.every(Operation.STAT, Errno.EIO));
        volume.heal();

        assertThat(Files.readAttributes(files.getPath("/"), "unix:nlink")).containsEntry("nlink", 2);
    }

    @Test
    void aFullDiskAtForceIsAPlainExceptionOfTheChannel() throws IOException {
        volume.inject(Fault.every(Operation.FORCE, Errno.ENOSPC));
        try (FileChannel channel =
                FileChannel.open(files.getPath("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> channel.force(true))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
        }
    }

    @Test
    void theHookRunsBeforeTheOperationAndCanSwapADirectoryForALink() throws IOException {
        volume.populate("0755 0:0 - dir/\n0755 0:0 - secret/\n0644 0:0 \"s\" secret/file\n");
        Syscalls attacker = volume.syscalls(Mount.asRoot());
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.OPEN) {
                attempt(() -> {
                    attacker.rmdir(null, bytes("dir"));
                    attacker.symlink(bytes("secret"), null, bytes("dir"));
                });
            }
        });

        assertThat(Files.readString(files.getPath("dir/file"))).isEqualTo("s");
    }

    @Test
    void aRecordingListsTheOperationsInOrderUntilItIsClosed() throws IOException {
        Recording recording = volume.record();
        Syscalls calls = volume.syscalls(Mount.asRoot());
        attempt(() -> {
            calls.mkdir(null, bytes("a"), 0755);
            OpenFile file = calls.open(null, bytes("a/f"), OpenFlags.WRITE | OpenFlags.CREAT, 0644);
            file.write(ByteBuffer.wrap(bytes("x")), 0);
            file.close();
            calls.rename(null, bytes("a/f"), null, bytes("g"));
        });
        recording.close();
        Files.createDirectory(files.getPath("later"));

        assertThat(recording.operations())
                .extracting(OperationEvent::toString)
                .containsExactly("MKDIR a", "OPEN a/f", "WRITE a/f", "CLOSE a/f", "RENAME a/f");
        assertThat(recording.operations().get(0).mount()).isEqualTo("0:0 on the whole volume, read-write");
    }

    @Test
    void aRecordingOfTheLastOperationsKeepsThemAlone() throws IOException {
        RwxVolume volume = RwxVolume.create();
        FileSystem files = volume.mount(Mount.asRoot());

        try (Recording recording = volume.recordLast(2)) {
            for (String name : List.of("a", "b", "c")) {
                Files.createDirectory(files.getPath(name));
            }
            recording.pause();
            Files.createDirectory(files.getPath("d"));
            recording.resume();

            assertThat(recording.count()).isEqualTo(3);
            assertThat(recording.operations())
                    .extracting(OperationEvent::toString)
                    .containsExactly("MKDIR b", "MKDIR c");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.recordLast(0))
                .withMessage(
                        "operations must be at least 1, but was 0; record() keeps all of them, and nothing keeps none");
    }

    @Test
    void aRecordingOfAVolumeKnowsNothingOfAnotherInTheSameContainer() throws IOException {
        RwxVolume image = RwxVolume.create();
        FileSystem container = ContainerFiles.builder(image, PosixIdentity.ROOT)
                .mount("/data", volume, Mount.asRoot())
                .build();
        try (Recording recording = volume.record()) {
            Files.createDirectory(container.getPath("/tmp"));
            Files.createDirectory(container.getPath("/data/x"));

            assertThat(recording.operations())
                    .extracting(OperationEvent::toString)
                    .containsExactly("MKDIR /data/x");
        }
    }

    @Test
    void latencyPassesOnTheVirtualClockAlone() throws IOException {
        volume.latency(Operation.MKDIR, Duration.ofMillis(3));
        Instant before = volume.clock().instant();

        Files.createDirectory(files.getPath("a"));

        assertThat(Duration.between(before, volume.clock().instant()))
                .isBetween(Duration.ofMillis(3), Duration.ofMillis(4));
    }

    @Test
    void latencyOnARealClockIsRefused() {
        RwxVolume real = RwxVolume.builder()
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> real.latency(Operation.OPEN, Duration.ofMillis(1)))
                .withMessage("latency must have a virtual clock to count on, but this volume has another;"
                        + " leave builder().clock(…) out");
    }

    @Test
    void afterARestartOpenHandlesAreStaleAndNewOnesWork() throws IOException {
        Path file = Files.writeString(files.getPath("f"), "x");
        try (FileChannel channel = FileChannel.open(file)) {
            volume.restartServer();

            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Stale file handle");
        }
        assertThat(Files.readString(file)).isEqualTo("x");
    }

    @Test
    void openHandlesShowWhereTheyWereOpened() throws IOException {
        RwxVolume traced = RwxVolume.builder().traceHandles().build();
        FileSystem mounted = traced.mount(Mount.as(2001, 2001));
        traced.syscalls(Mount.asRoot());
        attempt(() -> traced.syscalls(Mount.asRoot()).chmod(null, bytes("/"), 0777, true));
        try (FileChannel opened =
                FileChannel.open(mounted.getPath("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(opened.isOpen()).isTrue();
            OpenHandle handle = traced.openHandles().get(0);

            assertThat(traced.openHandles()).hasSize(1);
            assertThat(handle.mount()).isEqualTo("2001:2001 on the whole volume, read-write");
            assertThat(handle.toString()).startsWith("f (").contains("TroubleTest.openHandlesShow");
        }
        assertThat(traced.openHandles()).isEmpty();
    }

    @Test
    void handlesThatAreNotTracedCannotBeListed() {
        assertThatIllegalStateException()
                .isThrownBy(volume::openHandles)
                .withMessage("open handles must be traced to be listed, but this volume does not trace them;"
                        + " build it with RwxVolume.builder().traceHandles()");
    }

    @Test
    void aQuotaCountsBelowItsDirectoryAlone() throws IOException {
        volume.quota("projects/p1", 8192, 3);
        Path inside = files.getPath("projects/p1");

        Files.write(inside.resolve("a"), new byte[8192]);
        assertThatThrownBy(() -> Files.write(inside.resolve("b"), new byte[1]))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Disk quota exceeded");
        assertThatThrownBy(() -> Files.createDirectory(inside.resolve("c")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("projects/p1/c: Disk quota exceeded");
        Files.write(files.getPath("projects/outside"), new byte[100_000]);
        Files.delete(inside.resolve("a"));
        Files.write(inside.resolve("b"), new byte[8192]);
    }

    @Test
    void whatIsThereCountsAgainstAQuotaThatComesLaterAndMovesIntoItAreRefused() throws IOException {
        Files.createDirectory(files.getPath("d"));
        Files.write(files.getPath("d/a"), new byte[4096]);
        Files.write(files.getPath("b"), new byte[1]);
        volume.quota("d", 4096, 100);

        assertThatThrownBy(() -> Files.write(files.getPath("d/c"), new byte[1])).hasMessage("Disk quota exceeded");
        assertThatThrownBy(() -> Files.createLink(files.getPath("d/b"), files.getPath("b")))
                .hasMessage("d/b -> b: Invalid cross-device link");
    }

    @Test
    void theStoreOfADirectoryShowsWhatItsQuotaLeaves() throws IOException {
        RwxVolume small = RwxVolume.builder().capacity(10 * 4096).build();
        small.quota("d", 4 * 4096, 9);
        small.quota("free", Long.MAX_VALUE, Long.MAX_VALUE);
        FileSystem mounted = small.mount(Mount.asRoot());
        FileStore ofQuota = Files.getFileStore(mounted.getPath("d"));
        Files.write(mounted.getPath("d/f"), new byte[4097]);

        assertThat(ofQuota.getTotalSpace()).isEqualTo(4 * 4096);
        assertThat(ofQuota.getUsableSpace()).isEqualTo(2 * 4096);
        assertThat(Files.getFileStore(mounted.getPath("d/f")).getTotalSpace()).isEqualTo(10 * 4096);
        assertThat(Files.getFileStore(mounted.getPath("/")).getUsableSpace()).isEqualTo(8 * 4096);
        assertThat(Files.getFileStore(mounted.getPath("free")).getUsableSpace()).isEqualTo(8 * 4096);
        Path unlimited = files.getPath("/");
        long before = Files.getFileStore(unlimited).getUsableSpace();
        Files.write(unlimited.resolve("f"), new byte[1]);
        assertThat(Files.getFileStore(unlimited).getUsableSpace()).isEqualTo(before - 4096);
        Files.write(mounted.getPath("g"), new byte[7 * 4096]);
        assertThat(ofQuota.getUsableSpace()).isEqualTo(4096);
    }

    @Test
    void capacityIsCountedInPagesAndWhatFittedStays() throws IOException {
        RwxVolume small = RwxVolume.builder().capacity(8192).build();
        FileSystem mounted = small.mount(Mount.asRoot());

        assertThatThrownBy(() -> Files.write(mounted.getPath("f"), new byte[10_000]))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(Files.size(mounted.getPath("f"))).isEqualTo(8192);
        assertThat(Files.getFileStore(mounted.getPath("/")).getUsableSpace()).isZero();
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RwxVolume.builder().capacity(0))
                .withMessage("capacity must be at least 1, but was 0; leave it out for a volume without limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RwxVolume.builder().inodes(0))
                .withMessage("inodes must be at least 1, but was 0; leave it out for a volume without limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.nth(0, Operation.OPEN, Errno.EIO))
                .withMessage("n must be at least 1, but was 0; 1 is the next operation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.random(0, 1, Operation.OPEN, Errno.EIO))
                .withMessage("oneIn must be at least 1, but was 0; 1 fails all of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RwxVolume.builder().user("x", -1))
                .withMessage("uid must be 0 to 4294967294, but was -1; use the number of a Unix account, 2001 for a"
                        + " project");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RwxVolume.builder().group("", 5))
                .withMessage("name of an account must have characters, none of them ':', but was \"\"; take that of"
                        + " /etc/passwd");
    }

    private interface Call {
        void run() throws ErrnoException;
    }

    private static void attempt(Call call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
