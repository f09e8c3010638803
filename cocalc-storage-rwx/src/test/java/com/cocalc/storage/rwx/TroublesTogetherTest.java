package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.OpenHandle;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The unpleasant sides at once, and the attacker between any two operations. */
class TroublesTogetherTest {
    private final RwxVolume volume = RwxVolume.create();
    private final FileSystem files = volume.mount(Mount.asRoot());

    @Test
    void eachKindOfSystemCallIsAnnounced() throws IOException {
        Path file = files.getPath("f");
        try (Recording recording = volume.record()) {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                channel.write(ByteBuffer.allocate(2));
                channel.read(ByteBuffer.allocate(1), 0);
                channel.truncate(1);
                channel.force(true);
                channel.lock().release();
            }
            Files.createDirectory(files.getPath("d"));
            try (DirectoryStream<Path> directory = Files.newDirectoryStream(files.getPath("d"))) {
                assertThat(directory).isEmpty();
            }
            Files.isReadable(file);
            Files.createLink(files.getPath("hard"), file);
            Files.createSymbolicLink(files.getPath("soft"), file);
            Files.readSymbolicLink(files.getPath("soft"));
            Fifos.create(files.getPath("fifo"));
            Files.setAttribute(file, "unix:mode", 0600);
            Files.setAttribute(file, "unix:uid", 5);
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            Files.setAttribute(file, "user:a", ByteBuffer.allocate(1));
            Files.getFileStore(file).getTotalSpace();
            Files.move(file, files.getPath("d/f"), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(files.getPath("d/f"));
            Files.delete(files.getPath("d"));

            Set<Operation> seen = recording.operations().stream()
                    .map(OperationEvent::operation)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operation.class)));
            assertThat(seen).isEqualTo(EnumSet.allOf(Operation.class));
        }
    }

    @Test
    void whatTheJdkDoesInSeveralCallsIsAnnouncedCallByCall() throws IOException {
        volume.populate("0644 0:0 \"x\" f\n0644 0:0 \"y\" g\n");
        try (Recording recording = volume.record()) {
            Files.deleteIfExists(files.getPath("f"));
            Files.deleteIfExists(files.getPath("f"));
            Files.move(files.getPath("g"), files.getPath("h"));

            assertThat(recording.operations())
                    .extracting(OperationEvent::toString)
                    .containsExactly("STAT f", "UNLINK f", "STAT f", "STAT g", "STAT h", "RENAME g");
        }
    }

    /** Code that is attacked, and what it is called on. */
    private interface Victim {
        void writeInto(Path directory) throws IOException;
    }

    /** What the secret holds after the victim ran, for each operation before which its directory became a link. */
    private static List<String> secretsAfterAttacks(Victim victim) throws IOException {
        List<String> secrets = new ArrayList<>();
        for (int moment = 1; ; moment++) {
            RwxVolume attacked = RwxVolume.create();
            attacked.populate("0755 0:0 - dir/\n0600 0:0 \"secret\" hidden/file\n");
            FileSystem attacker = attacked.mount(Mount.asRoot());
            FileSystem root = attacked.mount(Mount.asRoot());
            int[] left = {moment};
            attacked.beforeEachOperation(event -> {
                if (--left[0] == 0) {
                    swap(attacker);
                }
            });
            try {
                victim.writeInto(root.getPath("/dir"));
            } catch (FileSystemException e) {
                secrets.add("refused");
                continue;
            }
            if (left[0] > 0) {
                return secrets;
            }
            secrets.add(Files.readString(attacker.getPath("/hidden/file")));
        }
    }

    private static void swap(FileSystem attacker) {
        try {
            Files.move(attacker.getPath("/dir"), attacker.getPath("/moved"));
            Files.createSymbolicLink(attacker.getPath("/dir"), attacker.getPath("/hidden"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void codeThatChecksAPathAndThenUsesItIsCaughtBetweenTheTwo() throws IOException {
        List<String> secrets = secretsAfterAttacks(directory -> {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(directory.toString());
            }
            Files.writeString(directory.resolve("file"), "harmless");
        });

        assertThat(secrets).containsExactly("refused", "harmless", "secret", "secret");
    }

    @Test
    void codeThatWorksFromAnOpenDirectoryIsNeverCaught() throws IOException {
        List<String> secrets = secretsAfterAttacks(directory -> {
            try (DirectoryStream<Path> parent = Files.newDirectoryStream(directory.getParent());
                    SecureDirectoryStream<Path> opened = ((SecureDirectoryStream<Path>) parent)
                            .newDirectoryStream(directory.getFileName(), LinkOption.NOFOLLOW_LINKS);
                    SeekableByteChannel file = opened.newByteChannel(
                            directory.getFileSystem().getPath("file"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                file.write(ByteBuffer.wrap("harmless".getBytes(UTF_8)));
            }
        });

        assertThat(secrets).hasSizeGreaterThan(6).containsOnly("secret", "refused");
    }

    @Test
    void anOperationIsRecordedThenTakesItsTimeThenMeetsTheHookAndThenTheFault() {
        List<String> order = new ArrayList<>();
        Instant start = volume.clock().instant();
        volume.latency(Operation.MKDIR, Duration.ofSeconds(2));
        volume.inject(Fault.every(Operation.MKDIR, Errno.EIO));
        try (Recording recording = volume.record()) {
            volume.beforeEachOperation(event -> {
                order.add("after "
                        + Duration.between(start, volume.clock().instant()).toSeconds() + " s");
                order.add("recorded " + recording.operations());
            });

            assertThatThrownBy(() -> Files.createDirectory(files.getPath("d"))).hasMessage("d: Input/output error");
        }
        assertThat(order).containsExactly("after 2 s", "recorded [MKDIR d]");
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void whatTheTestPopulatesIsNeitherHookedNorRecordedNorMadeToFail() throws IOException {
        List<OperationEvent> seen = new ArrayList<>();
        volume.beforeEachOperation(seen::add);
        volume.inject(Fault.every(Operation.MKDIR, Errno.EIO));
        try (Recording recording = volume.record()) {
            volume.populate("0644 0:0 \"x\" d/f\n");
            volume.populate(RwxVolume.create().mount(Mount.asRoot()).getPath("/"));
            volume.quota("other", 4096, 1);

            assertThat(recording.count()).isZero();
        }
        assertThat(seen).isEmpty();
        assertThat(volume.tree()).contains("d/f", "other/");
        assertThatThrownBy(() -> Files.createDirectory(files.getPath("e"))).hasMessage("e: Input/output error");
    }

    @Test
    void whatFailsTwiceInACopyIsReportedOnce() throws IOException {
        volume.populate("0644 0:0 \"x\" f\n");
        volume.inject(Fault.every(Operation.CLOSE, Errno.EIO));
        assertThatThrownBy(() -> Files.copy(files.getPath("f"), files.getPath("g")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("f -> g: Input/output error");

        volume.inject(Fault.every(Operation.WRITE, Errno.EIO));
        assertThatThrownBy(() -> Files.copy(files.getPath("f"), files.getPath("h")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("f -> h: Input/output error");
    }

    @Test
    void aLatencyIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.latency(Operation.STAT, Duration.ofSeconds(-1)))
                .withMessage("latency must not be negative, but was PT-1S; a volume's time only moves forward");
    }

    @Test
    void faultsOfSeveralKindsCountEachForItself() throws IOException {
        volume.inject(Fault.nth(2, Operation.MKDIR, Errno.EIO));
        volume.inject(Fault.nth(1, Operation.SYMLINK, Errno.ENOSPC));
        volume.inject(Fault.nth(3, Operation.MKDIR, Errno.EDQUOT));
        Set<String> failures = new TreeSet<>();
        for (String name : List.of("a", "b", "c", "d")) {
            try {
                Files.createDirectory(files.getPath(name));
            } catch (FileSystemException e) {
                failures.add(e.getMessage());
            }
        }

        assertThat(failures).containsExactly("b: Input/output error", "c: Disk quota exceeded");
        assertThatThrownBy(() -> Files.createSymbolicLink(files.getPath("l"), files.getPath("a")))
                .hasMessage("l: No space left on device");
    }

    @Test
    void aVolumeWithoutInodesLeftMakesNothingMoreUntilSomethingGoes() throws IOException {
        FileSystem small = RwxVolume.builder().inodes(3).build().mount(Mount.asRoot());
        Files.createDirectory(small.getPath("d"));
        Files.createFile(small.getPath("f"));

        assertThatThrownBy(() -> Files.createFile(small.getPath("g")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("g: No space left on device");
        assertThatThrownBy(() -> Files.createLink(small.getPath("hard"), small.getPath("f")))
                .hasMessage("hard -> f: No space left on device");
        Files.delete(small.getPath("d"));
        Files.createFile(small.getPath("g"));
    }

    @Test
    void everybodyIsTheOneUserOfAnExportThatSquashesAll() throws IOException {
        volume.populate("0777 0:0 - /\n0600 0:0 \"x\" ofroot\n");
        FileSystem squashed = volume.mount(Mount.asRoot().groups(0, 7).allSquash(2001, 2002));
        Files.createFile(squashed.getPath("new"));

        assertThat(volume.tree()).contains("0644 2001:2002 0 new\n");
        assertThatThrownBy(() -> Files.readString(squashed.getPath("ofroot"))).hasMessage("ofroot");
        assertThatThrownBy(() -> Files.setAttribute(squashed.getPath("new"), "unix:gid", 7))
                .hasMessage("new: Operation not permitted");
    }

    @Test
    void aRestartMakesOpenDirectoriesStaleAndLeavesMountsAndNewOnesAlone() throws IOException {
        volume.populate("0644 0:0 \"x\" d/f\n");
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files.getPath("d"))) {
            SecureDirectoryStream<Path> before = (SecureDirectoryStream<Path>) stream;
            volume.restartServer();

            assertThatThrownBy(() -> before.deleteFile(files.getPath("f")))
                    .isExactlyInstanceOf(FileSystemException.class)
                    .hasMessage("f: Stale file handle");
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files.getPath("d"))) {
            assertThat(stream).hasSize(1);
        }
    }

    @Test
    void everyTroubleIsThereAtOnceOnOneVolume() throws IOException {
        RwxVolume all = RwxVolume.builder()
                .nfs()
                .crashable()
                .capacity(4 * 4096)
                .inodes(8)
                .traceHandles()
                .build();
        all.quota("p", 2 * 4096, 4);
        all.latency(Operation.WRITE, Duration.ofMillis(5));
        all.inject(Fault.nth(3, Operation.FORCE, Errno.EIO));
        Recording recording = all.record();
        Instant start = all.clock().instant();
        FileSystem mounted = all.mount(Mount.as(2001, 2001).allSquash(0, 0).subPath("p"));
        Path file = mounted.getPath("f");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.write(ByteBuffer.allocate(4096));
        channel.force(true);

        assertThat(all.openHandles()).extracting(OpenHandle::path).containsExactly("f");
        assertThat(Duration.between(start, all.clock().instant())).isGreaterThan(Duration.ofMillis(5));
        channel.write(ByteBuffer.allocate(3 * 4096));
        assertThatThrownBy(() -> channel.force(true)).hasMessage("Disk quota exceeded");
        assertThatThrownBy(() -> channel.force(true)).hasMessage("Input/output error");
        assertThat(recording.operations())
                .extracting(OperationEvent::operation)
                .containsExactly(
                        Operation.OPEN,
                        Operation.WRITE,
                        Operation.FORCE,
                        Operation.WRITE,
                        Operation.FORCE,
                        Operation.FORCE);
        all.restartServer();
        assertThatThrownBy(() -> channel.force(true)).hasMessage("Stale file handle");
        all.crash(5);
        channel.close();

        FileSystem again = all.mount(Mount.asRoot().subPath("p"));
        assertThat(all.openHandles()).isEmpty();
        assertThatThrownBy(() -> Files.write(again.getPath("g"), new byte[3 * 4096]))
                .hasMessage("Disk quota exceeded");
    }
}
