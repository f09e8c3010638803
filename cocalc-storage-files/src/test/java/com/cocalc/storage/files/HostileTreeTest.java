package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OpenLimit;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees that somebody made to break a copy. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class HostileTreeTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    @TempDir(factory = InMemory.class)
    private Path directory;

    private Projects projects;

    @BeforeEach
    void twoProjects() throws IOException {
        projects = new Projects(directory);
    }

    /** What a file takes on the disk. */
    static long kibibytes(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-k", file.toString()).start();
        return Long.parseLong(new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                .split("\t", -1)[0]);
    }

    static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private Path notes() throws IOException {
        return Files.createDirectories(projects.a.resolve("notes"));
    }

    @Test
    void anyNameIsCopied() throws IOException {
        List<String> names = List.of(
                "-rf",
                "*",
                "line%0Aend",
                "%FF%FEno-utf-8",
                "%C3%BC",
                "a%5Cb",
                "%20",
                "%3F",
                "..%2E",
                "x".repeat(255),
                "~",
                "%01%7F");
        for (String name : names) {
            Files.writeString(Path.of(URI.create(notes().toUri() + name)), name);
        }

        CopyReport report = projects.copy("notes", "in");

        assertThat(report.files()).isEqualTo(names.size());
        assertThat(Trees.differences(projects.b.resolve("in"), notes())).isEmpty();
        assertThat(projects.files
                        .copy(projects.request("notes", "in").deletingMissing().keepingBackups())
                        .deleted())
                .isZero();
    }

    @Test
    void aPathOfAnyBytesIsCopiedByItself() throws IOException {
        Files.writeString(Path.of(URI.create(notes().toUri() + "%FF%0A")), "text");
        FilePath path = FilePath.ofBytes(new byte[] {'n', 'o', 't', 'e', 's', '/', (byte) 0xff, '\n'});

        projects.files.copy(CopyRequest.from(Projects.A, path).to(Projects.B));

        assertThat(Files.readString(Path.of(URI.create(projects.b.toUri() + "notes/%FF%0A"))))
                .isEqualTo("text");
    }

    @Test
    void manyEntriesInADirectoryAreCopied() throws Exception {
        int entries = DEEP ? 100_000 : 10_000;
        run("sh", "-c", "cd '" + notes() + "' && seq 1 " + entries + " | xargs touch");

        assertThat(projects.copy("notes", "in").files()).isEqualTo(entries);
        assertThat(projects.copy("notes", "in").unchanged()).isEqualTo(entries);
        run("sh", "-c", "cd '" + notes() + "' && seq 1 2 " + entries + " | xargs rm");
        assertThat(projects.files
                        .copy(projects.request("notes", "in").deletingMissing())
                        .deleted())
                .isEqualTo(entries / 2);
    }

    @Test
    void aTreeDeeperThanAnyPathIsCopiedAndDeleted() throws Exception {
        int levels = DEEP ? 10_000 : 2_500;
        deep(notes(), levels);
        try {
            CopyReport report = projects.copy("notes", "in");

            assertThat(report.directories()).isEqualTo(levels + 1);
            assertThat(report.files()).isEqualTo(1);
            assertThat(projects.copy("notes", "in").unchanged()).isEqualTo(1);

            Files.createDirectory(projects.a.resolve("empty"));
            projects.files.copy(projects.request("empty", "in").deletingMissing());
            assertThat(projects.b.resolve("in")).isEmptyDirectory();
            assertThat(projects.staged()).isEmpty();
        } finally {
            run("rm", "-rf", projects.a.toString(), projects.b.toString());
        }
    }

    private static void deep(Path root, int levels) throws Exception {
        Process python = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cd '" + root + "' && i=0; while [ $i -lt " + levels / 100
                                + " ]; do p=d; j=1; while [ $j -lt 100 ]; do p=$p/d; j=$((j+1)); done; "
                                + "mkdir -p $p && cd -P ./$p || exit 1; i=$((i+1)); done; echo text > file")
                .inheritIO()
                .start();
        assertThat(python.waitFor()).isZero();
    }

    /** The path of the whole link counts, in bytes: the name of the copied directory, and each byte of an umlaut. */
    @Test
    void aLinkIsTooDeepFromTheFirstByteOnThatNoPathMayHave() throws Exception {
        try {
            for (int bytes = 4094; bytes < 4098; bytes++) {
                String name = "r" + bytes;
                Path root = Files.createDirectory(projects.a.resolve(name));
                StringBuilder script = new StringBuilder("cd '" + root + "'");
                int left = bytes - root.toString().length();
                for (; left > 300; left -= 200) {
                    script.append(" && mkdir ").append("d".repeat(199)).append(" && cd -P ./d*");
                }
                script.append(" && ln -s x \"$(printf '\\303\\274%.0s' $(seq 20))")
                        .append("l".repeat(left - 41))
                        .append('"');
                run("sh", "-c", script.toString());

                CopyReport report = projects.copy(name, "in" + bytes);

                assertThat(report.links()).as("%s bytes", bytes).isEqualTo(bytes < 4096 ? 1 : 0);
                assertThat(report.skippedByReason())
                        .isEqualTo(bytes < 4096 ? java.util.Map.of() : java.util.Map.of(SkipReason.LINK_TOO_DEEP, 1L));
            }
        } finally {
            run("rm", "-rf", projects.a.toString(), projects.b.toString());
        }
    }

    @Test
    void aCopyIsCancelledInTheMiddleOfASparseTerabyte() throws IOException {
        try (FileChannel channel =
                FileChannel.open(notes().resolve("huge"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (1L << 40) - 1);
        }
        Cancellation cancellation = new Cancellation();

        FilesException e = catchThrowableOfType(
                FilesException.class,
                () -> projects.files.copy(projects.request("notes", "in")
                        .cancelledBy(cancellation)
                        .tellingProgressTo(progress -> cancellation.cancel())));

        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
        assertThat(projects.b.resolve("in/huge")).doesNotExist();
        assertThat(projects.staged()).isEmpty();
    }

    @Test
    void linksByTheThousandStayLinks() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createSymbolicLink(notes().resolve("link" + i), Path.of("link" + (i + 1)));
        }
        Files.createSymbolicLink(notes().resolve("loop"), Path.of("loop"));

        assertThat(projects.copy("notes", "in").links()).isEqualTo(3001);
        assertThat(Files.readSymbolicLink(projects.b.resolve("in/link7"))).hasToString("link8");
        assertThat(projects.copy("notes", "in").unchanged()).isEqualTo(3001);
    }

    @Test
    void namesOfOneFileByTheThousandStayOneFile() throws IOException {
        Path first = Files.writeString(notes().resolve("first"), "text");
        for (int i = 0; i < 3000; i++) {
            Files.createLink(notes().resolve("name" + i), first);
        }

        projects.copy("notes", "in");

        assertThat(Files.getAttribute(projects.b.resolve("in/name7"), "unix:nlink"))
                .isEqualTo(3001);
        assertThat(projects.staged()).isEmpty();
    }

    @Test
    void directoriesWithoutPermissionsAreReportedOrCopied() throws IOException {
        projects.file(projects.a, "notes/closed/file", "text");
        projects.file(projects.a, "notes/readonly/sub/file", "text");
        Files.setPosixFilePermissions(notes().resolve("closed"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(notes().resolve("readonly"), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            CopyReport report = projects.copy("notes", "in");
            CopyReport again = projects.copy("notes", "in");

            assertThat(projects.b.resolve("in/readonly/sub/file")).hasContent("text");
            assertThat(Files.getPosixFilePermissions(projects.b.resolve("in/readonly")))
                    .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
            if (!Files.isReadable(notes().resolve("closed"))) {
                assertThat(report.skipped())
                        .containsExactly(new SkippedFile(Projects.path("notes/closed"), SkipReason.UNREADABLE));
                assertThat(again.skipped()).isEqualTo(report.skipped());
            }
        } finally {
            for (Path home : List.of(projects.a.resolve("notes"), projects.b.resolve("in"))) {
                for (String name : List.of("closed", "readonly")) {
                    if (Files.exists(home.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                        Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    @Test
    void aFifoIsSkippedAndNeverOpened() throws Exception {
        run("mkfifo", notes().resolve("pipe").toString());
        projects.file(projects.a, "notes/file", "text");

        CopyReport report = projects.copy("notes", "in");

        assertThat(report.files()).isEqualTo(1);
        assertThat(report.skippedByReason()).containsExactly(java.util.Map.entry(SkipReason.SPECIAL, 1L));
    }

    @Test
    void aFifoInTheWayIsReplaced() throws Exception {
        projects.file(projects.a, "notes/file", "text");
        projects.file(projects.a, "notes/directory/file", "text");
        Path in = Files.createDirectory(projects.b.resolve("in"));
        run("mkfifo", in.resolve("file").toString(), in.resolve("directory").toString());

        projects.files.copy(projects.request("notes", "in").overwritingNewer());

        assertThat(in.resolve("file")).hasContent("text");
        assertThat(in.resolve("directory/file")).hasContent("text");
    }

    /** The name is a FIFO when it is opened, though it was a file when it was looked at. */
    @Test
    void anOpenThatBlocksEndsTheCopyAndFreesItsThread() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not installed");
        run("mkfifo", notes().resolve("pipe").toString());
        Workers workers = new Workers(1, OpenLimit.of(Duration.ofMillis(50)), new Stopwatch());
        OpenDirectory open = OpenDirectory.ofTrusted(notes());
        // Another test may have left one behind, whose FIFO was renamed away.
        java.util.Set<Thread> before = Thread.getAllStackTraces().keySet();

        OperationException e = catchThrowableOfType(
                OperationException.class,
                () -> workers.run(
                        worker -> worker.read(
                                        open, Path.of("pipe"), () -> new ForeignName(null, "\"pipe\" of a project"))
                                .close(),
                        () -> {}));

        assertThat(e.problem()).isEqualTo(Problem.BLOCKED);
        assertThat(e)
                .hasMessage("\"pipe\" of a project blocks when it is opened, as a FIFO does that nobody writes to; "
                        + "remove it and copy again");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("cocalc-storage-files-0") && !before.contains(thread)) {
                // It was released, and needs a processor to return.
                thread.join(Duration.ofSeconds(30).toMillis());
                assertThat(blocked(thread)).isFalse();
            }
        }
        open.close();
    }

    private static boolean blocked(Thread thread) {
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getMethodName().startsWith("openat")) {
                return true;
            }
        }
        return false;
    }
}
