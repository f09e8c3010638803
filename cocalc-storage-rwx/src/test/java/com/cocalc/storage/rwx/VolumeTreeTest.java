package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a volume, and filling it. */
class VolumeTreeTest {
    private static final String TREE = """
        0755 0:0 - /
        0755 2001:2001 - docs/
        0644 2001:2001 5 docs/notes
        0777 2001:2001 - docs/today -> notes
        4755 0:0 0 tool
        """;

    private final RwxVolume volume = RwxVolume.create();

    @Test
    void aTreeShowsModeOwnerSizeAndTargetSortedByPath() {
        volume.populate("""
            4755 0:0 - tool
            0644 2001:2001 "hello" docs/notes
            0777 2001:2001 - docs/today -> notes
            0755 2001:2001 - docs/
            """);

        assertThat(volume.tree()).isEqualTo(TREE);
    }

    @Test
    void aTreeReadsBackAsItself() {
        volume.populate(TREE);

        assertThat(volume.tree()).isEqualTo(TREE);
    }

    @Test
    void namesThatLookLikeSyntaxReadBackAsThemselves() throws ErrnoException {
        Syscalls calls = volume.syscalls(Mount.asRoot());
        for (byte[] name : new byte[][] {
            "a -> b".getBytes(UTF_8), "line\nbreak".getBytes(UTF_8), "back\\slash".getBytes(UTF_8), {(byte) 0xff, 'x'}
        }) {
            calls.mkdir(null, name, 0755);
        }
        RwxVolume copy = RwxVolume.create();

        copy.populate(volume.tree());

        assertThat(copy.tree()).isEqualTo(volume.tree()).contains("\\xffx/", "line\\x0abreak/", "back\\x5cslash/");
    }

    @Test
    void contentsMayBeLong() throws ErrnoException {
        RwxVolume volume = RwxVolume.create();

        volume.populate("0644 0:0 \"" + "x\\n".repeat(50_000) + "\" f\n");

        assertThat(Calls.on(volume, Mount.asRoot()).read("f")).hasSize(10_000).startsWith("x\nx\n");
        assertThat(volume.tree()).contains("0644 0:0 100000 f\n");
    }

