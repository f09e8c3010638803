package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A single file of a volume, mounted over a file of the container. */
class FileMountsTest {

    private final RwxVolume image = RwxVolume.create();
    private final RwxVolume volume = RwxVolume.create();

    private FileSystem container(Mount mount) {
        image.populate("0777 0:0 - etc/\n0644 0:0 \"\" etc/config\n0644 0:0 \"x\" etc/other");
        volume.populate("0700 0:0 - closed/\n0664 0:2001 \"of the volume\" closed/config");
        return ContainerFiles.builder(image, Mount.as(2001, 2001))
                .mount("/etc/config", volume, mount)
                .build();
    }

    @Test
    void theContainerSeesTheFileOfTheVolumeWhateverTheDirectoriesAboveItAllow() throws IOException {
        FileSystem files = container(Mount.as(2001, 2001).subPath("closed/config"));
        Path config = files.getPath("/etc/config");

        Files.writeString(config, "changed");

        assertThat(config).hasContent("changed").isRegularFile();
        assertThat(Files.size(config)).isEqualTo(7);
        assertThat(Files.getAttribute(config, "unix:mode")).isEqualTo(0100664);
        assertThat(volume.tree()).contains("0664 0:2001 7 closed/config");
        assertThat(image.tree()).contains("0644 0:0 0 etc/config");
    }

    @Test
    void aReadOnlyMountRefusesToWriteAndTheRestOfTheDirectoryIsAsBefore() throws IOException {
        FileSystem files =
                container(Mount.as(2001, 2001).subPath("closed/config").readOnly());

        assertThatThrownBy(() -> Files.writeString(files.getPath("/etc/config"), "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Read-only file system");
        assertThat(files.getPath("/etc/other")).hasContent("x");
        assertThatThrownBy(() -> Files.writeString(files.getPath("/etc/other"), "y"))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void theMountPointIsBusy() {
        FileSystem files = container(Mount.as(2001, 2001).subPath("closed/config"));
        Path config = files.getPath("/etc/config");

        assertThatThrownBy(() -> Files.delete(config)).hasMessageContaining("busy");
        assertThatThrownBy(() -> Files.move(config, files.getPath("/etc/moved")))
                .hasMessageContaining("busy");
        assertThatThrownBy(() -> Files.createLink(files.getPath("/etc/linked"), config))
                .isInstanceOf(FileSystemException.class);
    }

    @Test
    void nothingIsBelowAFile() {
        FileSystem files = container(Mount.as(2001, 2001).subPath("closed/config"));

        assertThatThrownBy(() -> Files.readString(files.getPath("/etc/config/x")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> Files.readString(files.getPath("/etc/config/../other")))
                .hasMessageContaining("Not a directory");
    }

    @Test
    void aFileIsNotMountedOverADirectory() {
        image.populate("0755 0:0 - etc/");
        volume.populate("0644 0:0 \"\" config");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerFiles.builder(image, Mount.asRoot())
                        .mount("/etc", volume, Mount.asRoot().subPath("config"))
                        .build());
    }

    @Test
    void aDirectoryIsNotMountedOverAFile() {
        image.populate("0644 0:0 \"\" config");
        volume.populate("0755 0:0 - etc/");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerFiles.builder(image, Mount.asRoot())
                        .mount("/config", volume, Mount.asRoot().subPath("etc"))
                        .build());
    }
}
