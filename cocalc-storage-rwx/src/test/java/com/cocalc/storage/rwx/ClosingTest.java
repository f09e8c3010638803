package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import org.junit.jupiter.api.Test;

/** Closing a file system or a volume closes what is open there. */
class ClosingTest {
    private final RwxVolume volume = RwxVolume.builder().traceHandles().build();
    private final FileSystem files = volume.mount(Mount.asRoot());
    private final Path file = files.getPath("/file");

    @Test
    @SuppressWarnings("StreamResourceLeak") // what is not closed here is what is closed with the file system
    void channelsStreamsAndWatchServicesAreClosedWithTheirFileSystem() throws IOException {
        Files.writeString(file, "x");
        Files.createDirectory(files.getPath("/sub"));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        AsynchronousFileChannel asynchronous = AsynchronousFileChannel.open(file);
        InputStream stream = Files.newInputStream(file);
        DirectoryStream<Path> directory = Files.newDirectoryStream(files.getPath("/"));
        SecureDirectoryStream<Path> below =
                ((SecureDirectoryStream<Path>) directory).newDirectoryStream(files.getPath("sub"));
        WatchService watch = files.newWatchService();

        files.close();

        assertThat(channel.isOpen()).isFalse();
        assertThat(asynchronous.isOpen()).isFalse();
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(stream::read).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> below.deleteFile(files.getPath("x")))
                .isInstanceOf(ClosedDirectoryStreamException.class);
        assertThatThrownBy(directory::iterator).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(watch::poll).isInstanceOf(ClosedWatchServiceException.class);
        assertThat(volume.openHandles()).isEmpty();
        assertThatThrownBy(() -> Files.exists(file)).isInstanceOf(ClosedFileSystemException.class);
        assertThatThrownBy(files::newWatchService).isInstanceOf(ClosedFileSystemException.class);
    }

    @Test
    void aClosedVolumeSaysSoToWhoMountsOrFillsIt() throws IOException {
        Files.writeString(file, "x");
        String tree = volume.tree();
        volume.close();

        String message = "the volume is closed; create another one, or close it later";
        assertThatIllegalStateException()
                .isThrownBy(() -> volume.mount(Mount.asRoot()))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> volume.populate("0644 0:0 0 f\n"))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> ContainerFiles.builder(volume, PosixIdentity.ROOT).build())
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> ContainerFiles.builder(RwxVolume.create(), PosixIdentity.ROOT)
                        .mount("/home", volume, Mount.asRoot())
                        .build())
                .withMessage(message);
        assertThat(volume.tree()).isEqualTo(tree);
    }

    @Test
    void otherMountsGoOn() throws IOException {
        FileSystem other = volume.mount(Mount.asRoot());
        try (FileChannel channel =
                FileChannel.open(other.getPath("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            files.close();

            assertThat(channel.write(ByteBuffer.wrap("x".getBytes(UTF_8)))).isEqualTo(1);
        }
    }

    @Test
    void whatWasClosedBeforeIsNotClosedAgain() throws IOException {
        FileChannel first = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel second = FileChannel.open(file, StandardOpenOption.WRITE);
        FileChannel third = FileChannel.open(file, StandardOpenOption.WRITE);
        second.close();
        third.close();
        try (Recording recording = volume.record()) {
            files.close();

            assertThat(recording.operations())
                    .extracting(OperationEvent::toString)
                    .containsExactly("CLOSE /file");
        }
        assertThat(first.isOpen()).isFalse();
    }

    @Test
    void aFailureToCloseOneIsToldAndTheOthersAreClosed() throws IOException {
        FileChannel first = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel second = FileChannel.open(file, StandardOpenOption.WRITE);
        volume.inject(Fault.every(Operation.CLOSE, Errno.EIO));

        assertThatThrownBy(files::close)
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Input/output error")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isFalse();
        assertThat(files.isOpen()).isFalse();
    }

    @Test
    void aVolumeThatIsClosedClosesItsMountsWithoutAskingAnybody() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        volume.inject(Fault.every(Operation.CLOSE, Errno.EIO));

        volume.close();

        assertThat(channel.isOpen()).isFalse();
        assertThat(files.isOpen()).isFalse();
        assertThat(volume.openHandles()).isEmpty();
    }

    @Test
    void aDirectoryStreamThatFailsInItsOwnStatLeavesNothingOpen() {
        for (Errno errno : new Errno[] {Errno.EIO, Errno.ESTALE}) {
            volume.inject(Fault.every(Operation.STAT, errno));

            assertThatThrownBy(() -> Files.newDirectoryStream(files.getPath("/")))
                    .isExactlyInstanceOf(FileSystemException.class)
                    .hasMessage("/: " + errno.text());
            assertThat(volume.openHandles()).isEmpty();
            volume.heal();
        }
    }

    @Test
    void aMoveThatCannotListItsDirectoryLeavesNothingOpen() throws IOException {
        Path directory = Files.createDirectory(files.getPath("/d"));
        Path elsewhere = RwxVolume.create().mount(Mount.asRoot()).getPath("/d");
        volume.inject(Fault.every(Operation.LIST, Errno.EIO));

        assertThatThrownBy(() -> Files.move(directory, elsewhere)).hasMessage("/d: Input/output error");
        assertThat(volume.openHandles()).isEmpty();
    }

    @Test
    void aFileSystemClosedBeforeAnOpeningLeavesNothingOpen() {
        volume.beforeEachOperation(event -> {
            try {
                files.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThatThrownBy(() -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
                .isInstanceOf(ClosedFileSystemException.class);
        assertThat(volume.openHandles()).isEmpty();
    }
}