    @Test
    void aLineThatIsNoneIsRefusedWithTheForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate("rwxr-xr-x root docs"))
                .withMessage("a line of a tree must be mode, owner, size and path as in \"0644 2001:2001 5 notes\" (or"
                        + " \"-\" for \"docs/\", \"fifo|\" and \"link -> target\", \"=\" for \"again -> notes\", or contents in"
                        + " quotes), but was: rwxr-xr-x root docs");
    }

    @Test
    void aLineThatCannotBeMadeIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate("0644 0:0 1 f\n0644 0:0 1 f/below\n"))
                .withMessage("line of a tree could not be created (Not a directory): 0644 0:0 1 f/below");
    }

    @Test
    void aDiffListsWhatCameWentAndChanged() throws IOException {
        volume.populate(TREE);
        VolumeSnapshot before = volume.snapshot();
        FileSystem files = volume.mount(Mount.asRoot());
        Files.delete(files.getPath("docs/today"));
        Files.createDirectory(files.getPath("new"));
        Files.writeString(files.getPath("docs/notes"), "jello");
        Files.setAttribute(files.getPath("tool"), "unix:mode", 0700);

        assertThat(before.diff(volume.snapshot()))
                .containsExactly(
                        "* 0644 2001:2001 5 docs/notes",
                        "- 0777 2001:2001 - docs/today -> notes",
                        "+ 0755 0:0 - new/",
                        "~ 4755 0:0 0 tool => 0700 0:0 0 tool");
        assertThat(before.diff(before)).isEmpty();
    }

    @Test
    void aSnapshotChangesNothing() throws IOException {
        volume.populate(TREE);
        Path notes = volume.mount(Mount.asRoot()).getPath("docs/notes");
        Object before = Files.readAttributes(notes, "*");

        volume.snapshot();

        assertThat(Files.readAttributes(notes, "*")).isEqualTo(before);
        assertThat(volume.snapshot()).isEqualTo(volume.snapshot()).hasSameHashCodeAs(volume.snapshot());
    }

    @Test
    void aRealDirectoryGoesInAndOutUnchanged(@TempDir Path source, @TempDir Path target) throws IOException {
        Files.createDirectory(source.resolve("d"));
        Files.writeString(source.resolve("d/f"), "text");
        Files.setAttribute(source.resolve("d/f"), "unix:mode", 0640);
        Files.createSymbolicLink(source.resolve("l"), Path.of("d/f"));
        volume.populate(source);
        volume.copyTo(target);
        RwxVolume again = RwxVolume.create();

        again.populate(target);

        assertThat(again.snapshot()).isEqualTo(volume.snapshot());
        assertThat(Files.readString(target.resolve("l"))).isEqualTo("text");
        assertThat(Files.getAttribute(target.resolve("d/f"), "unix:mode")).isEqualTo(0100640);
    }

    @Test
    void namesAndTargetsThatAreNoUtf8GoOutAndInUnchanged(@TempDir Path directory) throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("""
                0755 2001:2001 - \\xff\\xfe/
                0644 2001:2001 "x" \\xff\\xfe/a\\xc3
                0777 2001:2001 - \\xff\\xfe/above -> ../\\xff/./a
                0777 2001:2001 - absolute -> /\\xff
                0644 2001:2001 "x" ü\uFFFD
                """);
        RwxVolume back = RwxVolume.create();

        volume.copyTo(directory);
        back.populate(directory);

        assertThat(back.tree().lines().skip(1).map(VolumeTreeTest::withoutOwner))
                .containsExactlyElementsOf(volume.tree()
                        .lines()
                        .skip(1)
                        .map(VolumeTreeTest::withoutOwner)
                        .toList());
    }

    private static String withoutOwner(String line) {
        return line.replaceFirst(" \\d+:\\d+ ", " ");
    }

    @Test
    void furtherNamesOfAFileLeadToItsFirst() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("""
                0644 2001:2001 "hello" b/notes
                0644 2001:2001 = b/same -> b/notes
                0644 2001:2001 = a -> b/same
                0777 0:0 - l -> a
                0777 0:0 = m -> l
                """);

        assertThat(volume.tree()).isEqualTo("""
                0755 0:0 - /
                0644 2001:2001 5 a
                0755 0:0 - b/
                0644 2001:2001 = b/notes -> a
                0644 2001:2001 = b/same -> a
                0777 0:0 - l -> a
                0777 0:0 = m -> l
                """);
        Path root = volume.mount(Mount.asRoot()).getPath("/");
        assertThat(Files.readString(root.resolve("a"))).isEqualTo("hello");
        assertThat(Files.getAttribute(root.resolve("a"), "unix:nlink")).isEqualTo(3);
    }

    @Test
    void aTreeWithFurtherNamesReadsBackAsItself() {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0644 2001:2001 \"hello\" b\n0644 2001:2001 = a -> b\n");
        RwxVolume copy = RwxVolume.create();

        copy.populate(volume.tree());

        assertThat(copy.tree()).isEqualTo(volume.tree());
    }

    @Test
    void aFurtherNameSaysOfItsFileWhatIsSo() {
        RwxVolume volume = RwxVolume.create();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate("0644 2001:2001 1 a\n0600 2001:2001 = b -> a\n"))
                .withMessage(
                        "a further name must have mode and owner of its file, 0644 2001:2001, but has 0600 2001:2001: b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate("0644 2001:2001 = b -> missing\n"))
                .withMessage(
                        "line of a tree could not be created (No such file or directory): 0644 2001:2001 = b -> missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.populate("0644 2001:2001 = b\n"))
                .withMessage(
                        "a line of a tree with \"=\" must name the same file, as in \"0644 2001:2001 = again -> notes\","
                                + " but was: 0644 2001:2001 = b");
    }

    @Test
    void furtherNamesGoOutAndIn(@TempDir Path directory) throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0644 0:0 1 a\n0644 0:0 = b/c -> a\n0644 0:0 1 d\n");
        RwxVolume back = RwxVolume.create();

        volume.copyTo(directory);
        back.populate(directory);

        assertThat(back.tree().lines().skip(1).map(VolumeTreeTest::withoutOwner))
                .containsExactly("0644 1 a", "0755 - b/", "0644 = b/c -> a", "0644 1 d");
    }

    @Test
    void aDiffShowsWhereANameWentToAnotherFile() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0644 0:0 1 a\n0644 0:0 = b -> a\n");
        VolumeSnapshot before = volume.snapshot();

        Path root = volume.mount(Mount.asRoot()).getPath("/");
        Files.delete(root.resolve("b"));
        Files.copy(root.resolve("a"), root.resolve("b"));

        assertThat(before.diff(volume.snapshot())).containsExactly("~ 0644 0:0 = b -> a => 0644 0:0 1 b");
    }

    @Test
    void aHoleGoesOutAsAHoleOfTheSameSize(@TempDir Path target) throws IOException {
        volume.populate("0644 0:0 10000 sparse\n");

        volume.copyTo(target);

        assertThat(Files.readAllBytes(target.resolve("sparse"))).isEqualTo(new byte[10_000]);
    }

    @Test
    void aMountSaysWhoAndWhat() {
        assertThat(Mount.as(2001, 2001).groups(100, 7).subPath("projects/p1").readOnly())
                .hasToString("2001:2001 groups [100, 7] on projects/p1, read-only");
        assertThat(Mount.asRoot().rootSquash())
                .hasToString("0:0 squashed to 65534:65534 on the whole volume, read-write");
        assertThat(Mount.as(1, 2).rootSquash()).hasToString("1:2 root-squashed on the whole volume, read-write");
        assertThat(Mount.asRoot()
                        .capabilities(Capability.FOWNER, Capability.CHOWN)
                        .umask(0))
                .hasToString("0:0 with [CHOWN, FOWNER] umask 000 on the whole volume, read-write");
        assertThat(Mount.asRoot().capabilities())
                .hasToString("0:0 without capabilities on the whole volume, read-write");
        assertThat(Mount.as(1, 2).allSquash(3, 4)).hasToString("1:2 squashed to 3:4 on the whole volume, read-write");
    }

    @Test
    void aFileSystemSaysWhoMountedWhatAndAContainerWhere() {
        FileSystem mounted = volume.mount(Mount.as(2001, 2001).subPath("projects/p1"));
        FileSystem container = ContainerFiles.builder(RwxVolume.create(), Mount.asRoot())
                .mount("/home/user", volume, Mount.as(2001, 2001).subPath("projects/p1"))
                .mount("/ext", volume, Mount.as(2001, 2001).readOnly())
                .build();

        assertThat(mounted).hasToString("2001:2001 on projects/p1, read-write");
        assertThat(container)
                .hasToString("container as 0:0 on the whole volume, read-write; /home/user: 2001:2001 on projects/p1,"
                        + " read-write; /ext: 2001:2001 on the whole volume, read-only");
    }

    @Test
    void aVolumeIsNotCopiedIntoItself() throws Exception {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0755 0:0 - d/");
        Path directory = volume.mount(Mount.asRoot()).getPath("/d");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.copyTo(directory))
                .withMessage("directory must not be on the volume that is copied, but /d is;"
                        + " copy into a directory of the disk or of another volume");
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0755 0:0 - d/\n");
    }
}
