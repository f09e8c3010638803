package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JDK 17 sets the times of a copy by the microsecond. */
class CopiedTimesTest {
    private static final FileTime NANOSECONDS = FileTime.from(Instant.parse("2020-05-06T07:08:09.123456789Z"));
    private static final FileTime MICROSECONDS = FileTime.from(Instant.parse("2020-05-06T07:08:09.123456Z"));

    private final Path home = RwxVolume.create().mount(Mount.asRoot()).getPath("/");
    private final Path elsewhere = RwxVolume.create().mount(Mount.asRoot()).getPath("/");

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory"})
    void aMoveToAnotherVolumeKeepsMicroseconds(String kind) throws IOException {
        Path moved = Files.move(made(kind), elsewhere.resolve("moved"));

        assertThat(Files.getLastModifiedTime(moved)).isEqualTo(MICROSECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory"})
    void aCopyWithAttributesKeepsMicroseconds(String kind) throws IOException {
        CopyOption option = StandardCopyOption.COPY_ATTRIBUTES;

        assertThat(Files.getLastModifiedTime(Files.copy(made(kind), elsewhere.resolve("copy"), option)))
                .isEqualTo(MICROSECONDS);
        assertThat(Files.getLastModifiedTime(Files.copy(home.resolve(kind), home.resolve("copy"), option)))
                .isEqualTo(MICROSECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory"})
    void aMoveWithinAVolumeKeepsAll(String kind) throws IOException {
        Path moved = Files.move(made(kind), home.resolve("moved"));

        assertThat(Files.getLastModifiedTime(moved)).isEqualTo(NANOSECONDS);
    }

    private Path made(String kind) throws IOException {
        Path path = home.resolve(kind);
        if (kind.equals("file")) {
            Files.createFile(path);
        } else {
            Files.createDirectory(path);
        }
        return Files.setLastModifiedTime(path, NANOSECONDS);
    }
}
