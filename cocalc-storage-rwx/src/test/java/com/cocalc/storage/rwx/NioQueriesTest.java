package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioQueriesTest {
    private NioTestBed bed;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
    }

    @Test
    void whatCannotBeLookedAtNeitherExistsNorNotExists() throws IOException {
        Path closed = bed.directory("closed", "x");
        chmod(closed, 0600);
        Path loop = bed.link("loop", "loop");
        Path file = bed.file("file");

        for (Path path : List.of(closed.resolve("x"), loop, file.resolve("x"), bed.home("n".repeat(256)))) {
            assertThat(Files.exists(path)).isFalse();
            assertThat(Files.notExists(path)).isFalse();
            assertThat(Files.isDirectory(path)).isFalse();
            assertThat(Files.isReadable(path)).isFalse();
        }
    }

    @Test
    void danglingLinkNotExists() throws IOException {
        Path link = bed.link("dangling", "nowhere");

        assertThat(Files.exists(link)).isFalse();
        assertThat(Files.notExists(link)).isTrue();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void nothingIsWritableOnAReadOnlyMount() throws IOException {
        bed.file("mine");
        Files.writeString(bed.root.getPath("/of-root/foreign"), "x");
        Path mine = bed.readOnly.getPath("/home/mine");
        Path foreign = bed.readOnly.getPath("/of-root/foreign");

        assertThat(Files.isWritable(mine)).isFalse();
        assertThat(Files.isReadable(mine)).isTrue();
        assertFails(
                () -> mine.getFileSystem().provider().checkAccess(mine, AccessMode.WRITE),
                FileSystemException.class,
                mine,
                null,
                "Read-only file system");
        chmod(bed.root.getPath("/of-root/foreign"), 0600);
        assertFails(
                () -> foreign.getFileSystem().provider().checkAccess(foreign, AccessMode.WRITE),
                AccessDeniedException.class,
                foreign,
                null,
                null);
    }

    @Test
    void equalPathsAreTheSameFileEvenWhenMissing() throws IOException {
        assertThat(Files.isSameFile(bed.home("missing"), bed.home("missing"))).isTrue();
        assertFails(
                () -> Files.isSameFile(bed.home("missing"), bed.home("other")),
                NoSuchFileException.class,
                "/home/missing",
                null,
                null);
    }

    @Test
    void hardLinksAndOtherMountsAreTheSameFile() throws IOException {
        Path file = bed.file("file");
        Path hard = Files.createLink(bed.home("hard"), file);

        assertThat(Files.isSameFile(file, hard)).isTrue();
        assertThat(Files.isSameFile(file, bed.root.getPath("/home/hard"))).isTrue();
        assertThat(Files.isSameFile(file, bed.directory("dir"))).isFalse();
        assertThat(Files.isSameFile(file, Path.of("/"))).isFalse();
    }

    @Test
    void realPathWithoutFollowingIsThatOfTheLink() throws IOException {
        bed.file("file");
        Path link = bed.link("link", "file");

        assertThat(link.toRealPath()).hasToString("/home/file");
        assertThat(link.toRealPath(LinkOption.NOFOLLOW_LINKS)).hasToString("/home/link");
        assertThat(bed.user.getPath("home/../home/link").toRealPath()).hasToString("/home/file");
        assertFails(
                () -> bed.user.getPath("home/missing").toRealPath(LinkOption.NOFOLLOW_LINKS),
                NoSuchFileException.class,
                "/home/missing",
                null,
                null);
        assertFails(
                () -> bed.user.getPath("home/./missing/../x").toRealPath(LinkOption.NOFOLLOW_LINKS),
                NoSuchFileException.class,
                "/home/missing",
                null,
                null);
        assertFails(() -> bed.user.getPath("missing").toRealPath(), NoSuchFileException.class, "missing", null, null);
    }

    @Test
    void realPathOfLinksGoesThroughThem() throws IOException {
        bed.directory("dir", "x");
        bed.link("absolute", "/home/dir");
        bed.link("chain", "absolute/../dir/.");

        assertThat(bed.home("chain").resolve("x").toRealPath()).hasToString("/home/dir/x");
        assertThat(bed.user.getPath("/..").toRealPath()).hasToString("/");
        assertThat(bed.user.getPath("").toRealPath()).hasToString("/");
        bed.link("loop", "loop");
        assertFails(
                () -> bed.home("loop").toRealPath(),
                FileSystemException.class,
                "/home/loop",
                null,
                "Too many levels of symbolic links or unable to access attributes of symbolic link");
    }

    @Test
    void specialBitsShowInUnixModeAlone() throws IOException {
        Path dir = chmod(bed.directory("dir"), 01755);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.getAttribute(dir, "unix:mode")).isEqualTo(041755);
    }

    @Test
    void usersWithoutANameAreNumbers() throws IOException {
        RwxVolume volume =
                RwxVolume.builder().user("user", 2001).group("users", 2001).build();
        NioTestBed named = NioTestBed.on(volume);

        assertThat(Files.getOwner(bed.home(""))).hasToString("2001");
        assertThat(Files.getOwner(bed.user.getPath("/"))).hasToString("root");
        assertThat(Files.getOwner(named.home(""))).hasToString("user");
        assertThat(Files.getAttribute(named.home(""), "posix:group")).hasToString("users");
    }

    @Test
    void storesSayNothingAboutBeingReadOnly() throws IOException {
        assertThat(Files.getFileStore(bed.readOnly.getPath("/")).isReadOnly()).isFalse();
        assertThat(bed.readOnly.isReadOnly()).isFalse();
    }

    @Test
    void storesCountSpace() throws IOException {
        NioTestBed small = NioTestBed.on(RwxVolume.builder().capacity(1 << 20).build());
        var store = Files.getFileStore(small.home(""));
        long before = store.getUsableSpace();

        Files.write(small.home("page"), new byte[4096]);

        assertThat(store.getTotalSpace()).isEqualTo(1 << 20);
        assertThat(store.getUsableSpace()).isEqualTo(before - 4096);
        assertThat(store.getAttribute("unallocatedSpace")).isEqualTo(before - 4096);
        assertThat(store).isEqualTo(Files.getFileStore(small.root.getPath("/")));
        assertThat(store).isNotEqualTo(Files.getFileStore(bed.home("")));
    }
}
