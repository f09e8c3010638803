package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is left after a crash. */
class CrashTest {
    private static final int SEEDS = 100;

    private final RwxVolume volume = RwxVolume.builder().crashable().build();
    private final FileSystem files = volume.mount(Mount.asRoot());
    private final Path target = files.getPath("target");
    private final Path temporary = files.getPath("temporary");

    /** What the crashes of many seeds leave, as somebody describes it. */
    private Set<String> outcomes(Function<RwxVolume, String> description) {
        Set<String> outcomes = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            outcomes.add(description.apply(volume.afterCrash(seed)));
        }
        return outcomes;
    }

    private Set<String> contentsOfTarget() {
        return outcomes(after -> contents(after, "target"));
    }

    private static String contents(RwxVolume after, String name) {
        try {
            Path path = after.mount(Mount.asRoot()).getPath(name);
            return Files.exists(path) ? Files.readString(path).replace('\0', '0') : "missing";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String names(RwxVolume after) {
        return after.tree().lines().map(line -> line.split(" ", 4)[3]).toList().toString();
    }

    private static void force(Path path, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(path, options)) {
            channel.force(true);
        }
    }

    @Test
    void aFileThatWasForcedInADirectoryThatWasForcedSurvives() throws IOException {
        Files.writeString(target, "new");
        force(target, StandardOpenOption.WRITE);
        force(files.getPath("/"));

        assertThat(contentsOfTarget()).containsExactly("new");
    }

    @Test
    void aFileThatWasForcedInADirectoryThatWasNotMayBeMissing() throws IOException {
        Files.writeString(target, "new");
        force(target, StandardOpenOption.WRITE);

        assertThat(contentsOfTarget()).containsExactly("missing", "new");
    }

    @Test
    void aNameThatWasForcedMayShowAFileWithoutItsContents() throws IOException {
        Files.writeString(target, "new");
        force(files.getPath("/"));

        assertThat(contentsOfTarget()).containsExactly("", "000", "new");
    }

    @Test
    void replacingAFileWithoutForcingTheNewOneMayLeaveAnEmptyOne() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.writeString(temporary, "new");
        Files.move(temporary, target, ATOMIC_MOVE);
        force(files.getPath("/"));

        assertThat(contentsOfTarget()).containsExactly("", "000", "new");
    }

    @Test
    void replacingAFileWithoutForcingTheDirectoryMayLeaveTheOldOne() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.writeString(temporary, "new");
        force(temporary, StandardOpenOption.WRITE);
        Files.move(temporary, target, ATOMIC_MOVE);

        assertThat(contentsOfTarget()).containsExactly("new", "old");
    }

    @Test
    void aFileReplacedAsItShouldBeIsTheNewOneAndBeforeThatOneOfBoth() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Set<String> before = new TreeSet<>();
        volume.beforeEachOperation(event -> before.addAll(contentsOfTarget()));
        Files.writeString(temporary, "new");
        force(temporary, StandardOpenOption.WRITE);
        Files.move(temporary, target, ATOMIC_MOVE);
        force(files.getPath("/"));

        assertThat(before).containsExactly("new", "old");
        assertThat(contentsOfTarget()).containsExactly("new");
        assertThat(outcomes(CrashTest::names)).containsExactly("[/, target]");
    }

    @Test
    void operationsOnOneDirectoryAreLostFromTheEnd() throws IOException {
        Files.createDirectory(files.getPath("a"));
        Files.createDirectory(files.getPath("b"));
        Files.createDirectory(files.getPath("c"));

        assertThat(outcomes(CrashTest::names)).containsExactly("[/, a/, b/, c/]", "[/, a/, b/]", "[/, a/]", "[/]");
    }

    @Test
    void blocksOfAFileAreLostOneByOne() throws IOException {
        volume.populate("0644 0:0 8192 target\n");
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("1".getBytes(UTF_8)), 0);
            channel.write(ByteBuffer.wrap("2".getBytes(UTF_8)), 4096);
        }

        assertThat(outcomes(after -> "" + contents(after, "target").charAt(0)
                        + contents(after, "target").charAt(4096)))
                .containsExactly("00", "02", "10", "12");
    }

    @Test
    void forcingWithoutMetadataForcesContentsAndSizeButNotTheMode() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.setAttribute(target, "unix:mode", 0600);
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("newer".getBytes(UTF_8)));
            channel.force(false);
        }

        assertThat(contentsOfTarget()).containsExactly("newer");
        assertThat(outcomes(RwxVolume::tree))
                .containsExactly("0755 0:0 - /\n0600 0:0 5 target\n", "0755 0:0 - /\n0644 0:0 5 target\n");
    }

    @Test
    void whatIsWrittenSynchronouslyIsForced() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.setAttribute(target, "unix:mode", 0600);
        Files.writeString(target, "data", StandardOpenOption.WRITE, StandardOpenOption.DSYNC);

        assertThat(contentsOfTarget()).containsExactly("data");
        assertThat(outcomes(RwxVolume::tree)).hasSize(2);

        Files.writeString(target, "all of", StandardOpenOption.WRITE, StandardOpenOption.SYNC);

        assertThat(outcomes(RwxVolume::tree)).containsExactly("0755 0:0 - /\n0600 0:0 6 target\n");
    }

    @Test
    void aForceThatFailsForcesNothing() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.writeString(target, "new");
        volume.inject(Fault.nth(1, Operation.FORCE, Errno.EIO));

        assertThatThrownBy(() -> force(target, StandardOpenOption.WRITE)).hasMessage("Input/output error");
        assertThat(contentsOfTarget()).contains("old", "", "000", "new");
    }

    @Test
    void aFileThatWasCutNeverShowsItsOldContentsInItsNewSize() throws IOException {
        volume.populate("0644 0:0 \"old contents\" target\n");
        Files.writeString(target, "new");

        assertThat(contentsOfTarget()).containsExactly("", "000", "new", "old contents");
    }

    @Test
    void aFileThatWasRemovedComesBackUnlessItsDirectoryWasForced() throws IOException {
        volume.populate("0644 0:0 \"old\" target\n");
        Files.delete(target);

        assertThat(contentsOfTarget()).containsExactly("missing", "old");
        force(files.getPath("/"));
        assertThat(contentsOfTarget()).containsExactly("missing");
    }

    @Test
    void aFileThatMovedElsewhereMayHaveBothNamesButNeverNone() throws IOException {
        volume.populate("0755 0:0 - a/\n0755 0:0 - b/\n0644 0:0 \"x\" a/f\n");
        Files.move(files.getPath("a/f"), files.getPath("b/f"), ATOMIC_MOVE);

        assertThat(outcomes(CrashTest::names))
                .containsExactly("[/, a/, a/f, b/, b/f -> a/f]", "[/, a/, a/f, b/]", "[/, a/, b/, b/f]");
        force(files.getPath("b"));
        assertThat(outcomes(CrashTest::names)).containsExactly("[/, a/, a/f, b/, b/f -> a/f]", "[/, a/, b/, b/f]");
        force(files.getPath("a"));
        assertThat(outcomes(CrashTest::names)).containsExactly("[/, a/, b/, b/f]");
    }

    @Test
    void aDirectoryThatMovedElsewhereHasOneName() throws IOException {
        volume.populate("0755 0:0 - a/\n0755 0:0 - b/\n0644 0:0 \"x\" a/d/f\n");
        Files.move(files.getPath("a/d"), files.getPath("b/d"), ATOMIC_MOVE);

        assertThat(outcomes(CrashTest::names)).containsExactly("[/, a/, a/d/, a/d/f, b/]", "[/, a/, b/, b/d/, b/d/f]");
        force(files.getPath("a"));
        assertThat(outcomes(CrashTest::names)).containsExactly("[/, a/, b/, b/d/, b/d/f]");
    }

    @Test
    void whatMovedOutOfADirectoryThatIsGoneIsNotLostWithIt() throws IOException {
        volume.populate("0755 0:0 - a/\n0755 0:0 - b/\n0644 0:0 \"x\" a/f\n");
        Files.createDirectory(files.getPath("b/new"));
        Files.move(files.getPath("a/f"), files.getPath("b/new/f"), ATOMIC_MOVE);
        Files.delete(files.getPath("a"));
        force(files.getPath("/"));

        assertThat(outcomes(CrashTest::names)).containsExactly("[/, b/, b/new/, b/new/f]");
    }

    @Test
    void directoriesThatMovedIntoEachOtherAreNotLostInACircle() throws IOException {
        volume.populate("0755 0:0 - a/x/\n0755 0:0 - b/y/\n");
        Files.move(files.getPath("a/x"), files.getPath("b/y/x"), ATOMIC_MOVE);
        Files.move(files.getPath("b/y/x"), files.getPath("a/x"), ATOMIC_MOVE);
        Files.move(files.getPath("b/y"), files.getPath("a/x/y"), ATOMIC_MOVE);

        assertThat(outcomes(CrashTest::names))
                .containsExactly("[/, a/, a/x/, a/x/y/, b/]", "[/, a/, a/x/, b/, b/y/]", "[/, a/, b/, b/y/, b/y/x/]");
    }

    @Test
    void theSameSeedLeavesTheSame() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.writeString(files.getPath("f" + i), "text");
        }

        assertThat(volume.afterCrash(7).snapshot())
                .isEqualTo(volume.afterCrash(7).snapshot());
        assertThat(outcomes(RwxVolume::tree)).hasSizeGreaterThan(50);
    }

    @Test
    void lookingAtACrashChangesNothing() throws IOException {
        Files.writeString(target, "new");
        Object before = Files.readAttributes(target, "*");
        VolumeSnapshot snapshot = volume.snapshot();

        RwxVolume other = volume.afterCrash(1);
        Files.writeString(other.mount(Mount.asRoot()).getPath("elsewhere"), "x");

        assertThat(volume.snapshot()).isEqualTo(snapshot);
        assertThat(Files.readAttributes(target, "*")).isEqualTo(before);
    }

    @Test
    void whatWasMountedBeforeACrashIsStaleAndANewMountShowsWhatIsLeft() throws IOException {
        Files.writeString(target, "forced");
        force(target, StandardOpenOption.WRITE);
        force(files.getPath("/"));
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            volume.crash(1);

            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Stale file handle");
            assertThatThrownBy(() -> Files.createDirectory(files.getPath("d")))
                    .isExactlyInstanceOf(FileSystemException.class)
                    .hasMessage("d: Stale file handle");
        }
        FileSystem again = volume.mount(Mount.asRoot());
        assertThat(Files.readString(again.getPath("target"))).isEqualTo("forced");
        Files.createDirectory(again.getPath("d"));
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0755 0:0 - d/\n0644 0:0 6 target\n");
    }

    @Test
    void anOperationBeforeWhichTheHookCrashesFails() {
        volume.beforeEachOperation(event -> volume.crash(1));

        assertThatThrownBy(() -> Files.createDirectory(files.getPath("d"))).hasMessage("d: Stale file handle");
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void whatSurvivedACrashSurvivesTheNext() throws IOException {
        Files.writeString(target, "new");
        volume.crash(seedThatKeepsAll());

        assertThat(contentsOfTarget()).containsExactly("new");
    }

    private long seedThatKeepsAll() {
        for (long seed = 0; ; seed++) {
            if (contents(volume.afterCrash(seed), "target").equals("new")) {
                return seed;
            }
        }
    }

    @Test
    void linksOwnersAndExtendedAttributesComeBackAsTheyWereForced() throws IOException {
        Files.createSymbolicLink(files.getPath("link"), files.getPath("target"));
        Files.setAttribute(files.getPath("link"), "unix:uid", 7, LinkOption.NOFOLLOW_LINKS);
        Files.writeString(target, "x");
        Files.createLink(files.getPath("second"), target);
        Files.setAttribute(target, "user:colour", ByteBuffer.wrap("red".getBytes(UTF_8)));
        Files.setAttribute(target, "unix:gid", 9);
        force(target, StandardOpenOption.WRITE);
        force(files.getPath("/"));

        volume.crash(3);

        Path again = volume.mount(Mount.asRoot()).getPath("target");
        assertThat(volume.tree())
                .isEqualTo("0755 0:0 - /\n0777 7:0 - link -> target\n0644 0:9 1 second\n0644 0:9 = target -> second\n");
        assertThat(Files.getAttribute(again, "unix:nlink")).isEqualTo(2);
        assertThat(Files.getAttribute(again, "user:colour")).isEqualTo("red".getBytes(UTF_8));
    }

    @Test
    void limitsCountWhatSurvived() throws IOException {
        RwxVolume small =
                RwxVolume.builder().crashable().capacity(3 * 4096).inodes(5).build();
        small.quota("p", 2 * 4096, 3);
        small.populate("0644 0:0 8192 sparse\n0644 0:0 \"x\" p/f\n");
        small.crash(1);

        FileSystem again = small.mount(Mount.asRoot());
        assertThat(Files.getFileStore(again.getPath("/")).getUsableSpace()).isEqualTo(2 * 4096);
        assertThatThrownBy(() -> Files.write(again.getPath("p/g"), new byte[4097]))
                .hasMessage("Disk quota exceeded");
        assertThatThrownBy(() -> Files.createDirectory(again.getPath("d"))).hasMessage("d: No space left on device");
    }

    @Test
    void theWayToAMountIsForcedWithIt() throws IOException {
        Path inside = volume.mount(Mount.asRoot().subPath("projects/p")).getPath("f");
        Files.writeString(inside, "x");
        force(inside, StandardOpenOption.WRITE);
        force(inside.resolveSibling("/"));

        assertThat(outcomes(CrashTest::names)).containsExactly("[/, projects/, projects/p/, projects/p/f]");
    }

    @Test
    void everythingIsForcedBySync() throws IOException {
        Files.createDirectories(files.getPath("a/b"));
        Files.writeString(files.getPath("a/b/c"), "x");
        volume.sync();
        Files.writeString(files.getPath("a/b/c"), "y");

        assertThat(outcomes(after -> contents(after, "a/b/c"))).containsExactly("", "0", "x", "y");
    }

    @Test
    void aVolumeThatDoesNotKeepApartWhatWasForcedCannotCrash() {
        RwxVolume other = RwxVolume.create();

        assertThatIllegalStateException()
                .isThrownBy(() -> other.crash(1))
                .withMessage("a volume must keep apart what was forced to be able to crash, but this one does not;"
                        + " build it with RwxVolume.builder().crashable()");
        assertThatIllegalStateException().isThrownBy(() -> other.afterCrash(1));
    }
}
