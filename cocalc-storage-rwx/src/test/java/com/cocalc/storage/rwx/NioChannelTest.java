package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioChannelTest {
    private NioTestBed bed;
    private Path file;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
        file = bed.file("file");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutWritingTheOptionsOfWritingAreIgnored() throws IOException {
        Path missing = bed.home("missing");

        assertFails(() -> Files.newByteChannel(missing, CREATE), NoSuchFileException.class, missing, null, null);
        Files.newByteChannel(file, READ, CREATE_NEW).close();
        Files.newByteChannel(file, READ, TRUNCATE_EXISTING).close();
        assertThat(file).hasContent("hello");
    }

    @Test
    void optionsThatContradictAreRefused() {
        assertThatThrownBy(() -> Files.newByteChannel(file, READ, APPEND))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("READ + APPEND not allowed");
        assertThatThrownBy(() -> Files.newByteChannel(file, APPEND, TRUNCATE_EXISTING))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("APPEND + TRUNCATE_EXISTING not allowed");
        assertThatThrownBy(() -> Files.newInputStream(file, WRITE))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Files.newOutputStream(file, READ)).isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void createNewBeatsCreateAndDoesNotTruncate() {
        assertFails(
                () -> Files.newByteChannel(file, WRITE, CREATE, CREATE_NEW, TRUNCATE_EXISTING),
                FileAlreadyExistsException.class,
                file,
                null,
                null);
        assertThat(file).hasContent("hello");
    }

    @Test
    void outputStreamsTruncateUnlessOptionsAreGiven() throws IOException {
        try (var out = Files.newOutputStream(file, CREATE)) {
            out.write('H');
        }
        assertThat(file).hasContent("Hello");

        Files.newOutputStream(file).close();

        assertThat(file).isEmptyFile();
    }

    @Test
    void directoryOpensForReadingAndRefusesTheRead() throws IOException {
        Path dir = bed.directory("dir");

        try (FileChannel channel = FileChannel.open(dir)) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Is a directory");
        }
        assertFails(() -> FileChannel.open(dir, WRITE), FileSystemException.class, dir, null, "Is a directory");
    }

    @Test
    void linkThatIsNotFollowedIsAPlainIOException() throws IOException {
        Path link = bed.link("link", "file");

        assertThatThrownBy(() -> Files.newByteChannel(link, READ, LinkOption.NOFOLLOW_LINKS))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Too many levels of symbolic links (NOFOLLOW_LINKS specified)");
    }

    @Test
    void createMakesTheTargetOfADanglingLink() throws IOException {
        Path link = bed.link("dangling", "target");

        assertFails(
                () -> Files.newByteChannel(link, WRITE, CREATE_NEW),
                FileAlreadyExistsException.class,
                link,
                null,
                null);
        Files.newByteChannel(link, WRITE, CREATE).close();

        assertThat(bed.home("target")).exists();
    }

    @Test
    void deleteOnCloseUnlinksAtOnceAndForgivesWhatItMayNot() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, DELETE_ON_CLOSE)) {
            assertThat(file).doesNotExist();
            assertThat(channel.size()).isEqualTo(5);
        }
        Files.writeString(bed.root.getPath("/of-root/kept"), "x");
        Path kept = bed.user.getPath("/of-root/kept");
        FileChannel.open(kept, READ, DELETE_ON_CLOSE).close();
        assertThat(kept).exists();
        Path link = bed.link("link", "/of-root/kept");
        assertThatThrownBy(() -> FileChannel.open(link, READ, DELETE_ON_CLOSE))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageEndingWith("(NOFOLLOW_LINKS specified)");
    }

    @Test
    void appendingStartsAtTheSizeAndStaysAtTheEnd() throws IOException {
        try (FileChannel channel = FileChannel.open(file, APPEND)) {
            assertThat(channel.position()).isEqualTo(5);
            channel.position(1).write(bytes("!"));
            channel.write(bytes("?"), 0);
            assertThat(channel.position()).isEqualTo(7);
        }
        assertThat(file).hasContent("hello!?");
    }

    @Test
    void truncateNeverGrowsAndPullsThePositionDown() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            channel.position(4).truncate(100);
            assertThat(channel.size()).isEqualTo(5);
            assertThat(channel.truncate(2).position()).isEqualTo(2);
            assertThat(channel.size()).isEqualTo(2);
        }
    }

    @Test
    void positionsBeyondTheEndReadNothingAndWriteAHole() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            assertThat(channel.position(10).read(ByteBuffer.allocate(1))).isEqualTo(-1);
            channel.write(bytes("x"));
        }
        assertThat(Files.readString(file)).isEqualTo("hello\0\0\0\0\0x");
    }

    @Test
    void wrongDirectionHasItsOwnExceptions() throws IOException {
        try (FileChannel reading = FileChannel.open(file);
                FileChannel writing = FileChannel.open(file, WRITE)) {
            assertThatThrownBy(() -> reading.write(bytes("x"))).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> reading.truncate(0)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> writing.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonReadableChannelException.class);
            assertThatThrownBy(() -> reading.write(bytes("x"), -1)).hasMessage("Negative position");
            assertThatThrownBy(() -> reading.transferTo(-1, 1, reading))
                    .isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void closedChannelSaysSo() throws IOException {
        FileChannel channel = FileChannel.open(file, READ, WRITE);
        channel.close();

        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.force(true)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.tryLock()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void interruptedThreadClosesTheChannel() throws IOException {
        FileChannel channel = FileChannel.open(file);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void scatteredReadsAndGatheredWritesMoveThePosition() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            ByteBuffer[] parts = {ByteBuffer.allocate(2), ByteBuffer.allocate(9)};
            assertThat(channel.read(parts)).isEqualTo(5);
            assertThat(parts[1].position()).isEqualTo(3);
            assertThat(channel.read(parts)).isEqualTo(-1);
            assertThat(channel.write(new ByteBuffer[] {bytes("ab"), bytes("cd")}))
                    .isEqualTo(4);
            assertThat(channel.position()).isEqualTo(9);
        }
    }

    @Test
    void manyBuffersAreOneCallSoThatAppendingThemIsAtomic() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            Recording calls = bed.volume.record();
            channel.write(new ByteBuffer[] {bytes("ab"), bytes(""), bytes("cd")});
            channel.position(0).read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)});

            assertThat(calls.operations())
                    .extracting(OperationEvent::operation)
                    .containsExactly(Operation.WRITE, Operation.READ);
        }
    }

    @Test
    void ofMoreBuffersThanLinuxTakesTheFirstOnesAreUsed() throws IOException {
        ByteBuffer[] parts = new ByteBuffer[1030];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = bytes(i == 0 ? "" : "x");
        }
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            assertThat(channel.write(parts)).isEqualTo(1024);
            assertThat(parts[1024].hasRemaining()).isFalse();
            assertThat(parts[1025].hasRemaining()).isTrue();
        }
    }

    @Test
    void aReadOnlyBufferIsRefusedAlsoWithoutRoomAndBeforeAnythingIsRead() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(3);
        try (FileChannel channel = FileChannel.open(file)) {
            assertThatThrownBy(() ->
                            channel.read(new ByteBuffer[] {first, bytes("").asReadOnlyBuffer()}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Read-only buffer");
            assertThat(first.position()).isZero();
            assertThat(channel.position()).isZero();
        }
    }

    @Test
    void nothingIsAskedForNothing() throws IOException {
        ByteBuffer none = ByteBuffer.allocate(0);
        try (FileChannel directory = FileChannel.open(bed.home("."));
                FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            Recording calls = bed.volume.record();

            assertThat(directory.read(none)).isZero();
            assertThat(directory.read(none, 5)).isZero();
            assertThat(directory.read(new ByteBuffer[] {none})).isZero();
            assertThat(channel.write(none)).isZero();
            assertThat(channel.write(none, 99)).isZero();
            assertThat(calls.operations()).isEmpty();
        }
    }

    @Test
    void aFileCopiedOntoItselfEndsWhereItEndedBefore() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            assertThat(channel.transferFrom(channel, 2, 100)).isEqualTo(5);
        }
        assertThat(file).hasContent("hehello");
    }

    @Test
    void aSourceThatCannotBeReadIsRefusedThoughNothingIsWanted() throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            assertThatThrownBy(() -> channel.transferFrom(channel, 0, 0))
                    .isInstanceOf(NonReadableChannelException.class);
            assertThat(channel.transferFrom(channel, 6, 1)).isZero();
        }
    }

    /** In blocks of 64 KiB, each as it is when its turn comes, and no further than the file was long at the start. */
    @Test
    void whatIsTransferredOntoAnOverlappingPartOfItselfIsReadBlockByBlock() throws IOException {
        int block = 64 << 10;
        byte[] before = new byte[block + 100];
        for (int i = 0; i < before.length; i++) {
            before[i] = (byte) (i % 251);
        }
        byte[] expected = Arrays.copyOf(before, before.length + 10);
        System.arraycopy(before, 0, expected, 10, block);
        System.arraycopy(expected.clone(), block, expected, 10 + block, 100);
        Path large = Files.write(bed.home("overlapping"), before);

        try (FileChannel channel = FileChannel.open(large, READ, WRITE)) {
            assertThat(channel.position(10).transferTo(0, Long.MAX_VALUE, channel))
                    .isEqualTo(before.length);
        }

        assertThat(Files.readAllBytes(large)).isEqualTo(expected);
    }

    @Test
    void transfersLeaveThePositionOfTheFileTheyAreAskedOf() throws IOException {
        Path target = bed.home("target");
        try (FileChannel from = FileChannel.open(file);
                FileChannel to = FileChannel.open(target, WRITE, CREATE)) {
            assertThat(from.transferTo(1, 100, to)).isEqualTo(4);
            assertThat(from.position()).isZero();
            assertThat(to.position()).isEqualTo(4);
            assertThat(from.transferTo(6, 1, to)).isZero();
            assertThat(to.transferFrom(from, 2, 3)).isEqualTo(3);
            assertThat(to.position()).isEqualTo(4);
            assertThat(to.transferFrom(from, 99, 3)).isZero();
        }
        assertThat(target).hasContent("elhel");
    }

    @Test
    void mapRefusesAfterTheJdksOwnChecks() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_WRITE, 0, 1))
                    .isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, -1, 1))
                    .hasMessage("Negative position");
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 1))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("map must be asked of files on disk, but this file is in memory;"
                            + " read it into a ByteBuffer");
        }
    }

    @Test
    void unknownOptionsAreRefused() {
        assertThatThrownBy(() -> Files.newByteChannel(file, Set.of(new OpenOption() {
                    @Override
                    public String toString() {
                        return "MINE";
                    }
                })))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("MINE not supported");
        assertThatThrownBy(() -> Files.copy(file, bed.home("x"), StandardCopyOption.ATOMIC_MOVE))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
    }
}
