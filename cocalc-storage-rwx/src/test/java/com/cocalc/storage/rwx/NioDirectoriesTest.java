package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioDirectoriesTest {
    private NioTestBed bed;
    private Path dir;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
        dir = bed.directory("dir", "x");
    }

    // SecureDirectoryStream<Path> is what the fake gives. The callers close it.
    @SuppressWarnings({"unchecked", "StreamResourceLeak"})
    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }

    private Path name(String name) {
        return bed.user.getPath(name);
    }

    @Test
    void onlyReadPermissionIsNeededToList() throws IOException {
        chmod(dir, 0400);
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
            assertThat(stream).containsExactly(dir.resolve("x"));
        }
        chmod(dir, 0300);
        assertFails(() -> Files.newDirectoryStream(dir), AccessDeniedException.class, dir, null, null);
    }

    @Test
    @SuppressWarnings("StreamResourceLeak") // It is closed in the middle: what then?
    void streamIsIteratedOnceAndEndsWhenClosed() throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(dir);
        Iterator<Path> entries = stream.iterator();
        assertThatThrownBy(stream::iterator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Iterator already obtained");
        stream.close();
        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(stream::iterator).hasMessage("Directory stream is closed");
    }

    @Test
    void failureOfAFilterComesOutOfTheIterator() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, entry -> {
            throw new IOException("no");
        })) {
            assertThatThrownBy(() -> stream.iterator().hasNext()).isInstanceOf(DirectoryIteratorException.class);
        }
    }

    @Test
    void walkThrowsAtTheStartAndWrapsWhatComesLater() throws IOException {
        Path closed = chmod(Files.createDirectory(dir.resolve("closed")), 0);

        assertFails(() -> Files.walk(bed.home("missing")), NoSuchFileException.class, "/home/missing", null, null);
        try (var paths = Files.walk(dir)) {
            assertThatThrownBy(paths::count)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining(closed.toString());
        }
    }

    @Test
    void walkFindsLoopsWhenItFollowsAndTakesDanglingLinksAsEntries() throws IOException {
        Path link = bed.link("dangling", "nowhere");
        try (var paths = Files.walk(link)) {
            assertThat(paths).containsExactly(link);
        }
        Files.createSymbolicLink(dir.resolve("up"), name(".."));
        try (var paths = Files.walk(dir, FileVisitOption.FOLLOW_LINKS)) {
            assertThatThrownBy(paths::count).hasCauseInstanceOf(FileSystemLoopException.class);
        }
    }

    @Test
    void secureDeletesByKind() throws IOException {
        bed.link("link", "dir");
        try (SecureDirectoryStream<Path> home = open(bed.home(""))) {
            assertFails(() -> home.deleteFile(name("dir")), FileSystemException.class, "dir", null, "Is a directory");
            assertFails(
                    () -> home.deleteDirectory(name("link")),
                    FileSystemException.class,
                    "link",
                    null,
                    "Not a directory");
            assertFails(() -> home.deleteDirectory(name("dir")), DirectoryNotEmptyException.class, null, null, null);
            home.deleteFile(name("dir/x"));
            home.deleteDirectory(name("dir"));
            home.deleteFile(name("link"));
        }
        assertThat(bed.home("")).isEmptyDirectory();
    }

    @Test
    void secureStreamOfALinkIsRefusedUnlessFollowed() throws IOException {
        bed.link("link", "dir");
        bed.file("file");
        try (SecureDirectoryStream<Path> home = open(bed.home(""))) {
            assertFails(
                    () -> home.newDirectoryStream(name("link"), LinkOption.NOFOLLOW_LINKS),
                    FileSystemException.class,
                    "link",
                    null,
                    "Too many levels of symbolic links or unable to access attributes of symbolic link");
            assertFails(() -> home.newDirectoryStream(name("file")), NotDirectoryException.class, "file", null, null);
            try (DirectoryStream<Path> inner = home.newDirectoryStream(name("link"))) {
                assertThat(inner).containsExactly(bed.home("link/x"));
            }
        }
    }

    @Test
    void secureMoveIsARenameThatOverwrites() throws IOException {
        Path other = bed.directory("other", "y");
        try (SecureDirectoryStream<Path> from = open(dir);
                SecureDirectoryStream<Path> to = open(other)) {
            from.move(name("x"), to, name("y"));
            assertThat(other.resolve("y")).hasContent("inner");
            assertFails(() -> from.move(name("x"), to, name("z")), NoSuchFileException.class, "x", "z", null);
            Files.createDirectory(bed.root.getPath("/mounted"));
            try (SecureDirectoryStream<Path> elsewhere =
                    open(RwxVolume.create().mount(Mount.asRoot()).getPath("/"))) {
                assertFails(
                        () -> to.move(name("y"), elsewhere, name("y")),
                        AtomicMoveNotSupportedException.class,
                        "y",
                        "y",
                        "Invalid cross-device link");
            }
            try (SecureDirectoryStream<Path> disk = open(Path.of("/"))) {
                assertThatThrownBy(() -> to.move(name("y"), disk, name("y")))
                        .isInstanceOf(ProviderMismatchException.class);
            }
        }
    }

    @Test
    void secureStreamFollowsItsDirectoryAndKeepsTheOldNames() throws IOException {
        try (SecureDirectoryStream<Path> stream = open(dir)) {
            Files.move(dir, bed.home("moved"));

            stream.newByteChannel(name("new"), Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE))
                    .close();

            assertThat(bed.home("moved/new")).exists();
            assertThat(stream).contains(dir.resolve("x"));
        }
    }

    @Test
    void nothingIsCreatedInARemovedDirectory() throws IOException {
        Files.delete(dir.resolve("x"));
        try (SecureDirectoryStream<Path> stream = open(dir)) {
            Files.delete(dir);

            assertFails(
                    () -> stream.newByteChannel(
                            name("new"), Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE)),
                    NoSuchFileException.class,
                    "new",
                    null,
                    null);
            assertThat(stream).isEmpty();
        }
    }

    @Test
    void secureStreamDoesNotConfine() throws IOException {
        bed.file("file");
        try (SecureDirectoryStream<Path> stream = open(dir)) {
            stream.deleteFile(name("../file"));
            stream.newByteChannel(bed.home("dir/x"), Set.of(StandardOpenOption.READ))
                    .close();
        }
        assertThat(bed.home("file")).doesNotExist();
    }

    @Test
    void secureViewsChangeThroughAHandle() throws IOException {
        bed.link("link", "dir");
        try (SecureDirectoryStream<Path> home = open(bed.home(""))) {
            var view = home.getFileAttributeView(name("dir"), PosixFileAttributeView.class);
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            view.setOwner(view.getOwner());
            view.setTimes(FileTime.fromMillis(5), null, null);
            assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(FileTime.fromMillis(5));
            var link = home.getFileAttributeView(name("link"), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            assertThat(link.readAttributes().isSymbolicLink()).isTrue();
            assertThatThrownBy(() -> link.setTimes(FileTime.fromMillis(5), null, null))
                    .isInstanceOf(FileSystemException.class);
            home.getFileAttributeView(BasicFileAttributeView.class).setTimes(FileTime.fromMillis(7), null, null);
            assertThat(home.getFileAttributeView(UserDefinedFileAttributeView.class))
                    .isNull();
        }
        assertThat(Files.getLastModifiedTime(bed.home(""))).isEqualTo(FileTime.fromMillis(7));
    }

    @Test
    void closedSecureStreamRefusesEverything() throws IOException {
        SecureDirectoryStream<Path> stream = open(dir);
        var view = stream.getFileAttributeView(BasicFileAttributeView.class);
        stream.close();

        assertThatThrownBy(() -> stream.deleteFile(name("x"))).isInstanceOf(ClosedDirectoryStreamException.class);
        assertThatThrownBy(() -> stream.newDirectoryStream(name("x")))
                .isInstanceOf(ClosedDirectoryStreamException.class);
        assertThatThrownBy(() -> stream.newByteChannel(name("x"), Set.of()))
                .isInstanceOf(ClosedDirectoryStreamException.class);
        assertThatThrownBy(() -> stream.move(name("x"), stream, name("y")))
                .isInstanceOf(ClosedDirectoryStreamException.class);
        assertThatThrownBy(view::readAttributes).isInstanceOf(ClosedDirectoryStreamException.class);
    }

    @Test
    void anAbsolutePathLeavesAnOpenDirectoryForTheFileSystemThatItIsOf() throws IOException {
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        volume.populate("0644 0:0 \"text\" elsewhere/file");
        Path elsewhere = volume.mount(Mount.asRoot()).getPath("/elsewhere");
        Path here = Files.createDirectory(bed.root.getPath("/here"));
        Files.createFile(here.resolve("mine"));
        Path mine = here.getFileSystem().getPath("mine");

        try (SecureDirectoryStream<Path> stream = open(here)) {
            stream.newDirectoryStream(elsewhere).close();
            assertThatThrownBy(() -> stream.move(mine, stream, elsewhere.resolve("mine")))
                    .isInstanceOf(AtomicMoveNotSupportedException.class);
            PosixFileAttributeView view =
                    stream.getFileAttributeView(elsewhere.resolve("file"), PosixFileAttributeView.class);
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            assertThat(volume.tree()).contains("0700 0:0 4 elsewhere/file");
            stream.deleteFile(elsewhere.resolve("file"));
            stream.deleteDirectory(elsewhere);
        }
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n");
        assertThat(volume.openHandles()).isEmpty();
    }
}
