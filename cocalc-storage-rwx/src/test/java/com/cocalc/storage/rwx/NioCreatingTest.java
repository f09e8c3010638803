package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static com.cocalc.storage.rwx.NioTestBed.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioCreatingTest {
    private static final FileAttribute<Set<PosixFilePermission>> ALL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

    private NioTestBed bed;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
    }

    @Test
    void newObjectsLoseTheUmask() throws IOException {
        assertThat(mode(Files.createDirectory(bed.home("dir")))).isEqualTo(040755);
        assertThat(mode(Files.createFile(bed.home("file")))).isEqualTo(0100644);
        assertThat(mode(Files.createDirectory(bed.home("open"), ALL))).isEqualTo(040755);
        assertThat(mode(Files.createFile(bed.home("openFile"), ALL))).isEqualTo(0100755);
    }

    @Test
    void temporaryFilesAreOfTheirOwnerAlone() throws IOException {
        assertThat(mode(Files.createTempFile(bed.home(""), "t", ".tmp"))).isEqualTo(0100600);
        assertThat(mode(Files.createTempDirectory(bed.home(""), "t"))).isEqualTo(040700);
        assertThat(mode(Files.createTempFile(bed.home(""), "t", ".tmp", ALL))).isEqualTo(0100755);
        assertThat(mode(Files.createFile(bed.home("log-20240101120000")))).isEqualTo(0100644);
    }

    @Test
    void otherInitialAttributesAreRefusedBeforeAnyAccess() {
        FileAttribute<String> colour = new FileAttribute<>() {
            @Override
            public String name() {
                return "user:colour";
            }

            @Override
            public String value() {
                return "red";
            }
        };

        assertThatThrownBy(() -> Files.createDirectory(bed.user.getPath("/of-root/x"), colour))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("'user:colour' not supported as initial attribute");
        assertThatThrownBy(() -> Files.createFile(bed.home("missing/x"), colour))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Files.createSymbolicLink(bed.home("missing/x"), bed.home("y"), ALL))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void createDirectoriesGivesBackWhatIsThere() throws IOException {
        bed.directory("dir");
        Path link = bed.link("link", "dir");
        Path readOnly = bed.readOnly.getPath("/home/dir");

        assertThat(Files.createDirectories(link)).isSameAs(link);
        assertThat(Files.createDirectories(readOnly)).isSameAs(readOnly);
        assertThat(Files.createDirectories(bed.user.getPath("/of-root"))).hasToString("/of-root");
    }

    @Test
    void createDirectoriesOnAnythingElseIsFileAlreadyExists() throws IOException {
        bed.file("file");
        for (Path path : new Path[] {
            bed.home("file"), bed.link("link", "file"), bed.link("dangling", "nowhere"), bed.link("loop", "loop")
        }) {
            assertFails(() -> Files.createDirectories(path), FileAlreadyExistsException.class, path, null, null);
        }
    }

    @Test
    void createDirectoriesNamesTheAbsoluteElementThatFailed() throws IOException {
        bed.file("file");
        bed.link("dangling", "nowhere");
        chmod(bed.directory("closed"), 0600);

        assertFails(
                () -> Files.createDirectories(bed.user.getPath("of-root/new/er")),
                AccessDeniedException.class,
                "/of-root/new",
                null,
                null);
        assertFails(
                () -> Files.createDirectories(bed.user.getPath("home/dangling/new")),
                FileAlreadyExistsException.class,
                "/home/dangling",
                null,
                null);
        assertFails(
                () -> Files.createDirectories(bed.user.getPath("home/file/new")),
                FileSystemException.class,
                "/home/file/new",
                null,
                "Not a directory");
        assertFails(
                () -> Files.createDirectories(bed.user.getPath("home/closed/new/er")),
                AccessDeniedException.class,
                "/home/closed/new",
                null,
                null);
    }

    @Test
    void linksMayPointNowhere() throws IOException {
        Path link = Files.createSymbolicLink(bed.home("link"), bed.user.getPath("../a/./b"));

        assertThat(Files.readSymbolicLink(link)).hasToString("../a/./b");
    }
}
