package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.nio.Failures;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NioFailuresTest {
    private static final String LOOP =
            "Too many levels of symbolic links or unable to access attributes of symbolic link";

    private NioTestBed bed;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
    }

    @Test
    void missingPermissionIsAccessDeniedWithoutAReason() {
        Path path = bed.user.getPath("/of-root/new");

        assertFails(() -> Files.createFile(path), AccessDeniedException.class, path, null, null);
    }

    @Test
    void missingNameIsNoSuchFileWithoutAReason() {
        Path path = bed.home("missing");

        assertFails(() -> Files.size(path), NoSuchFileException.class, path, null, null);
    }

    @Test
    void takenNameIsFileAlreadyExistsWithoutAReason() throws IOException {
        Path path = bed.file("taken");

        assertFails(() -> Files.createDirectory(path), FileAlreadyExistsException.class, path, null, null);
    }

    @Test
    void loopOfLinksIsAFileSystemExceptionWithTheLongText() throws IOException {
        Path path = bed.link("loop", "loop");

        assertFails(() -> Files.size(path), FileSystemException.class, path, null, LOOP);
    }

    @Test
    void changingAForeignFileIsNotAccessDenied() throws IOException {
        Files.writeString(bed.root.getPath("/of-root/file"), "x");
        Path path = bed.user.getPath("/of-root/file");

        assertFails(
                () -> Files.setAttribute(path, "unix:mode", 0600),
                FileSystemException.class,
                path,
                null,
                "Operation not permitted");
    }

    @Test
    void aFileInTheWayIsNotADirectoryException() throws IOException {
        Path path = bed.file("file").resolve("x");

        assertFails(() -> Files.size(path), FileSystemException.class, path, null, "Not a directory");
        assertFails(() -> Files.newDirectoryStream(path), NotDirectoryException.class, path, null, null);
        assertFails(() -> Files.list(path), NotDirectoryException.class, path, null, null);
    }

    @Test
    void fullDirectoryIsDirectoryNotEmptyUnlessMovedAtomically() throws IOException {
        Path full = bed.directory("full", "x");
        Path other = bed.directory("other");

        assertFails(() -> Files.delete(full), DirectoryNotEmptyException.class, full, null, null);
        assertFails(
                () -> Files.move(other, full, StandardCopyOption.REPLACE_EXISTING),
                DirectoryNotEmptyException.class,
                full,
                null,
                null);
        assertFails(
                () -> Files.copy(other, full, StandardCopyOption.REPLACE_EXISTING),
                DirectoryNotEmptyException.class,
                full,
                null,
                null);
        assertFails(
                () -> Files.move(other, full, StandardCopyOption.ATOMIC_MOVE),
                FileSystemException.class,
                other,
                full,
                "Directory not empty");
    }

    @Test
    void anotherMountIsAtomicMoveNotSupportedAndNoPlaceForALink() throws IOException {
        FileSystem container = ContainerFiles.builder(bed.volume, PosixIdentity.ROOT)
                .mount("/elsewhere", bed.volume, Mount.asRoot())
                .build();
        Path file = Files.writeString(container.getPath("/file"), "x");
        Path target = container.getPath("/elsewhere/moved");

        assertFails(
                () -> Files.move(file, target, StandardCopyOption.ATOMIC_MOVE),
                AtomicMoveNotSupportedException.class,
                file,
                target,
                "Invalid cross-device link");
        assertFails(
                () -> Files.createLink(target, file),
                FileSystemException.class,
                target,
                file,
                "Invalid cross-device link");
    }

    @Test
    void readOnlyMountIsAPlainFileSystemException() {
        Path path = bed.readOnly.getPath("/home/new");

        assertFails(() -> Files.createFile(path), FileSystemException.class, path, null, "Read-only file system");
    }

    @Test
    void directoryOpenedForWritingIsAFileSystemException() throws IOException {
        Path path = bed.directory("dir");

        assertFails(() -> Files.write(path, new byte[1]), FileSystemException.class, path, null, "Is a directory");
    }

    @Test
    void moveIntoItselfIsAnInvalidArgumentOfBoth() throws IOException {
        Path path = bed.directory("dir");
        Path below = path.resolve("below");

        assertFails(() -> Files.move(path, below), FileSystemException.class, path, below, "Invalid argument");
    }

    @Test
    void longNamesAreRefusedByTheirBytes() {
        Path path = bed.home("ä".repeat(128));

        assertFails(() -> Files.createFile(path), FileSystemException.class, path, null, "File name too long");
    }

    @Test
    void namesOf255BytesAreFine() throws IOException {
        Path path = bed.home("ä".repeat(127) + "x");

        Files.createFile(path);

        assertThat(path).exists();
    }

    @ParameterizedTest
    @EnumSource(Errno.class)
    void everyErrnoNamesTheFileAndItsText(Errno errno) {
        IOException failure = Failures.of(ErrnoException.of(errno), "a", "b");

        assertThat(failure).isInstanceOf(FileSystemException.class).hasMessageStartingWith("a -> b");
        String reason = ((FileSystemException) failure).getReason();
        if (errno == Errno.EACCES || errno == Errno.ENOENT || errno == Errno.EEXIST) {
            assertThat(reason).isNull();
        } else {
            assertThat(failure).isExactlyInstanceOf(FileSystemException.class);
            assertThat(reason).startsWith(errno.text());
        }
    }

    @Test
    void writingIntoAFullVolumeIsAPlainIOExceptionAndKeepsWhatFitted() throws IOException {
        NioTestBed small = NioTestBed.on(RwxVolume.builder().capacity(8192).build());
        Path path = small.home("big");

        assertThatThrownBy(() -> Files.write(path, new byte[20_000]))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(Files.size(path)).isEqualTo(8192);
    }

    @Test
    void copyingIntoAFullVolumeNamesBothAndRemovesThePartialTarget() throws IOException {
        NioTestBed small = NioTestBed.on(RwxVolume.builder().capacity(24_576).build());
        Path source = Files.write(small.home("source"), new byte[16_384]);
        Path target = small.home("target");

        assertFails(
                () -> Files.copy(source, target), FileSystemException.class, source, target, "No space left on device");
        assertThat(target).doesNotExist();
    }

    @Test
    void exceptionsNameThePathAsTheCallerGaveIt() throws IOException {
        Path relative = bed.user.getPath("home/./missing");

        assertFails(() -> Files.size(relative), NoSuchFileException.class, "home/./missing", null, null);
    }

    @Test
    void specialLastElementsAnswerAsTheSystemCallDoes() throws IOException {
        Path dir = bed.directory("dir");
        FileSystem fs = bed.user;

        assertFails(
                () -> Files.createDirectory(dir.resolve(".")),
                FileAlreadyExistsException.class,
                "/home/dir/.",
                null,
                null);
        assertFails(
                () -> Files.delete(dir.resolve(".")),
                FileSystemException.class,
                "/home/dir/.",
                null,
                "Invalid argument");
        assertFails(() -> Files.delete(fs.getPath("")), FileSystemException.class, "", null, "Invalid argument");
        assertFails(
                () -> Files.delete(dir.resolve("..")), DirectoryNotEmptyException.class, "/home/dir/..", null, null);
        assertFails(
                () -> Files.delete(fs.getPath("/")), FileSystemException.class, "/", null, "Device or resource busy");
        assertFails(
                () -> Files.move(dir.resolve("."), bed.home("new")),
                FileSystemException.class,
                "/home/dir/.",
                "/home/new",
                "Device or resource busy");
    }

    @Test
    void nulIsNoPath() {
        assertThatThrownBy(() -> bed.user.getPath("a\0b"))
                .isExactlyInstanceOf(InvalidPathException.class)
                .hasMessageStartingWith("Nul character not allowed");
    }
}
