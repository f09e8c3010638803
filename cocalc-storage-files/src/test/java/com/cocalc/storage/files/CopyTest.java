package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyTest {

    @TempDir(factory = InMemory.class)
    private Path directory;

    private Projects projects;

    @BeforeEach
    void twoProjects() throws IOException {
        projects = new Projects(directory);
    }

    private FilesException refused(CopyRequest request) {
        return catchThrowableOfType(FilesException.class, () -> projects.files.copy(request));
    }

    private static void age(Path file, String time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    }

    @Test
    void aFileIsCopiedWithModeAndTimeIntoADirectoryThatIsMade() throws IOException {
        Path file = projects.file(projects.a, "notes/one", "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
        age(file, "2020-01-02T03:04:05.123456Z");

        CopyReport report = projects.copy("notes/one", "in/deeper/two");

        Path copy = projects.b.resolve("in/deeper/two");
        assertThat(copy).hasContent("text");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-r-x--x"));
        assertThat(Files.getLastModifiedTime(copy))
                .isEqualTo(FileTime.from(Instant.parse("2020-01-02T03:04:05.123456Z")));
        assertThat(report.files()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo(4);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void aFileWithoutAnyPermissionKeepsItsMode() throws IOException {
        Path file = projects.file(projects.a, "one", "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));

        CopyReport report = projects.copy("one", "two");

        if (report.files() == 1) {
            assertThat(Files.getPosixFilePermissions(projects.b.resolve("two")))
                    .isEqualTo(PosixFilePermissions.fromString("-w-------"));
        } else {
            assertThat(report.skipped()).containsExactly(new SkippedFile(Projects.path("one"), SkipReason.UNREADABLE));
        }
    }

    @Test
    void specialModeBitsAreNeverMade() throws IOException {
        Path file = projects.file(projects.a, "notes/one", "text");
        Files.setAttribute(file, "unix:mode", 06755);
        Files.setAttribute(projects.a.resolve("notes"), "unix:mode", 03775);

        projects.copy("notes", "notes");

        assertThat(Files.getAttribute(projects.b.resolve("notes/one"), "unix:mode"))
                .isEqualTo(0100755);
        assertThat(Files.getAttribute(projects.b.resolve("notes"), "unix:mode")).isEqualTo(040775);
    }

    @Test
    void allOfAProjectIsCopiedToAllOfAnother() throws IOException {
        projects.file(projects.a, "notes/one", "text");

        projects.files.copy(CopyRequest.from(Projects.A, FilePath.home()).to(Projects.B));

        assertThat(projects.b.resolve("notes/one")).hasContent("text");
    }

    @Test
    void aLinkIsCopiedAsALinkAndNeverFollowed() throws IOException {
        Path secret = projects.file(projects.root, "projects/victim/key", "secret");
        Files.createSymbolicLink(projects.a.resolve("notes"), secret);

        CopyReport report = projects.copy("notes", "in");

        assertThat(Files.readSymbolicLink(projects.b.resolve("in"))).isEqualTo(secret);
        assertThat(report.links()).isEqualTo(1);
    }

    @Test
    void aLinkOnTheWayToTheSourceIsRefused() throws IOException {
        projects.file(projects.root, "projects/victim/key", "secret");
        Files.createSymbolicLink(projects.a.resolve("notes"), projects.root.resolve("projects/victim"));

        FilesException e = refused(projects.request("notes/key", "in"));

        assertThat(e.problem()).isEqualTo(Problem.NOT_A_DIRECTORY);
        assertThat(e)
                .hasMessage("\"notes\" of project aaaaaaaa-0000-4000-8000-000000000001 must be a directory, but is a "
                        + "symbolic link; name the directory itself, links are not followed");
        assertThat(projects.b.resolve("in")).doesNotExist();
    }

    @Test
    void aLinkOnTheWayToTheTargetIsRefused() throws IOException {
        projects.file(projects.a, "one", "text");
        Files.createDirectories(projects.root.resolve("projects/victim"));
        Files.createSymbolicLink(projects.b.resolve("in"), projects.root.resolve("projects/victim"));

        assertThat(refused(projects.request("one", "in/two")).problem()).isEqualTo(Problem.NOT_A_DIRECTORY);
        assertThat(projects.root.resolve("projects/victim")).isEmptyDirectory();
    }

    @Test
    void aMissingSourceIsRefused() throws IOException {
        FilesException e = refused(projects.request("notes/missing", "in"));

        assertThat(e.problem()).isEqualTo(Problem.SOURCE_MISSING);
        assertThat(e)
                .hasMessage(
                        "\"notes/missing\" of project aaaaaaaa-0000-4000-8000-000000000001 must exist to be copied, "
                                + "but does not; check project and path");
    }

    @Test
    void aProjectWithoutHomeIsNoTarget() throws IOException {
        projects.file(projects.a, "one", "text");
        Files.delete(projects.b);

        FilesException e = refused(projects.request("one", "two"));

        assertThat(e.problem()).isEqualTo(Problem.HOME_MISSING);
        assertThat(e)
                .hasMessage("the home directory of project bbbbbbbb-0000-4000-8000-000000000002 must exist, but does "
                        + "not; start the project once");
        assertThat(refused(CopyRequest.from(Projects.A, FilePath.home()).to(Projects.B))
                        .problem())
                .isEqualTo(Problem.HOME_MISSING);
    }

    @Test
    void aFileIsNotCopiedOverADirectoryNorADirectoryOverAFile() throws IOException {
        projects.file(projects.a, "file", "text");
        projects.file(projects.a, "directory/file", "text");
        projects.file(projects.b, "file", "text");
        projects.file(projects.b, "directory/file", "text");

        assertThat(refused(projects.request("file", "directory")))
                .hasMessage("\"directory\" of project bbbbbbbb-0000-4000-8000-000000000002 must be a file like the "
                        + "source, but is a directory; name a path in it");
        assertThat(refused(projects.request("directory", "file")).problem()).isEqualTo(Problem.OTHER_KIND);
        assertThat(refused(projects.request("file", "file/below")).problem()).isEqualTo(Problem.NOT_A_DIRECTORY);
    }

    @Test
    void nothingIsCopiedOntoOrIntoItself() throws IOException {
        projects.file(projects.a, "notes/one", "text");

        assertThat(refused(CopyRequest.from(Projects.A, Projects.path("notes")).to(Projects.A)))
                .hasMessage("\"notes\" of project aaaaaaaa-0000-4000-8000-000000000001 must not be copied onto itself; "
                        + "name another target");
        assertThat(refused(CopyRequest.from(Projects.A, Projects.path("notes"))
                                .to(Projects.A, Projects.path("notes/below")))
                        .problem())
                .isEqualTo(Problem.INTO_ITSELF);
        assertThat(refused(CopyRequest.from(Projects.A, FilePath.home()).to(Projects.A, Projects.path("in")))
                        .problem())
                .isEqualTo(Problem.INTO_ITSELF);
    }

    /** Where rsync deletes what it copies from. */
    @Test
    void aSourceInTheTargetIsNotDeletedAsMissing() throws IOException {
        projects.file(projects.a, "notes/old/deep/file", "text");
        projects.file(projects.a, "notes/old/deep/old", "a file");
        projects.file(projects.a, "notes/gone", "text");
        CopyRequest.Source source = CopyRequest.from(Projects.A, Projects.path("notes/old/deep"));

        CopyReport report = projects.files.copy(
                source.to(Projects.A, Projects.path("notes")).deletingMissing());

        assertThat(projects.a.resolve("notes/file")).hasContent("text");
        assertThat(projects.a.resolve("notes/old/deep/file")).hasContent("text");
        assertThat(projects.a.resolve("notes/gone")).doesNotExist();
        assertThat(report.skipped())
                .containsExactly(new SkippedFile(Projects.path("notes/old/deep/old"), SkipReason.IN_THE_WAY));

        Files.delete(projects.a.resolve("notes/old/deep/old"));
        assertThat(projects.files
                        .copy(source.to(Projects.A, Projects.path("notes")).deletingMissing())
                        .skipped())
                .containsExactly(new SkippedFile(Projects.path("notes/old"), SkipReason.HOLDS_THE_SOURCE));
    }

    @Test
    void aNewerFileStaysUnlessTheRequestOverwritesIt() throws IOException {
        age(projects.file(projects.a, "notes/one", "source"), "2020-01-01T00:00:00Z");
        age(projects.file(projects.b, "notes/one", "target"), "2021-01-01T00:00:00Z");

        CopyReport kept = projects.copy("notes", "notes");
        assertThat(projects.b.resolve("notes/one")).hasContent("target");
        assertThat(kept.skipped()).containsExactly(new SkippedFile(Projects.path("notes/one"), SkipReason.NEWER));
        assertThat(Projects.counts(kept))
                .isEqualTo("0 files (0 bytes), 0 directories, 0 links copied, 0 unchanged, 0 deleted, "
                        + "skipped: {the target is newer=1}");

        projects.files.copy(projects.request("notes", "notes").overwritingNewer());
        assertThat(projects.b.resolve("notes/one")).hasContent("source");
    }

    @Test
    void whatHasTheSameSizeAndTimeIsNotCopiedAgainUnlessContentsAreCompared() throws IOException {
        age(projects.file(projects.a, "notes/one", "source"), "2020-01-01T00:00:00Z");
        age(projects.file(projects.b, "notes/one", "target"), "2020-01-01T00:00:00Z");

        assertThat(projects.copy("notes", "notes").unchanged()).isEqualTo(1);
        assertThat(projects.b.resolve("notes/one")).hasContent("target");

        CopyRequest comparing = projects.request("notes", "notes").comparingContents();
        assertThat(projects.files.copy(comparing).files()).isEqualTo(1);
        assertThat(projects.b.resolve("notes/one")).hasContent("source");
        assertThat(projects.files.copy(comparing).unchanged()).isEqualTo(1);
    }

    @Test
    void backupsKeepTheOldContent() throws IOException {
        age(projects.file(projects.a, "notes/one", "source"), "2022-01-01T00:00:00Z");
        age(projects.file(projects.b, "notes/one", "target"), "2021-01-01T00:00:00Z");
        projects.file(projects.b, "notes/missing", "gone");

        projects.files.copy(projects.request("notes", "notes").keepingBackups().deletingMissing());

        assertThat(projects.b.resolve("notes/one")).hasContent("source");
        assertThat(projects.b.resolve("notes/one~")).hasContent("target");
        assertThat(Files.getLastModifiedTime(projects.b.resolve("notes/one~")).toInstant())
                .isEqualTo(Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(projects.b.resolve("notes/missing~")).hasContent("gone");
        assertThat(projects.b.resolve("notes/missing")).doesNotExist();
    }

    @Test
    void aDryRunReportsAndWritesNothing() throws IOException {
        projects.file(projects.a, "notes/one", "source");
        projects.file(projects.a, "notes/sub/two", "source");
        projects.file(projects.b, "in/missing", "gone");
        List<String> before = Trees.list(projects.root);

        CopyReport report = projects.files.copy(
                projects.request("notes", "in").deletingMissing().asDryRun());

        assertThat(Trees.list(projects.root)).isEqualTo(before);
        assertThat(report)
                .hasToString("2 files (12 bytes), 1 directories, 0 links copied, 0 unchanged, 1 deleted, skipped: {}");
    }

    @Test
    void aLimitIsCheckedBeforeAnythingIsWritten() throws IOException {
        projects.file(projects.a, "notes/one", "12345");
        projects.file(projects.a, "notes/two", "12345");

        FilesException e = refused(projects.request("notes", "in").limitedTo(3, 9));

        assertThat(e.problem()).isEqualTo(Problem.TOO_MUCH);
        assertThat(e)
                .hasMessage("\"notes\" of project aaaaaaaa-0000-4000-8000-000000000001 must have at most 3 files and 9 "
                        + "bytes, but has more; nothing was copied");
        assertThat(projects.b).isEmptyDirectory();
        assertThat(refused(projects.request("notes", "in").limitedTo(2, 10)).problem())
                .isEqualTo(Problem.TOO_MUCH);
        assertThat(projects.files
                        .copy(projects.request("notes", "in").limitedTo(3, 10))
                        .files())
                .isEqualTo(2);
    }

    @Test
    void withoutTimesAndModesACopyIsNewAndHasTheDefaultMode() throws IOException {
        Path file = projects.file(projects.a, "one", "text");
        age(file, "2020-01-01T00:00:00Z");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));

        projects.files.copy(projects.request("one", "two").keepingOnly());

        Path copy = projects.b.resolve("two");
        assertThat(Files.getLastModifiedTime(copy).toInstant()).isAfter(Instant.parse("2020-01-02T00:00:00Z"));
        Path plain = Files.createFile(
                directory.resolve("plain"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void hardLinksInsideTheTreeAreKept() throws IOException {
        Path one = projects.file(projects.a, "notes/one", "text");
        Files.createDirectory(projects.a.resolve("notes/sub"));
        Files.createLink(projects.a.resolve("notes/sub/two"), one);
        Files.createLink(projects.a.resolve("notes/three"), one);

        CopyReport first = projects.copy("notes", "in");
        CopyReport second = projects.copy("notes", "in");

        assertThat(Files.getAttribute(projects.b.resolve("in/one"), "unix:nlink"))
                .isEqualTo(3);
        assertThat(Files.isSameFile(projects.b.resolve("in/one"), projects.b.resolve("in/sub/two")))
                .isTrue();
        assertThat(first.files()).isEqualTo(3);
        assertThat(second.files()).isZero();
    }

    @Test
    void aCancelledCopyEndsWithAReport() throws IOException {
        projects.file(projects.a, "notes/one", "text");
        Cancellation cancellation = new Cancellation();
        CopyRequest slow = projects.request("notes", "in").slowedTo(1).cancelledBy(cancellation);

        FilesException e = refused(slow.tellingProgressTo(progress -> cancellation.cancel()));

        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
        assertThat(e.findReport()).isPresent();
        assertThat(projects.staged()).isEmpty();
    }

    @Test
    void aCopyEndsWhenItsTimeIsUp() throws IOException {
        projects.file(projects.a, "notes/one", "text");

        FilesException e = refused(projects.request("notes", "in").slowedTo(1).within(Duration.ofMillis(1)));

        assertThat(e.problem()).isEqualTo(Problem.TIME_UP);
        assertThat(e).hasMessageContaining("must take at most PT0.001S, but took longer; copy again to go on");
    }

    @Test
    void anInterruptEndsACopyAndStaysSet() throws IOException {
        projects.file(projects.a, "notes/one", "text");
        Thread.currentThread().interrupt();

        FilesException e = refused(projects.request("notes", "in"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
    }

    @Test
    void anInterruptedCopyTidiesUp() throws IOException {
        projects.file(projects.a, "notes/sub/one", "text");
        projects.file(projects.b, "in/gone/old", "text");
        CopyRequest request = projects.request("notes", "in")
                .deletingMissing()
                .slowedTo(1)
                .tellingProgressTo(progress -> Thread.currentThread().interrupt());

        FilesException e = refused(request);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
        assertThat(projects.b.resolve("in/gone")).doesNotExist();
        assertThat(projects.staged()).isEmpty();
    }

    @Test
    void aListenerHearsWhereTheCopyIs() throws IOException {
        projects.file(projects.a, "notes/one", "text");
        List<String> heard = new ArrayList<>();

        projects.files.copy(projects.request("notes", "in")
                .slowedTo(10)
                .tellingProgressTo(progress -> heard.add(progress.toString())));

        assertThat(heard).contains("1 files, 4 bytes, at \"notes\"");
    }

    @Test
    void aServiceThatMayNotWriteProjectsRefusesToCopy() {
        ProjectFiles share = ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_SHARE), projects.root);

        FilesException e =
                catchThrowableOfType(FilesException.class, () -> share.copy(projects.request("notes", "in")));

        assertThat(e.problem()).isEqualTo(Problem.DENIED);
        assertThat(e).hasMessageContaining("must mount the projects read-write to copy, but mounts them read-only");
    }

    @Test
    void aFileSystemWithoutSafeAccessIsRefused() throws Exception {
        Path zip = directory.resolve("projects.zip");
        try (var files = java.nio.file.FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
            Files.createDirectory(files.getPath("/projects"));

            FilesException e = catchThrowableOfType(
                    FilesException.class,
                    () -> ProjectFiles.of(ServiceVolumes.forService(StorageService.MANAGE_COPY), files));

            assertThat(e.problem()).isEqualTo(Problem.UNSAFE);
            assertThat(e).hasMessageContaining("it has no SecureDirectoryStream");
        }
    }

    @Test
    void aMountThatIsMissingIsRefused() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        FilesException e = catchThrowableOfType(
                FilesException.class,
                () -> ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), empty));

        assertThat(e).hasMessageContaining("opening the mount /projects failed: No such file or directory");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> projects.files.withThreads(0)))
                .hasMessage("number of threads must be from 1 to 256, but was 0; use 1 for one file after the other");
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> projects.files.withOpenLimit(Duration.ZERO)))
                .hasMessageContaining("limit for opening must be positive");
        CopyRequest request = projects.request("a", "b");
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> request.within(Duration.ZERO)))
                .hasMessageContaining("time limit must be positive");
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> request.limitedTo(-1, 1)))
                .hasMessageContaining("most files must not be negative");
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> request.limitedTo(1, -1)))
                .hasMessageContaining("most bytes must not be negative");
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> request.slowedTo(0)))
                .hasMessageContaining("bytes per second must be positive");
        assertThat(catchThrowableOfType(
                        InvalidValueException.class, () -> projects.files.recover(Duration.ofSeconds(-1))))
                .hasMessageContaining("time without a change must not be negative");
    }

    @Test
    void aTimeOfAnyLengthCanBeGiven() throws IOException {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        projects.file(projects.a, "notes/one", "text");
        Files.createDirectories(projects.root.resolve("projects/.cocalc-storage/staging/7"));

        CopyReport report = projects.files
                .withOpenLimit(forEver)
                .copy(projects.request("notes", "in").within(forEver).slowedTo(40));
        projects.files.recover(forEver);

        assertThat(report.files()).isEqualTo(1);
        assertThat(projects.root.resolve("projects/.cocalc-storage/staging/7")).exists();
    }

    /** An assertion of a test, for example. */
    @Test
    void anErrorOfTheListenerEndsTheCopyAndItsThreads() throws IOException {
        projects.file(projects.a, "notes/one", "text");
        Set<Thread> before = WorkerThreads.running();
        CopyRequest request = projects.request("notes", "in").slowedTo(1).tellingProgressTo(progress -> {
            throw new AssertionError("heard");
        });

        assertThatThrownBy(() -> projects.files.copy(request))
                .isInstanceOf(AssertionError.class)
                .hasMessage("heard");

        WorkerThreads.awaitEnd(before);
        assertThat(projects.b).isEmptyDirectory();
        assertThat(projects.staged()).isEmpty();
    }

    @Test
    void aHoleStaysAHole() throws IOException {
        Path file = projects.a.resolve("sparse");
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
            channel.position((64 << 20) - 1);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {0}));
        }

        projects.copy("sparse", "copy");

        Path copy = projects.b.resolve("copy");
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
        assertThat(HostileTreeTest.kibibytes(copy)).isLessThan(100);
    }

    @Test
    void whatIsAlreadyThereIsReplacedByTheOtherKind() throws IOException {
        projects.file(projects.a, "notes/file", "text");
        projects.file(projects.a, "notes/directory/file", "text");
        Files.createDirectories(projects.b.resolve("in/file"));
        projects.file(projects.b, "in/directory", "old");

        assertThat(projects.copy("notes", "in").isComplete()).isTrue();

        assertThat(projects.b.resolve("in/file")).hasContent("text");
        assertThat(projects.b.resolve("in/directory/file")).hasContent("text");
    }

    @Test
    void aDirectoryWithFilesIsReplacedOnlyWhenMissingFilesAreDeleted() throws IOException {
        projects.file(projects.a, "notes/file", "text");
        projects.file(projects.b, "in/file/inside", "old");

        assertThat(projects.copy("notes", "in").skipped())
                .containsExactly(new SkippedFile(Projects.path("notes/file"), SkipReason.IN_THE_WAY));
        assertThat(projects.b.resolve("in/file/inside")).hasContent("old");

        projects.files.copy(projects.request("notes", "in").deletingMissing());
        assertThat(projects.b.resolve("in/file")).hasContent("text");
        assertThat(Files.exists(projects.b.resolve("in/file"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void aCopyThatWasCancelledBeforeItBeganWritesNothing() throws IOException {
        projects.file(projects.a, "notes/one", "text");
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        FilesException e = refused(projects.request("notes", "in").cancelledBy(cancellation));

        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
        assertThat(projects.b).isEmptyDirectory();
    }

    @Test
    void aListenerHearsTenTimesASecondHoweverOftenTheCopyIsWatched() throws IOException {
        projects.file(projects.a, "notes/one", "four");
        AtomicInteger heard = new AtomicInteger();
        Stopwatch stopwatch = new Stopwatch();

        projects.files
                .withOpenLimit(Duration.ofMillis(1))
                .copy(projects.request("notes", "in")
                        .slowedTo(8)
                        .tellingProgressTo(progress -> heard.incrementAndGet()));

        assertThat(heard.get()).isPositive();
        assertThat(stopwatch.isPast(Duration.ofMillis(90).multipliedBy(heard.get() - 1)))
                .isTrue();
    }

    @Test
    void aTimeBefore1970IsKeptToTheSecond() throws Exception {
        age(projects.file(projects.a, "notes/one", "text"), "1969-12-31T23:59:58Z");
        HostileTreeTest.run("touch", "-d", "1969-12-31 23:59:58.25Z", projects.a + "/notes/one", projects.a + "/notes");

        assertThat(projects.copy("notes", "in").files()).isEqualTo(1);

        for (String copy : List.of("in", "in/one")) {
            assertThat(Files.getLastModifiedTime(projects.b.resolve(copy)).toInstant())
                    .isEqualTo(Instant.parse("1969-12-31T23:59:58Z"));
        }
        assertThat(projects.copy("notes", "in").unchanged()).isEqualTo(1);
    }

    @Test
    void withoutModesADirectoryKeepsItsOwnAlsoIfItMayNotBeWritten() throws IOException {
        Path one = projects.file(projects.a, "notes/old/one", "text");
        Files.createLink(Files.createDirectory(projects.a.resolve("notes/new")).resolve("two"), one);
        Files.createDirectories(projects.b.resolve("in/old"));
        Set<PosixFilePermission> closed = PosixFilePermissions.fromString("r-xr-x---");
        Files.setPosixFilePermissions(projects.b.resolve("in/old"), closed);
        Files.setPosixFilePermissions(projects.a.resolve("notes/new"), closed);

        projects.files.copy(projects.request("notes", "in").keepingOnly(CopyAttribute.TIMES));

        assertThat(projects.b.resolve("in/new/two")).hasContent("text");
        assertThat(Files.getPosixFilePermissions(projects.b.resolve("in/old"))).isEqualTo(closed);
        assertThat(Files.getPosixFilePermissions(projects.b.resolve("in/new"))).isEqualTo(closed);
    }
}
