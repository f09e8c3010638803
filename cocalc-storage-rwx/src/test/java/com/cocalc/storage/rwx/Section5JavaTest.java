package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static com.cocalc.storage.rwx.NioTestBed.mode;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** posix-semantics.md, section 5: the rows that the tests named Nio do not hold. */
class Section5JavaTest {
    private static final String LOOP =
            "Too many levels of symbolic links or unable to access attributes of symbolic link";

    private NioTestBed bed;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
    }

    private Path closed() throws IOException {
        return chmod(bed.directory("closed", "x"), 0555);
    }

    private FileSystem twoMounts(Mount user) throws IOException {
        Path other = Files.createDirectory(bed.root.getPath("/other"));
        Files.setAttribute(other, "unix:uid", 2001);
        return ContainerFiles.builder(bed.volume, user)
                .mount("/mnt", bed.volume, user.subPath("other"))
                .build();
    }

    // --- exceptions

    @ParameterizedTest
    @CsvSource({
        "ENOSPC,No space left on device",
        "EDQUOT,Disk quota exceeded",
        "ESTALE,Stale file handle",
        "EIO,Input/output error",
        "EMLINK,Too many links",
        "EISDIR,Is a directory",
        "EINVAL,Invalid argument",
        "EBUSY,Device or resource busy",
        "ENAMETOOLONG,File name too long",
        "EROFS,Read-only file system",
        "EPERM,Operation not permitted",
        "ENOTDIR,Not a directory"
    })
    void otherErrorsAreFileSystemExceptionsWithTheTextOfTheErrno(Errno errno, String reason) {
        bed.volume.inject(Fault.every(Operation.MKDIR, errno));
        Path path = bed.home("new");

        assertFails(() -> Files.createDirectory(path), FileSystemException.class, path, null, reason);
    }

    @Test
    void errorsOnAnOpenChannelArePlainAndHaveTheTextAlone() throws IOException {
        Path file = bed.file("file");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (Operation operation : List.of(Operation.READ, Operation.WRITE, Operation.FORCE)) {
                bed.volume.inject(Fault.every(operation, Errno.EIO));
            }
            assertPlain(() -> channel.read(ByteBuffer.allocate(1)));
            assertPlain(() -> channel.read(ByteBuffer.allocate(1), 0));
            assertPlain(() -> channel.write(ByteBuffer.allocate(1)));
            assertPlain(() -> channel.force(false));
            assertPlain(() -> Files.readAllBytes(file));
            assertPlain(() -> Files.writeString(file, "x"));
        }
    }

    private static void assertPlain(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isExactlyInstanceOf(IOException.class).hasMessage("Input/output error");
    }

    @Test
    void createLinkNamesTheLinkAndThenTheExistingFile() throws IOException {
        Path file = bed.file("file");
        Path missing = bed.home("missing");
        Path link = bed.home("link");

        assertFails(() -> Files.createLink(link, missing), NoSuchFileException.class, link, missing, null);
        assertFails(() -> Files.createLink(file, file), FileAlreadyExistsException.class, file, file, null);
        Path dir = bed.directory("dir");
        assertFails(() -> Files.createLink(link, dir), FileSystemException.class, link, dir, "Operation not permitted");
    }

    @Test
    void aCopyThatFailsNamesTheSideThatFailed() throws IOException {
        Path file = bed.file("file");
        Path target = bed.home("missing/x");
        Path closed = closed().resolve("new");
        Path secret = chmod(bed.file("secret"), 0);

        assertFails(() -> Files.copy(file, target), NoSuchFileException.class, target, null, null);
        assertFails(() -> Files.copy(file, closed), AccessDeniedException.class, closed, null, null);
        assertFails(() -> Files.copy(secret, bed.home("x")), AccessDeniedException.class, secret, null, null);
    }

    // --- opening

    @Test
    void inputStreamsRefuseToWrite() throws IOException {
        Path file = bed.file("file");

        for (StandardOpenOption option : List.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            assertThatThrownBy(() -> Files.newInputStream(file, option))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("'" + option + "' not allowed");
        }
    }

    // --- delete

    @Test
    void deleteIfExistsThrowsWhatIsNotAMissingName() throws IOException {
        Path inClosed = chmod(bed.directory("noX", "x"), 0666).resolve("x");
        Path loop = bed.link("loop", "loop").resolve("x");
        Path tooLong = bed.home("n".repeat(256));

        assertFails(() -> Files.deleteIfExists(inClosed), AccessDeniedException.class, inClosed, null, null);
        assertFails(() -> Files.deleteIfExists(loop), FileSystemException.class, loop, null, LOOP);
        assertFails(
                () -> Files.deleteIfExists(tooLong), FileSystemException.class, tooLong, null, "File name too long");
    }

    // --- move

    @Test
    void aMissingSourceIsNoSuchFileOfItAlone() {
        Path source = bed.home("missing");
        Path target = bed.home("missing/x");

        assertFails(() -> Files.move(source, target), NoSuchFileException.class, source, null, null);
        assertFails(() -> Files.move(source, target, ATOMIC_MOVE), NoSuchFileException.class, source, target, null);
    }

    @Test
    void theTargetIsLostWhenTheSourceCannotLeaveOrGoesIntoItself() throws IOException {
        Path kept = closed().resolve("x");
        Path target = bed.file("target");
        assertFails(() -> Files.move(kept, target, REPLACE_EXISTING), AccessDeniedException.class, kept, target, null);
        assertThat(target).doesNotExist();
        assertThat(kept).exists();

        Path dir = bed.directory("dir", "x");
        Path inside = dir.resolve("x");
        assertFails(
                () -> Files.move(dir, inside, REPLACE_EXISTING),
                FileSystemException.class,
                dir,
                inside,
                "Invalid argument");
        assertThat(inside).doesNotExist();
    }

    @Test
    void anEmptyDirectoryMovesAcrossMountsAndRootKeepsTheOwner() throws IOException {
        FileSystem fs = twoMounts(Mount.asRoot());
        chmod(bed.directory("dir"), 03750);

        Path moved = Files.move(fs.getPath("/home/dir"), fs.getPath("/mnt/dir"));

        assertThat(mode(moved)).isEqualTo(043750);
        assertThat(Files.getAttribute(moved, "unix:uid")).isEqualTo(2001);
        assertThat(bed.home("dir")).doesNotExist();
    }

    @Test
    void aFailureAtTheTargetOfAMoveAcrossMountsNamesTheTargetAlone() throws IOException {
        FileSystem fs = twoMounts(Mount.as(2001, 2001));
        bed.file("file");
        Path source = fs.getPath("/home/file");
        Path target =
                chmod(Files.createDirectory(fs.getPath("/mnt/closed")), 0555).resolve("x");
        Path missing = fs.getPath("/mnt/missing/x");

        assertFails(() -> Files.move(source, target), AccessDeniedException.class, target, null, null);
        assertThat(source).exists();
        // Here rename(2) itself fails, and not because of the mounts.
        assertFails(() -> Files.move(source, missing), NoSuchFileException.class, source, missing, null);
    }

    @Test
    void anAtomicMoveReplacesAnEmptyDirectoryAndNeedsNoLeave() throws IOException {
        Path dir = bed.directory("dir", "x");
        Path empty = bed.directory("empty");
        Path full = bed.directory("full", "y");

        Files.move(dir, empty, ATOMIC_MOVE);

        assertThat(empty.resolve("x")).exists();
        assertFails(
                () -> Files.move(empty, full, ATOMIC_MOVE, REPLACE_EXISTING),
                FileSystemException.class,
                empty,
                full,
                "Directory not empty");
        assertThat(full.resolve("y")).exists();
    }

    // --- copy

    @Test
    void aCopyOntoALinkToItselfDoesNothing() throws IOException {
        Path file = bed.file("file");
        Path link = bed.link("link", "file");

        Files.copy(link, file);
        Files.copy(link, file, REPLACE_EXISTING);

        assertThat(file).hasContent("hello");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void setIdBitsSurviveTheDataThatRootCopies() throws IOException {
        bed.file("file");
        FileSystem root = bed.volume.mount(Mount.asRoot());
        Path source = chmod(root.getPath("/home/file"), 07775);

        assertThat(mode(Files.copy(source, root.getPath("/home/copy")))).isEqualTo(0107755);
    }

    @Test
    void copiedAttributesKeepTheOwnerWhereThatIsAllowed() throws IOException {
        Path source = bed.root.getPath("/home/file");
        bed.file("file");

        Path copy = Files.copy(source, bed.root.getPath("/of-root/copy"), COPY_ATTRIBUTES);

        assertThat(Files.getAttribute(copy, "unix:uid")).isEqualTo(2001);
        assertThat(Files.getAttribute(copy, "unix:gid")).isEqualTo(2001);
    }

    @Test
    void aCopyWhoseTimesCannotBeSetFailsAtTheTargetAndIsRemoved() throws IOException {
        bed.file("file");
        Path source = bed.root.getPath("/home/file");
        // It may give the copy away, and then has no say in its times.
        FileSystem giver = bed.volume.mount(Mount.asRoot().capabilities(Capability.CHOWN));
        Path copy = giver.getPath("/of-root/copy");

        assertFails(
                () -> Files.copy(giver.getPath("/home/file"), copy, COPY_ATTRIBUTES),
                FileSystemException.class,
                copy,
                null,
                "Operation not permitted");
        assertThat(copy).doesNotExist();
        assertThat(source).exists();
    }

    // --- attributes and directories

    @Test
    void foreignPermissionsAreOperationNotPermitted() throws IOException {
        chmod(Files.writeString(bed.root.getPath("/of-root/file"), "x"), 0666);
        Path path = bed.user.getPath("/of-root/file");

        assertFails(
                () -> Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------")),
                FileSystemException.class,
                path,
                null,
                "Operation not permitted");
    }

    @Test
    void aFileOrALinkToOneIsNotADirectoryToList() throws IOException {
        Path file = bed.file("file");
        Path link = bed.link("link", "file");

        assertFails(() -> Files.newDirectoryStream(file), NotDirectoryException.class, file, null, null);
        assertFails(() -> Files.newDirectoryStream(link), NotDirectoryException.class, link, null, null);
    }

    @Test
    void visitorsAreGivenTheFailure() throws IOException {
        Path dir = bed.directory("dir");
        Path locked = chmod(Files.createDirectory(dir.resolve("locked")), 0);
        List<String> seen = new ArrayList<>();

        Files.walkFileTree(dir, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                seen.add(file + " " + failure.getClass().getSimpleName());
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(seen).containsExactly(locked + " AccessDeniedException");
    }

    @Test
    void aSecureStreamDoesNotRemoveAFileAsADirectory() throws IOException {
        bed.file("file");
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(bed.home(""))) {
            var home = (SecureDirectoryStream<Path>) stream;
            assertFails(
                    () -> home.deleteDirectory(bed.user.getPath("file")),
                    FileSystemException.class,
                    "file",
                    null,
                    "Not a directory");
        }
    }
}
