package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text trees and directories that are not what one expects. */
class HostileTreeTest {
    private final RwxVolume volume = RwxVolume.create();
    private final FileSystem files = volume.mount(Mount.asRoot());

    /** What ends a line of Unicode, or is blank there, is part of a name here. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a\u0085b", "\u0085", "x/\u0085", "\u2028", "a\u2029", "end\u3000", "\u2003start", "\u00a0"})
    void namesWithLineSeparatorsAndBlanksOfUnicodeReadBackAsThemselves(String path) throws IOException {
        Path file = files.getPath("/" + path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Files.createDirectory(files.getPath("/" + path + "directory"));
        Files.createSymbolicLink(files.getPath("/link"), files.getPath(path));

        RwxVolume again = RwxVolume.create();
        again.populate(volume.tree());

        assertThat(again.tree()).isEqualTo(volume.tree());
        assertThat(Files.isRegularFile(again.mount(Mount.asRoot()).getPath("/link")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0644 0:0 99999999999999999999 f",
                "0644 0:0 \"bad \\q escape\" f",
                "0644 4294967295:0 0 f",
                "0644 0:99999999999999999999 0 f",
                "0755 0:0 \"contents\" d/",
                "0777 0:0 \"contents\" link -> target"
            })
    void aLineThatCannotMeanWhatItSaysIsRefusedWholeAndMakesNothing(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate(line))
                .withMessageStartingWith("a line of a tree must ")
                .withMessageEndingWith("but was: " + line);
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void aSocketIsRefusedAndAFifoIsCopied(@TempDir Path directory) throws Exception {
        Path fifo = directory.resolve("a");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/mkfifo"))
                        && new ProcessBuilder("/usr/bin/mkfifo", "-m", "640", fifo.toString())
                                        .start()
                                        .waitFor()
                                == 0,
                "needs mkfifo");
        Path socket = directory.resolve("b");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThatThrownBy(() -> volume.populate(directory))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(socket.toRealPath()
                            + " is not a directory, file, link or FIFO, and a volume has nothing else; leave it out");
        }
        Files.delete(socket);
        RwxVolume other = RwxVolume.create();
        other.populate(directory);
        assertThat(other.tree()).containsPattern("0640 \\d+:\\d+ - a\\|\n");
    }

    @Test
    void aLinkToADirectoryIsThatDirectory(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("real"));
        Files.writeString(directory.resolve("real/f"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

        volume.populate(link);

        assertThat(volume.tree()).contains(" 1 f\n");
    }

    @Test
    void whatIsNoDirectoryOrCannotBeReadIsNamed() throws IOException {
        RwxVolume other = RwxVolume.create();
        other.populate("0700 0:0 - closed/\n0644 0:0 \"x\" f\n");
        FileSystem stranger = other.mount(Mount.as(2001, 2001));

        assertThatThrownBy(() -> volume.populate(stranger.getPath("f")))
                .isExactlyInstanceOf(NotDirectoryException.class)
                .hasMessage("f");
        assertThatThrownBy(() -> volume.populate(stranger.getPath("missing")))
                .isExactlyInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> volume.populate(stranger.getPath("/")))
                .isExactlyInstanceOf(AccessDeniedException.class)
                .hasMessage("/closed");
    }

    @Test
    void blocksOfZerosOfADirectoryBecomeHoles(@TempDir Path directory) throws IOException {
        try (FileChannel channel =
                FileChannel.open(directory.resolve("f"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 1_000_000);
            channel.write(ByteBuffer.wrap(new byte[] {2}), 5_000);
            channel.write(ByteBuffer.allocate(1), 2_000_000);
        }
        RwxVolume small = RwxVolume.builder().capacity(2 * 4096).build();
        small.populate(directory);

        Path copy = small.mount(Mount.asRoot()).getPath("f");
        assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(directory.resolve("f")));
    }
}
