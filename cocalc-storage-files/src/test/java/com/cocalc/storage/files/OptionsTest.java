package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.rwx.Fifos;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Options that meet, as user 2001: each case is one that rsync copies as well. */
final class OptionsTest {

    private static final String OLD = "2020-01-01T00:00:00Z";
    private static final String NEW = "2021-01-01T00:00:00Z";

    private final RwxVolume volume = RwxVolume.create();
    private Projects projects;

    @BeforeEach
    void twoProjects() throws IOException {
        volume.populate("0755 2001:2001 - home/");
        FileSystem mounted = volume.mount(Mount.as(2001, 2001));
        projects = new Projects(mounted.getPath("/home"));
    }

    private Path source(String path, String text, String time) throws IOException {
        return timed(projects.file(projects.a, "notes/" + path, text), time);
    }

    private Path target(String path, String text, String time) throws IOException {
        return timed(projects.file(projects.b, "in/" + path, text), time);
    }

    private static Path timed(Path file, String time) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(Instant.parse(time)), null, null);
        return file;
    }

    private Path link(Path path, String text, String time) throws IOException {
        Files.createDirectories(path.getParent());
        return timed(Files.createSymbolicLink(path, path.getFileSystem().getPath(text)), time);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private Path in(String path) {
        return projects.b.resolve("in").resolve(path);
    }

    /** What a dry run says is what the copy does. */
    private CopyReport copy(CopyRequest request) throws IOException {
        ProjectFiles files = projects.files.withThreads(1);
        CopyReport dry = files.copy(request.asDryRun());
        CopyReport real = files.copy(request);
        assertThat(dry).hasToString(real.toString());
        assertThat(dry.skipped()).isEqualTo(real.skipped());
        assertThat(projects.staged()).isEmpty();
        return real;
    }

    private CopyRequest request() {
        return projects.request("notes", "in");
    }

    @Test
    void withoutTimesHardLinksAreMadeThoughTheFirstNameIsNewerThanTheSource() throws IOException {
        Path one = source("one", "text", OLD);
        Files.createLink(Files.createDirectory(one.resolveSibling("sub")).resolve("two"), one);

        CopyReport report = copy(request().keepingOnly(CopyAttribute.MODE));

        assertThat(report.files()).isEqualTo(2);
        assertThat(report.isComplete()).isTrue();
        assertThat(Files.isSameFile(in("one"), in("sub/two"))).isTrue();
    }

    /** The small file is copied once more for its missing name, and both old names become names of that copy. */
    @Test
    void aMissingNameOfAFileJoinsAllNamesThatAreThere() throws IOException {
        Path one = source("a/one", "text", OLD);
        for (String name : new String[] {"b/two", "c/three", "d/four"}) {
            Files.createDirectory(projects.a.resolve("notes").resolve(name).getParent());
            Files.createLink(projects.a.resolve("notes").resolve(name), one);
        }
        copy(request());
        for (String missing : new String[] {"a/one", "b/two", "c/three", "d/four"}) {
            Files.delete(in(missing));

            CopyReport report = copy(request());

            assertThat(report.files() + report.unchanged()).isEqualTo(4);
            assertThat(Files.getAttribute(in(missing), "unix:nlink"))
                    .as(missing)
                    .isEqualTo(4);
        }
    }

    @Test
    void aLinkOfTheSameLengthAndTimeIsReplacedAndOneOfTheSameTextIsUnchanged() throws IOException {
        link(projects.a.resolve("notes/current"), "v2", OLD);
        link(projects.b.resolve("in/current"), "v1", OLD);

        assertThat(copy(request()).links()).isEqualTo(1);
        assertThat(Files.readSymbolicLink(in("current"))).hasToString("v2");
        assertThat(copy(request()).unchanged()).isEqualTo(1);
    }

    @Test
    void aLinkThatLacksNothingButItsTimeNeedsNoBackup() throws IOException {
        link(projects.a.resolve("notes/current"), "v2", OLD);
        link(projects.b.resolve("in/current"), "v2", NEW);

        copy(request().keepingBackups());

        assertThat(Files.getLastModifiedTime(in("current"), LinkOption.NOFOLLOW_LINKS)
                        .toInstant())
                .isEqualTo(Instant.parse(OLD));
        assertThat(Files.exists(in("current~"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void onlyANewerFileStays() throws IOException {
        source("file", "source", OLD);
        source("link", "source", OLD);
        source("directory", "source", OLD);
        target("file", "target", NEW);
        link(in("link"), "nowhere", NEW);
        timed(Files.createDirectory(in("directory")), NEW);

        CopyReport report = copy(request());

        assertThat(report.skippedByReason()).isEqualTo(Map.of(SkipReason.NEWER, 1L));
        assertThat(in("file")).hasContent("target");
        assertThat(in("link")).hasContent("source");
        assertThat(in("directory")).hasContent("source");
    }

    @Test
    void whatIsExcludedFromTheSourceIsMissingForADirectoryThatIsNotExcluded() throws IOException {
        source("x", "a file", OLD);
        target("x/inside", "gone", OLD);

        CopyReport report = copy(request().excluding("+ */", "x").deletingMissing());

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(in("x")).doesNotExist();
    }

    @Test
    void aDirectoryWithFilesGoesForAFileUnlessOneOfThemIsExcluded() throws IOException {
        source("free", "source", OLD);
        source("held", "source", OLD);
        target("free/deep/file", "gone", OLD);
        target("held/deep/file", "stays", OLD);
        target("held/deep/file.pyc", "stays", OLD);

        CopyReport report = copy(request().excluding("*.pyc").deletingMissing());

        assertThat(report.skipped())
                .containsExactly(new SkippedFile(Projects.path("notes/held"), SkipReason.IN_THE_WAY));
        assertThat(in("free")).hasContent("source");
        assertThat(in("held/deep/file")).hasContent("stays");
    }

    @Test
    void whatCannotBeKeptAsABackupStays() throws IOException {
        String longest = "n".repeat(255);
        source("file", "source", NEW);
        target("file", "target", OLD);
        target("file~/inside", "stays", OLD);
        source(longest, "source", NEW);
        target(longest, "target", OLD);
        source("directory/inside", "source", NEW);
        target("directory", "target", OLD);
        target("directory~/inside", "stays", OLD);
        target("missing", "target", OLD);
        target("missing~/inside", "stays", OLD);

        CopyReport report = copy(request().keepingBackups().deletingMissing());

        assertThat(report.skipped())
                .containsExactly(
                        new SkippedFile(Projects.path("in/missing"), SkipReason.NO_BACKUP),
                        new SkippedFile(Projects.path("notes/directory"), SkipReason.NO_BACKUP),
                        new SkippedFile(Projects.path("notes/file"), SkipReason.NO_BACKUP),
                        new SkippedFile(Projects.path("notes/" + longest), SkipReason.NO_BACKUP));
        for (String stays : new String[] {"file", longest, "directory", "missing"}) {
            assertThat(in(stays)).hasContent("target");
        }
        assertThat(in("file~/inside")).hasContent("stays");
    }

    @Test
    void aFifoThatMustGoIsKeptAsABackupToo() throws IOException {
        source("file", "source", NEW);
        Files.createDirectory(projects.b.resolve("in"));
        Fifos.create(in("file"));
        Fifos.create(in("gone"));

        copy(request().keepingBackups().deletingMissing());

        assertThat(in("file")).hasContent("source");
        for (String fifo : new String[] {"file~", "gone~"}) {
            assertThat(Files.readAttributes(in(fifo), "isOther")).containsEntry("isOther", true);
        }
    }

    @Test
    void aDryRunKnowsWhatIsKeptInADirectoryThatIsMissing() throws IOException {
        source("one", "source", OLD);
        target("gone/kept.pyc", "stays", OLD);
        target("gone/deep/file", "gone", OLD);
        target("empty/deep/file", "gone", OLD);

        CopyReport report = copy(request().excluding("*.pyc").deletingMissing());

        assertThat(report.deleted()).isEqualTo(2);
        assertThat(report.skipped()).containsExactly(new SkippedFile(Projects.path("in/gone"), SkipReason.NOT_DELETED));
    }

    @Test
    void aFileOfTheTargetThatMayNotBeReadIsReplacedForItsMode() throws IOException {
        source("mode", "same", OLD);
        mode(target("mode", "same", OLD), "-w-------");
        source("content", "source", NEW);
        mode(target("content", "target", OLD), "-w-------");

        copy(request().keepingBackups());

        assertThat(in("mode")).hasContent("same");
        assertThat(in("mode~")).doesNotExist();
        assertThat(in("content")).hasContent("source");
        mode(in("content~"), "rw-------");
        assertThat(in("content~")).hasContent("target");
    }

    @Test
    void contentsThatMayNotBeReadInTheTargetAreReplaced() throws IOException {
        source("file", "source", OLD);
        mode(target("file", "target", OLD), "-w-------");

        copy(request().comparingContents());

        assertThat(in("file")).hasContent("source");
    }

    @Test
    void aFileThatMayNotBeReadIsReportedByADryRunWithAllItsNames() throws IOException {
        Path one = source("one", "source", OLD);
        Files.createLink(one.resolveSibling("two"), one);
        mode(one, "-w-------");

        assertThat(copy(request()).skippedByReason()).isEqualTo(Map.of(SkipReason.UNREADABLE, 2L));
    }

    @Test
    void aFileThatMayNotBeReadIsNotUnchangedAsWell() throws IOException {
        Path one = source("one", "source", OLD);
        target("one", "source", OLD);
        mode(one, "-w-------");

        CopyReport report = copy(request().comparingContents());

        assertThat(report.unchanged()).isZero();
        assertThat(report.skippedByReason()).isEqualTo(Map.of(SkipReason.UNREADABLE, 1L));
    }

    /** Together they have more bytes than a long holds. */
    @Test
    void aSumOfSizesDoesNotPassALimitByItsOverflow() throws IOException {
        for (String name : new String[] {"one", "two", "three"}) {
            source(name, "x", OLD);
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(projects.a.resolve("notes/two"), StandardOpenOption.WRITE)) {
            channel.position(Long.MAX_VALUE - 1).write(ByteBuffer.wrap(new byte[] {1}));
        }

        assertThat(projects.files.copy(request().asDryRun()).bytes()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> projects.files.copy(request().limitedTo(10, 1L << 40)))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MUCH));
    }

    @Test
    void whatGoesFromADirectoryThatStaysIsCounted() throws IOException {
        source("one", "source", OLD);
        target("held/one", "old", OLD);
        target("held/gone/two", "old", OLD);
        target("held/gone/three", "old", OLD);
        target("held/inner/four", "old", OLD);
        target("held/inner/five.pyc", "stays", OLD);
        target("lost/six", "old", OLD);

        assertThat(copy(request().excluding("*.pyc").deletingMissing()).deleted())
                .isEqualTo(4);
    }

    /** Which of the names a listing has first is not known, so each of them is there once. */
    @Test
    void aFileThatMayNotBeReadIsUnchangedUnderTheNameThatTheTargetHas() throws IOException {
        for (String there : new String[] {"one", "two", "three"}) {
            Path one = source(there + "/one", "source", OLD);
            Files.createLink(one.resolveSibling("two"), one);
            Files.createLink(one.resolveSibling("three"), one);
            mode(one, "-w-------");
            target(there + "/" + there, "source", OLD);
        }

        CopyReport report = copy(request());

        assertThat(report.unchanged()).isEqualTo(3);
        assertThat(report.skippedByReason()).isEqualTo(Map.of(SkipReason.UNREADABLE, 6L));
    }

    @Test
    void aDirectoryOfTheTargetWithoutRightsIsLeftAloneAndTheOthersAreCopied() throws IOException {
        source("closed/one", "source", OLD);
        source("file", "source", OLD);
        source("two", "source", OLD);
        target("closed/old", "stays", OLD);
        target("file/old", "stays", OLD);
        target("gone/old", "stays", OLD);
        for (String closed : new String[] {"closed", "file", "gone"}) {
            mode(in(closed), "---------");
        }

        CopyReport report = copy(request().deletingMissing());

        assertThat(in("two")).hasContent("source");
        assertThat(report.skipped())
                .containsExactly(
                        new SkippedFile(Projects.path("in/gone"), SkipReason.NOT_DELETED),
                        new SkippedFile(Projects.path("notes/closed"), SkipReason.TARGET_CLOSED),
                        new SkippedFile(Projects.path("notes/file"), SkipReason.IN_THE_WAY));
    }

    /** The JDK can give no rights to such a directory, as it cannot open it. */
    @Test
    void aDirectoryWithoutRightsInOneThatIsDeletedIsLeftToRootAndStopsNothing() throws IOException {
        source("one", "source", OLD);
        target("gone/closed/old", "old", OLD);
        target("gone/open/old", "old", OLD);
        Files.createDirectory(in("gone/empty"));
        for (String closed : new String[] {"gone/closed", "gone/empty"}) {
            mode(in(closed), "---------");
        }

        CopyReport report = projects.files.copy(request().deletingMissing());

        assertThat(in("gone")).doesNotExist();
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.remarks())
                .containsExactly("directories that may not be read, in directories that were deleted, are left in "
                        + ".cocalc-storage at the root of the mount; remove them as root");
        projects.files.recover(Duration.ZERO);
        assertThat(volume.tree()).contains("closed/old").doesNotContain("open/").doesNotContain("empty/");
        Projects asRoot = new Projects(volume.mount(Mount.asRoot()).getPath("/home"));
        asRoot.files.recover(Duration.ZERO);
        assertThat(asRoot.staged()).isEmpty();
    }

    @Test
    void aDirectoryWithoutRightsInOneThatMustStayIsKeptAndTheOthersGo() throws IOException {
        source("one", "source", OLD);
        target("held/closed/old", "stays", OLD);
        target("held/kept.pyc", "stays", OLD);
        target("held/open/old", "old", OLD);
        mode(in("held/closed"), "---------");
        mode(in("held"), "r-xr-xr-x");

        CopyReport report = copy(request().excluding("*.pyc").deletingMissing());

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(in("held/open")).doesNotExist();
        assertThat(in("held/kept.pyc")).hasContent("stays");
        assertThat(in("held/closed")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in("held"))))
                .isEqualTo("r-xr-xr-x");
        assertThat(report.skippedByReason()).isEqualTo(Map.of(SkipReason.NOT_DELETED, 1L));
    }

    @Test
    void whatMayBeListedAndNotSearchedDeletesNothing() throws IOException {
        source("closed/one", "source", OLD);
        target("closed/two", "stays", OLD);
        source("three", "source", OLD);
        mode(projects.a.resolve("notes/closed"), "r--------");

        CopyReport report = copy(request().deletingMissing());

        assertThat(in("three")).hasContent("source");
        assertThat(report.skipped())
                .containsExactly(
                        new SkippedFile(Projects.path("in/closed/two"), SkipReason.NOT_DELETED),
                        new SkippedFile(Projects.path("notes/closed/one"), SkipReason.UNREADABLE));
        mode(in("closed"), "rwx------");
        assertThat(in("closed/two")).hasContent("stays");
    }

    @Test
    void directoriesWithoutTheRightToWriteAreEmptiedAndThoseThatStayKeepTheirMode() throws IOException {
        source("one", "source", OLD);
        target("gone/deep/file", "gone", OLD);
        target("held/deep/file.pyc", "stays", OLD);
        target("held/deep/file", "gone", OLD);
        for (String closed : new String[] {"gone/deep", "gone", "held/deep", "held"}) {
            mode(in(closed), "r-xr-xr-x");
        }

        copy(request().excluding("*.pyc").deletingMissing());

        assertThat(in("gone")).doesNotExist();
        assertThat(in("held/deep/file.pyc")).hasContent("stays");
        assertThat(in("held/deep/file")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in("held/deep"))))
                .isEqualTo("r-xr-xr-x");
    }

    @Test
    void withoutModesAFileThatIsReplacedKeepsItsOwn() throws IOException {
        source("one", "source", NEW);
        mode(target("one", "target", OLD), "rwx--x---");

        copy(request().keepingOnly(CopyAttribute.TIMES));

        assertThat(in("one")).hasContent("source");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in("one"))))
                .isEqualTo("rwx--x---");
    }

    @Test
    void eachOfManySkippedNamesIsCountedOnce() throws IOException {
        int files = 700;
        for (int i = 0; i < files; i++) {
            Path one = source("one" + i, "source", OLD);
            Files.createLink(one.resolveSibling("two" + i), one);
            target("one" + i, "target", NEW);
            target("two" + i, "target", NEW);
        }

        CopyReport report = projects.files.copy(request());

        assertThat(report.skippedByReason()).isEqualTo(Map.of(SkipReason.NEWER, 2L * files));
        assertThat(report.skipped())
                .hasSize(1000)
                .isSortedAccordingTo(Comparator.comparing(SkippedFile::path))
                .allMatch(skipped -> skipped.reason() == SkipReason.NEWER);
    }

    /** The first pass has given the directories their modes when further names are linked. */
    @Test
    void namesInDirectoriesThatMayNotBeWrittenAreLinked() throws IOException {
        Path one = source("a/one", "text", OLD);
        for (String name : new String[] {"a/two", "a/deep/three", "b/four"}) {
            Path further = projects.a.resolve("notes").resolve(name);
            Files.createDirectories(further.getParent());
            Files.createLink(further, one);
        }
        for (String closed : new String[] {"a/deep", "a", "b"}) {
            mode(projects.a.resolve("notes").resolve(closed), "r-xr-xr-x");
        }
        copy(request());
        mode(in("b"), "rwxr-xr-x");
        Files.delete(in("b/four"));

        CopyReport report = copy(request());

        assertThat(report.isComplete()).isTrue();
        assertThat(Files.getAttribute(in("a/one"), "unix:nlink")).isEqualTo(4);
        for (String closed : new String[] {"a/deep", "a", "b"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in(closed))))
                    .isEqualTo("r-xr-xr-x");
        }
    }

    /** Whatever the order in which names are met, a backup does not replace what was copied. */
    @Test
    void aBackupTakesNoNameThatTheSourceHas() throws IOException {
        for (String base : new String[] {"a", "b", "c", "d", "e", "f", "g", "h"}) {
            source(base, "source", NEW);
            source(base + "~", "source's own", NEW);
            target(base, "target", OLD);
            source(base + "0~", "source's own", NEW);
            target(base + "0", "missing", OLD);
        }

        copy(request().keepingBackups().deletingMissing());

        for (String base : new String[] {"a", "b", "c", "d", "e", "f", "g", "h"}) {
            assertThat(in(base)).hasContent("source");
            assertThat(in(base + "~")).hasContent("source's own");
            assertThat(in(base + "~~")).hasContent("target");
            assertThat(in(base + "0~")).hasContent("source's own");
            assertThat(in(base + "0~~")).hasContent("missing");
        }
    }
}
