package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static com.cocalc.storage.rwx.NioTestBed.mode;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioMoveAndCopyTest {
    private NioTestBed bed;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
    }

    /** The home, and a mount of another part of the same volume. */
    private FileSystem twoMounts() throws IOException {
        Path other = Files.createDirectory(bed.root.getPath("/other"));
        Files.setAttribute(other, "unix:uid", 2001);
        return ContainerFiles.builder(bed.volume, PosixIdentity.PROJECT_USER)
                .mount("/mnt", bed.volume, Mount.as(2001, 2001).subPath("other"))
                .build();
    }

    @Test
    void deleteLooksBeforeItRemoves() {
        Path missing = bed.readOnly.getPath("/home/missing");

        assertFails(() -> Files.delete(missing), NoSuchFileException.class, missing, null, null);
    }

    @Test
    void deleteIfExistsForgivesAMissingNameAlone() throws IOException {
        Path below = bed.file("file").resolve("x");

        assertThat(Files.deleteIfExists(bed.home("missing"))).isFalse();
        assertFails(() -> Files.deleteIfExists(below), FileSystemException.class, below, null, "Not a directory");
    }

    @Test
    void stickyDirectoryKeepsForeignFiles() throws IOException {
        chmod(Files.createDirectory(bed.root.getPath("/sticky")), 01777);
        Files.writeString(bed.root.getPath("/sticky/foreign"), "x");
        Path foreign = bed.user.getPath("/sticky/foreign");

        assertFails(() -> Files.delete(foreign), FileSystemException.class, foreign, null, "Operation not permitted");
    }

    @Test
    void movingBetweenNamesOfOneFileDoesNothing() throws IOException {
        Path file = bed.file("file");
        Path hard = Files.createLink(bed.home("hard"), file);

        Files.move(file, hard);

        assertThat(file).exists();
        assertThat(hard).exists();
    }

    @Test
    void moveRefusesAnExistingTargetEvenADanglingLink() throws IOException {
        Path file = bed.file("file");
        Path link = bed.link("dangling", "nowhere");

        assertFails(() -> Files.move(file, link), FileAlreadyExistsException.class, link, null, null);
    }

    @Test
    void replacingRemovesTheTargetFirstSoKindsMayDiffer() throws IOException {
        Files.move(bed.file("a"), bed.directory("dir"), REPLACE_EXISTING);
        Files.move(bed.directory("b"), bed.file("file"), REPLACE_EXISTING);

        assertThat(bed.home("dir")).isRegularFile();
        assertThat(bed.home("file")).isDirectory();
    }

    @Test
    void replacingLosesTheTargetWhenTheRenameFails() throws IOException {
        chmod(Files.createDirectory(bed.root.getPath("/sticky")), 01777);
        Files.writeString(bed.root.getPath("/sticky/foreign"), "x");
        Path source = bed.user.getPath("/sticky/foreign");
        Path target = bed.file("target");

        assertFails(
                () -> Files.move(source, target, REPLACE_EXISTING),
                FileSystemException.class,
                source,
                target,
                "Operation not permitted");
        assertThat(target).doesNotExist();
    }

    @Test
    void atomicMoveReplacesWithoutBeingAskedAndNamesBoth() throws IOException {
        Path file = bed.file("file");
        Path target = bed.file("target");
        Path dir = bed.directory("dir");

        Files.move(file, target, ATOMIC_MOVE);

        assertFails(
                () -> Files.move(target, dir, ATOMIC_MOVE), FileSystemException.class, target, dir, "Is a directory");
        assertFails(
                () -> Files.move(dir, target, ATOMIC_MOVE), FileSystemException.class, dir, target, "Not a directory");
    }

    @Test
    void missingParentOfTheTargetNamesBoth() throws IOException {
        Path file = bed.file("file");
        Path target = bed.home("missing/x");

        assertFails(() -> Files.move(file, target), NoSuchFileException.class, file, target, null);
    }

    @Test
    void copyAttributesIsNoOptionOfMove() {
        assertThatThrownBy(() -> Files.move(bed.home("a"), bed.home("b"), COPY_ATTRIBUTES))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Unsupported copy option");
    }

    @Test
    void moveAcrossMountsCopiesModeTimesAndLinks() throws IOException {
        FileSystem fs = twoMounts();
        Path file = chmod(Files.writeString(fs.getPath("/home/file"), "x"), 06711);
        Files.setLastModifiedTime(file, FileTime.fromMillis(5000));
        Files.setAttribute(file, "user:colour", new byte[] {1});
        Path link = Files.createSymbolicLink(fs.getPath("/home/link"), fs.getPath("file"));

        Path moved = Files.move(file, fs.getPath("/mnt/file"));
        Files.move(link, fs.getPath("/mnt/link"));

        assertThat(mode(moved)).isEqualTo(0106711);
        assertThat(Files.getLastModifiedTime(moved)).isEqualTo(FileTime.fromMillis(5000));
        assertThat((byte[]) Files.getAttribute(moved, "user:colour")).containsExactly(1);
        assertThat(Files.readSymbolicLink(fs.getPath("/mnt/link"))).hasToString("file");
        assertThat(file).doesNotExist();
    }

    @Test
    void fullDirectoryDoesNotMoveAcrossMountsAndLeavesNothing() throws IOException {
        FileSystem fs = twoMounts();
        bed.directory("full", "x");
        Path full = fs.getPath("/home/full");
        Path target = fs.getPath("/mnt/full");

        assertFails(() -> Files.move(full, target), DirectoryNotEmptyException.class, full, null, null);
        assertThat(target).doesNotExist();
    }

    @Test
    void sourceThatStaysTakesTheCopyBack() throws IOException {
        FileSystem fs = twoMounts();
        chmod(bed.directory("locked", "x"), 0555);
        Path source = fs.getPath("/home/locked/x");
        Path target = fs.getPath("/mnt/x");

        assertFails(() -> Files.move(source, target), AccessDeniedException.class, source, null, null);
        assertThat(target).doesNotExist();
        assertThat(source).exists();
    }

    @Test
    void copyBetweenFileSystemsIsACopyBetweenMounts() throws IOException {
        Path file = bed.file("file");
        Path target = bed.root.getPath("/of-root/copy");

        Files.copy(file, target);

        assertThat(Files.readAttributes(target, "unix:uid")).containsEntry("uid", 0);
        assertThatThrownBy(() -> Files.move(file, bed.root.getPath("/of-root/moved"), ATOMIC_MOVE))
                .hasMessageContaining("Invalid cross-device link");
        Files.move(file, bed.root.getPath("/of-root/moved"));
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> Files.createLink(bed.home("hard"), target))
                .hasMessageContaining("Invalid cross-device link");
    }

    @Test
    void copyFollowsTheSourceAndNeverTheTarget() throws IOException {
        Path link = bed.link("link", "file");
        bed.file("file");
        Path dangling = bed.link("dangling", "nowhere");

        assertFails(() -> Files.copy(dangling, bed.home("x")), NoSuchFileException.class, dangling, null, null);
        assertFails(() -> Files.copy(link, dangling), FileAlreadyExistsException.class, dangling, null, null);
        Files.copy(link, bed.home("copy"));
        Files.copy(link, bed.home("linkCopy"), LinkOption.NOFOLLOW_LINKS);
        Files.copy(link, dangling, REPLACE_EXISTING);

        assertThat(bed.home("copy")).isRegularFile();
        assertThat(bed.home("linkCopy")).isSymbolicLink();
        assertThat(Files.isSymbolicLink(dangling)).isFalse();
        assertThat(bed.home("nowhere")).doesNotExist();
    }

    @Test
    void replacingCopyLosesTheTargetWhenTheSourceCannotBeRead() throws IOException {
        Path secret = chmod(bed.file("secret"), 0);
        Path target = bed.file("target");

        assertFails(
                () -> Files.copy(secret, target, REPLACE_EXISTING), AccessDeniedException.class, secret, null, null);
        assertThat(target).doesNotExist();
    }

    @Test
    void copyOfOneFileOntoItselfDoesNothing() throws IOException {
        Path file = bed.file("file");
        Path hard = Files.createLink(bed.home("hard"), file);

        Files.copy(file, hard);
        Files.copy(file, file, REPLACE_EXISTING);

        assertThat(file).hasContent("hello");
    }

    @Test
    void directoriesAreCopiedEmptyEvenIntoThemselves() throws IOException {
        Path full = chmod(bed.directory("full", "x"), 0300);

        Path copy = Files.copy(full, full.resolve("copy"));

        chmod(copy, 0700);
        assertThat(copy).isEmptyDirectory();
    }

    @Test
    void copiedModePassesTheUmaskAndLosesSetIdToTheData() throws IOException {
        Path sticky = chmod(bed.directory("sticky"), 03777);
        Path empty = chmod(Files.createFile(bed.home("empty")), 07775);
        Path file = chmod(bed.file("file"), 07775);

        assertThat(mode(Files.copy(sticky, bed.home("a")))).isEqualTo(041755);
        assertThat(mode(Files.copy(empty, bed.home("b")))).isEqualTo(0107755);
        assertThat(mode(Files.copy(file, bed.home("c")))).isEqualTo(0101755);
    }

    @Test
    void copiedAttributesKeepAllTwelveBits() throws IOException {
        Path file = chmod(bed.file("file"), 06777);
        Files.setLastModifiedTime(file, FileTime.fromMillis(5000));

        Path copy = Files.copy(file, bed.home("copy"), COPY_ATTRIBUTES);

        assertThat(mode(copy)).isEqualTo(0106777);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.fromMillis(5000));
    }

    @Test
    void whereTheOwnerMayNotBeGivenAwayTheModeIsNotSetEither() throws IOException {
        chmod(Files.writeString(bed.root.getPath("/of-root/file"), "x"), 06777);

        Path copy = Files.copy(bed.user.getPath("/of-root/file"), bed.home("copy"), COPY_ATTRIBUTES);

        assertThat(mode(copy)).isEqualTo(0100755);
        assertThat(Files.getAttribute(copy, "unix:uid")).isEqualTo(2001);
    }

    @Test
    void copyOfAStreamNeedsLeaveToReplace() throws IOException {
        Path file = bed.file("file");

        assertFails(
                () -> Files.copy(new ByteArrayInputStream(new byte[1]), file),
                FileAlreadyExistsException.class,
                file,
                null,
                null);
    }

    @Test
    void whatIsWrongWithAPathIsReportedBeforeThatItLeadsToAnotherVolume() throws IOException {
        Path elsewhere =
                Files.createFile(RwxVolume.create().mount(Mount.asRoot()).getPath("/file"));
        Path file = bed.file("file");
        Path missing = bed.home("missing");
        Path below = file.resolve("x");

        assertFails(() -> Files.createLink(elsewhere, file), FileAlreadyExistsException.class, elsewhere, file, null);
        assertFails(
                () -> Files.createLink(elsewhere.resolveSibling("new"), missing),
                NoSuchFileException.class,
                elsewhere.resolveSibling("new"),
                missing,
                null);
        assertFails(
                () -> Files.move(elsewhere, below, ATOMIC_MOVE),
                FileSystemException.class,
                elsewhere,
                below,
                "Not a directory");
        assertFails(() -> Files.move(elsewhere, below), FileSystemException.class, elsewhere, below, "Not a directory");
    }
}
