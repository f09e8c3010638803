package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who used a volume when it crashed. */
class CrashInPlaceTest {
    private final RwxVolume volume = RwxVolume.builder().crashable().build();

    @Test
    void inAContainerOnlyTheMountsOfTheVolumeThatCrashedAreDead() throws IOException {
        volume.populate("0644 0:0 \"x\" f\n");
        FileSystem container = ContainerFiles.builder(RwxVolume.create(), Mount.asRoot())
                .mount("/data", volume, Mount.asRoot())
                .build();
        volume.crash(1);

        assertThatThrownBy(() -> Files.newByteChannel(container.getPath("/data/f")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("/data/f: Stale file handle");
        Files.createDirectory(container.getPath("/tmp"));
        assertThat(Files.readString(volume.mount(Mount.asRoot()).getPath("f"))).isEqualTo("x");
    }

    @Test
    void nothingGetsANameInAVolumeThatCrashedNorOutOfIt() throws IOException {
        RwxVolume other = RwxVolume.create();
        other.populate("0644 0:0 \"y\" g\n");
        volume.populate("0644 0:0 \"x\" f\n");
        FileSystem container = ContainerFiles.builder(RwxVolume.create(), Mount.asRoot())
                .mount("/data", volume, Mount.asRoot())
                .mount("/other", other, Mount.asRoot())
                .build();
        Path dead = container.getPath("/data/f");
        Path alive = container.getPath("/other/g");
        volume.crash(1);

        assertStale(() -> Files.createLink(dead.resolveSibling("link"), alive));
        assertStale(() -> Files.createLink(dead.resolveSibling("link"), dead));
        assertStale(() -> Files.createLink(alive.resolveSibling("link"), dead));
        assertStale(() -> Files.move(alive, dead.resolveSibling("moved"), StandardCopyOption.ATOMIC_MOVE));
        assertStale(() -> Files.move(dead, alive.resolveSibling("moved"), StandardCopyOption.ATOMIC_MOVE));
        assertThat(other.tree()).isEqualTo("0755 0:0 - /\n0644 0:0 1 g\n");
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0644 0:0 1 f\n");
    }

    @Test
    void aFileFromBeforeGetsNoNameInWhatCameUp() throws IOException {
        volume.populate("0644 0:0 \"x\" f\n");
        Path before = volume.mount(Mount.asRoot()).getPath("/f");
        volume.crash(1);
        Path now = volume.mount(Mount.asRoot()).getPath("/link");

        assertThatThrownBy(() -> Files.createLink(now, before)).isInstanceOf(FileSystemException.class);
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0644 0:0 1 f\n");
    }

    private static void assertStale(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(FileSystemException.class).hasMessageEndingWith("Stale file handle");
    }

    @Test
    void openDirectoriesAndSpaceAreDeadToo() throws IOException {
        volume.populate("0644 0:0 \"x\" f\n");
        FileSystem files = volume.mount(Mount.asRoot());
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files.getPath("/"))) {
            volume.crash(1);

            assertThatThrownBy(() -> ((SecureDirectoryStream<Path>) stream).deleteFile(files.getPath("f")))
                    .hasMessage("f: Stale file handle");
        }
        assertThatThrownBy(() -> Files.getFileStore(files.getPath("f")).getTotalSpace())
                .hasMessageContaining("Stale file handle");
    }

    @Test
    void faultsHooksAndRecordingsStayAndHandlesDoNot() throws IOException {
        RwxVolume traced = RwxVolume.builder().crashable().traceHandles().build();
        FileChannel open = FileChannel.open(
                traced.mount(Mount.asRoot()).getPath("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        traced.inject(Fault.nth(1, Operation.MKDIR, Errno.EIO));
        Recording recording = traced.record();

        traced.crash(1);

        assertThat(traced.openHandles()).isEmpty();
        open.close();
        FileSystem again = traced.mount(Mount.asRoot());
        assertThatThrownBy(() -> Files.createDirectory(again.getPath("d"))).hasMessage("d: Input/output error");
        assertThat(recording.operations()).extracting(OperationEvent::toString).containsExactly("MKDIR d");
    }

    @Test
    void whatAnNfsClientKeptForItsHandleIsFoundUnderTheNameThatItGave() throws IOException {
        RwxVolume nfs = RwxVolume.builder().nfs().crashable().build();
        nfs.populate("0644 0:0 \"x\" f\n");
        Path file = nfs.mount(Mount.asRoot()).getPath("f");
        Set<String> whileOpen = new TreeSet<>();
        Set<String> afterwards = new TreeSet<>();
        try (FileChannel channel = FileChannel.open(file)) {
            Files.delete(file);
            assertThat(channel.size()).isEqualTo(1);
            for (long seed = 0; seed < 50; seed++) {
                whileOpen.add(names(nfs.afterCrash(seed)));
            }
        }
        for (long seed = 0; seed < 50; seed++) {
            afterwards.add(names(nfs.afterCrash(seed)));
        }

        assertThat(whileOpen).containsExactly("/ .nfs", "/ f");
        assertThat(afterwards).containsExactly("/", "/ .nfs", "/ f");
    }

    private static String names(RwxVolume volume) {
        return String.join(
                " ",
                volume.tree()
                        .lines()
                        .map(line -> line.split(" ", 4)[3].replaceAll("^\\.nfs.*", ".nfs"))
                        .toList());
    }
}
