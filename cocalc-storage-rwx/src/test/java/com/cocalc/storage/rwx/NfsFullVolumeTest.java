package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** On NFS a write says nothing of a full volume: force and close do. */
class NfsFullVolumeTest {
    private final RwxVolume volume = RwxVolume.builder().nfs().capacity(8192).build();
    private final FileSystem files = volume.mount(Mount.asRoot());
    private final Path file = files.getPath("f");

    private FileChannel open(StandardOpenOption... more) throws IOException {
        FileChannel created = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        created.close();
        return FileChannel.open(file, more);
    }

    @Test
    void onOneHostTheWriteItselfIsShort() throws IOException {
        FileSystem host = RwxVolume.builder().capacity(8192).build().mount(Mount.asRoot());
        try (FileChannel channel =
                FileChannel.open(host.getPath("f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(10_000))).isEqualTo(8192);
            channel.force(true);
        }
    }

    @Test
    void aFullVolumeShowsAtForceOnceAndWhatFittedIsThere() throws IOException {
        try (FileChannel channel = open(StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(10_000))).isEqualTo(10_000);
            assertThat(channel.write(ByteBuffer.allocate(10_000))).isEqualTo(10_000);
            assertThat(channel.position()).isEqualTo(20_000);

            assertThatThrownBy(() -> channel.force(true))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
            channel.force(true);
        }
        assertThat(Files.size(file)).isEqualTo(8192);
    }

    @Test
    void aFullVolumeShowsAtClose() throws IOException {
        FileChannel channel = open(StandardOpenOption.APPEND);
        assertThat(channel.write(ByteBuffer.allocate(10_000))).isEqualTo(10_000);

        assertThatThrownBy(channel::close)
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(channel.isOpen()).isFalse();
        channel.close();
    }

    @Test
    void aQuotaShowsAtClose() {
        volume.quota("p", 4096, 10);

        assertThatThrownBy(() -> Files.write(files.getPath("p/f"), new byte[5000]))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Disk quota exceeded");
    }

    @Test
    void aQuotaShowsAtForce() throws IOException {
        volume.quota("p", 4096, 10);
        try (FileChannel channel =
                FileChannel.open(files.getPath("p/f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(5000))).isEqualTo(5000);

            assertThatThrownBy(() -> channel.force(true))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Disk quota exceeded");
        }
        assertThat(Files.size(files.getPath("p/f"))).isEqualTo(4096);
    }

    @Test
    void aSynchronousWriteFailsItself() throws IOException {
        try (FileChannel channel = open(StandardOpenOption.WRITE, StandardOpenOption.SYNC)) {
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(10_000)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
        }
    }

    @Test
    void anErrorOfAnotherKindIsNotPostponed() throws IOException {
        volume.inject(Fault.every(Operation.WRITE, Errno.EIO));
        try (FileChannel channel = open(StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Input/output error");
        }
    }

    @Test
    void creatingIsAnsweredAtOnce() throws IOException {
        FileSystem small = RwxVolume.builder().nfs().inodes(1).build().mount(Mount.asRoot());

        assertThatThrownBy(() -> Files.createDirectory(small.getPath("d")))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage("d: No space left on device");
    }
}
