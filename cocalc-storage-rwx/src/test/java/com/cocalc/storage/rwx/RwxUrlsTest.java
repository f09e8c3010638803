package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RwxUrlsTest {
    private final FileSystem files = RwxVolume.create().mount(Mount.asRoot());

    @Test
    void aFileIsReadByTheUrlOfItsPath() throws IOException {
        Path file = Files.writeString(files.getPath("/a b\u00fc%"), "hello");
        URL url = file.toUri().toURL();

        assertThat(url.openStream()).hasContent("hello");
        assertThat(url.openConnection().getContentLengthLong()).isEqualTo(5);
        assertThat(url.toExternalForm()).isEqualTo(file.toUri().toString());
    }

    @Test
    void aMissingFileAndAClosedFileSystemAreRefusedAsByPaths() throws IOException {
        URL missing = files.getPath("/missing").toUri().toURL();
        assertThatThrownBy(missing::openStream).isInstanceOf(NoSuchFileException.class);

        files.close();
        assertThatThrownBy(missing::openStream).isInstanceOf(FileSystemNotFoundException.class);
    }
}
