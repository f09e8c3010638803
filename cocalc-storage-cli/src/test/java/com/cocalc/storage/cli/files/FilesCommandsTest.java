package com.cocalc.storage.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.cli.Run;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.files.outcome.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code copy}, {@code publish} and {@code unpublish}. */
class FilesCommandsTest {

    private static final String A = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String B = "bbbbbbbb-0000-4000-8000-000000000002";
    private static final String ERASED = "\r\u001b[K";

    @TempDir
    private Path root = Path.of("");

    private Path a = Path.of("");
    private Path b = Path.of("");
    private Path share = Path.of("");

    @BeforeEach
    void mount() throws IOException {
        a = Files.createDirectories(root.resolve("projects/" + A));
        b = Files.createDirectories(root.resolve("projects/" + B));
        share = Files.createDirectories(root.resolve("shares")).resolve(A);
        if (Files.getAttribute(root, "unix:uid").equals(0)) {
            Files.setAttribute(root.resolve("shares"), "unix:uid", 2001);
            Files.setAttribute(root.resolve("shares"), "unix:gid", 2001);
        }
    }

    private static void file(Path home, String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--root", root.toString()));
        return Run.of(all.toArray(String[]::new));
    }

    private void assertRefused(int exitCode, String message, String... arguments) {
        assertThat(run(arguments))
                .isEqualTo(new Run(exitCode, "", "error: " + message.replace("ROOT", root.toString()) + "\n"));
    }

    @Test
    void aDirectoryIsCopiedToThePathThatTheTargetNames() throws IOException {
        file(a, "notes/one", "text");
        file(a, "notes/in/two", "more");

        Run run = run("copy", A + ":notes", B + ":from/a");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("copied 2 files (8 bytes), 2 directories, 0 links; 0 unchanged, 0 deleted\n");
        assertThat(b.resolve("from/a/one")).hasContent("text");
        assertThat(b.resolve("from/a/in/two")).hasContent("more");
    }

    @Test
    void aTargetWithoutPathHasThatOfTheSourceAndADotIsTheWholeHome() throws IOException {
        file(a, "notes/one", "text");

        assertThat(run("copy", A + ":notes/one", B).exitCode()).isZero();
        assertThat(b.resolve("notes/one")).hasContent("text");
        assertThat(run("copy", A + ":.", B + ":all").exitCode()).isZero();
        assertThat(b.resolve("all/notes/one")).hasContent("text");
    }

    @Test
    void aNewerFileOfTheTargetIsSkippedWithExitCodeOneUnlessItIsToBeOverwritten() throws IOException {
        file(a, "one", "text");
        file(b, "one", "newer");
        Files.setLastModifiedTime(b.resolve("one"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        Run skipped = run("copy", A + ":one", B);

        assertThat(skipped.exitCode()).isEqualTo(1);
        assertThat(skipped.out()).isEqualTo("""
                copied 0 files (0 bytes), 0 directories, 0 links; 0 unchanged, 0 deleted

                SKIPPED  REASON
                one      the target is newer
                """);
        assertThat(b.resolve("one")).hasContent("newer");
        assertThat(run("copy", A + ":one", B, "--overwrite-newer").exitCode()).isZero();
        assertThat(b.resolve("one")).hasContent("text");
    }

    @Test
    void whatIsDeletedIsKeptAsABackupAndWhatIsExcludedStays() throws IOException {
        file(a, "notes/one", "text");
        file(a, "notes/x.pyc", "compiled");
        file(a, "notes/@args", "excluded by its name");
        file(b, "notes/gone", "old");
        file(b, "notes/y.pyc", "compiled");

        Run run = run(
                "copy", A + ":notes", B, "--delete-missing", "--backup", "--exclude", "*.pyc", "--exclude", "@args");

        assertThat(run.exitCode()).isZero();
        assertThat(b.resolve("notes").toFile().list()).containsExactlyInAnyOrder("one", "gone~", "y.pyc");
    }

    @Test
    void filesOfTheSameSizeAndTimeAreComparedByRequest() throws IOException {
        file(a, "one", "text");
        file(b, "one", "TEXT");
        Files.setLastModifiedTime(b.resolve("one"), Files.getLastModifiedTime(a.resolve("one")));

        assertThat(run("copy", A + ":one", B).out()).contains("; 1 unchanged,");
        assertThat(run("copy", A + ":one", B, "--compare-contents").out()).startsWith("copied 1 file (4 bytes),");
        assertThat(b.resolve("one")).hasContent("text");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        file(a, "notes/one", "text");

        Run run = run("copy", A + ":notes", B, "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("would copy 1 file (4 bytes), 1 directory, 0 links; 0 unchanged, 0 deleted\n");
        assertThat(b).isEmptyDirectory();
        assertThat(root.resolve("projects").toFile().list()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void jsonHasALineForEachThatWasSkippedAndOneForAll() throws IOException {
        file(a, "notes/one", "text");
        file(a, "notes/two", "text");
        file(b, "notes/two/in/the/way", "");

        Run run = run("copy", A + ":notes", B, "--format", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out())
                .startsWith("{\"event\":\"skipped\",\"path\":\"notes/two\",\"reason\":\"IN_THE_WAY\","
                        + "\"text\":\"a directory that is not empty is in the way\"}\n"
                        + "{\"event\":\"copied\",\"figures\":{\"files\":1,\"bytes\":4,\"directories\":0,\"links\":0,"
                        + "\"unchanged\":0,\"deleted\":0},\"skipped\":{\"IN_THE_WAY\":1},\"remarks\":[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--max-files=2|3 entries|at most 2 files",
                "--max-bytes=1K|too many bytes|at most 1024 bytes",
            })
    void aSourceThatIsTooLargeIsRefusedWithTheLimitThatWasGiven(String option, String name, String limit)
            throws IOException {
        file(a, name + "/one", "x".repeat(1000));
        file(a, name + "/two", "x".repeat(1000));

        assertRefused(
                2,
                "\"" + name + "\" of project " + A + " must have " + limit + ", but has more; nothing was copied",
                "copy",
                A + ":" + name,
                B,
                option);
        assertThat(b).isEmptyDirectory();
    }

    @Test
    void aFailureIsALineOfJsonToo() {
        Run run = run("copy", A + ":gone", B, "--format", "json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).startsWith("{\"event\":\"failed\",\"problem\":\"SOURCE_MISSING\",\"message\":");
        assertThat(run.err())
                .isEqualTo("error: \"gone\" of project " + A
                        + " must exist to be copied, but does not; check project and path\n");
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void whatTheUserCanPutRightIsBadInputAndAllElseCannotRun(Problem problem) {
        Set<Problem> ofTheUser = EnumSet.of(
                Problem.SOURCE_MISSING,
                Problem.HOME_MISSING,
                Problem.NOT_A_DIRECTORY,
                Problem.ONTO_ITSELF,
                Problem.INTO_ITSELF,
                Problem.OTHER_KIND,
                Problem.NOT_PUBLISHABLE,
                Problem.TOO_MUCH);

        assertThat(TransferReport.exitCodeOf(problem)).isEqualTo(ofTheUser.contains(problem) ? 2 : 3);
    }

    @Test
    void aCopyWithinItsTimeAndItsSpeedIsLikeAnyOther() throws IOException {
        file(a, "one", "text");

        Run run = run("copy", A + ":one", B, "--bwlimit", "1000000", "--timeout", "1000000");

        // A user who cannot change owners is told so, and nothing else.
        String note = "note: what is made belongs to \\d+:\\d+, not to 2001:2001, as changing owners failed: .*\n";
        assertThat(new Run(run.exitCode(), run.out(), run.err().replaceFirst("^" + note + "$", "")))
                .isEqualTo(new Run(0, "copied 1 file (4 bytes), 0 directories, 0 links; 0 unchanged, 0 deleted\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copy,notes,UUID|SOURCE must be a project's id, a colon and a path, but was \"notes\"; write UUID:PATH,"
                        + " or UUID:. for the whole home",
                "copy,UUID:,UUID|SOURCE must have a path after the colon, but has none; write UUID:. for the whole home",
                "copy,UUID:x,UUID:/x|TARGET: file path must be relative, but was \"/x\"; remove the leading '/', the"
                        + " path is relative to the project's home",
                "copy,UUID:x,UUID,--timeout,0|--timeout must be positive, but was \"0\"; leave it out for no limit",
                "copy,UUID:x,UUID,--bwlimit,-1|--bwlimit must be positive, but was \"-1\"; leave it out for no limit",
                "copy,UUID:x,UUID,--timeout,5m|--timeout must be a whole number, but was \"5m\"; correct it",
                "copy,UUID:x,UUID,--max-files,-1|--max-files must not be negative, but was \"-1\"; leave it out for no"
                        + " limit",
                "copy,UUID:x,UUID,--max-bytes,10GB|--max-bytes must be a number of bytes with or without K, M, G or T,"
                        + " but was \"10GB\"; write 10G for 10 GiB",
                "copy,UUID:x,UUID,--max-bytes,9000000000T|--max-bytes must be a number of bytes with or without K, M, G"
                        + " or T, but was \"9000000000T\"; write 10G for 10 GiB",
                "copy,UUID:x,UUID,--format,yaml|--format must be one of text, json, but was \"yaml\"; correct it",
                "copy,UUID:x|TARGET must be given; see cocalc-storage copy --help",
                "copy,UUID:x,UUID|\"x\" of project UUID must not be copied onto itself; name another target",
                "copy,UUID:x,UUID,--exclude,\ufffd|--exclude must be text in the locale of this process, but was"
                        + " \"\ufffd\"; set LC_ALL=C.UTF-8, or name the directory that holds the file",
                "publish,UUID:\ufffd|SOURCE must be text in the locale of this process, but was \"\ufffd\"; set"
                        + " LC_ALL=C.UTF-8, or name the directory that holds the file",
            })
    void aMistakeIsAnsweredInOneLine(String arguments, String message) {
        assertRefused(
                2,
                message.replace("project UUID", "project " + A),
                arguments.replace("UUID", A).split(","));
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        Run run = run("copy", A + ":x", B, "--exclude", "x".repeat(10_000));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: --exclude: ").hasLineCount(1);
    }

    @Test
    void aRootBelowWhichNothingIsMountedIsRefused() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));

        assertThat(Run.of("copy", A + ":x", B, "--root", empty.toString()))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --root must be a directory below which the projects are mounted, but " + empty
                                + "/projects is not a directory; mount them there, or name another directory\n"));
        Files.createDirectory(empty.resolve("projects"));
        assertThat(Run.of("publish", A + ":x", "--root", empty.toString()).err())
                .contains("the shares are mounted, but " + empty + "/shares is not a directory");
    }

    @Test
    void aPathIsPublishedAndUnpublished() throws IOException {
        file(a, "talks/one", "text");

        Run published = run("publish", A + ":talks", "--max-files", "10");

        assertThat(published.exitCode()).isZero();
        assertThat(published.out())
                .isEqualTo("published 1 file (4 bytes), 1 directory, 0 links; 0 unchanged, 0 deleted\n");
        assertThat(share.resolve("talks/one")).hasContent("text");
        Run unpublished = run("unpublish", A + ":talks");
        assertThat(unpublished).isEqualTo(new Run(0, "unpublished " + A + ":talks\n", ""));
        assertThat(share.resolve("talks")).doesNotExist();
    }

    @Test
    void whatWasNotPublishedIsNoted() {
        assertThat(run("unpublish", A + ":talks", "--format", "json"))
                .isEqualTo(new Run(
                        0,
                        "{\"event\":\"unpublished\",\"path\":\"" + A + ":talks\"}\n",
                        "note: " + A + ":talks was not published\n"));
    }

    @Test
    void aRecoveryRemovesAHalfExchangedTreeAndLeavesAloneWhatIsPublishedAndWhatWasStagedJustNow() throws IOException {
        file(a, "talks/one", "text");
        run("publish", A + ":talks");
        Path exchange = root.resolve("shares/.cocalc-storage/exchanges/" + A);
        Files.createDirectories(exchange.resolve("new/half"));
        Path staged = Files.createDirectories(root.resolve("shares/.cocalc-storage/staging/other"));

        assertThat(run("recover")).isEqualTo(new Run(0, "recovered the shares\n", ""));

        assertThat(exchange).doesNotExist();
        assertThat(staged).isDirectory();
        assertThat(share.resolve("talks/one")).hasContent("text");
    }

    @Test
    void aRecoveryWhereNothingIsLeftSaysSoToProgramsToo() {
        assertThat(run("recover", "--format", "json"))
                .isEqualTo(new Run(0, "{\"event\":\"recovered\",\"path\":\"the shares\"}\n", ""));
    }

    @Test
    void aRecoveryNeedsTheMountedShares() throws IOException {
        Files.createDirectories(root.resolve("empty/projects"));

        assertThat(Run.of("recover", "--root", root.resolve("empty").toString()))
                .isEqualTo(new Run(
                        2,
                        "",
                        "error: --root must be a directory below which the shares are mounted, but "
                                + root.resolve("empty/shares")
                                + " is not a directory; mount them there, or name another directory\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--follow-links", "--whole-tree"})
    void linksThatLeadOutAreSkippedUnlessTheyAreFollowed(String option) throws IOException {
        file(a, "talks/one", "text");
        file(a, "other", "elsewhere");
        Files.createSymbolicLink(a.resolve("talks/link"), Path.of("../other"));

        Run run = run("publish", A + ":talks", option);

        if (option.equals("--follow-links")) {
            assertThat(run.exitCode()).isZero();
            assertThat(share.resolve("talks/link")).hasContent("elsewhere");
        } else {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).endsWith("\nSKIPPED     REASON\ntalks/link  the link leads out of the tree\n");
        }
    }

    @Test
    void onATerminalNothingIsLeftOfTheProgress() throws IOException {
        file(a, "one", "text");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Screen screen =
                new Screen(new PrintWriter(out), new PrintWriter(err), 80, Screen.Colours.OFF, Screen.Progress.ON);

        int exitCode = Run.on(screen, "copy", A + ":one", B, "--root", root.toString());

        assertThat(exitCode).isZero();
        assertThat(err.toString().substring(err.toString().lastIndexOf(ERASED) + 1))
                .doesNotContain(" bytes, at ");
        assertThat(out).hasToString("copied 1 file (4 bytes), 0 directories, 0 links; 0 unchanged, 0 deleted\n");
    }

    @Test
    void theLineOfProgressSaysHowMuchIsDoneAndWhere() {
        assertThat(ProgressLine.text(1, 2048, "in/two")).isEqualTo("1 file, 2.0 KiB, at in/two");
        assertThat(ProgressLine.text(3, 1, "")).isEqualTo("3 files, 1 bytes, at ");
    }

    @Test
    void theLineOfProgressFitsTheTerminalAndMovesNoCursor() {
        StringWriter err = new StringWriter();
        Screen screen = new Screen(
                new PrintWriter(new StringWriter()), new PrintWriter(err), 12, Screen.Colours.OFF, Screen.Progress.ON);

        try (ProgressLine line = new ProgressLine(screen)) {
            line.show("a\nb and more text");
            line.show("12345678\u6f22\u5b57");
        }

        assertThat(err).hasToString(ERASED + "a\\u000ab an" + ERASED + "12345678\u6f22" + ERASED);
    }

    @Test
    void withoutATerminalThereIsNoProgress() {
        System.setProperty("cocalc.storage.terminal.err", "true");
        try {
            assertThat(Screen.ofProcess(Map.of("TERM", "xterm")).progress()).isEqualTo(Screen.Progress.ON);
            assertThat(Screen.ofProcess(Map.of("TERM", "dumb")).progress()).isEqualTo(Screen.Progress.OFF);
        } finally {
            System.clearProperty("cocalc.storage.terminal.err");
        }
        assertThat(Screen.ofProcess(Map.of("TERM", "xterm")).progress()).isEqualTo(Screen.Progress.OFF);
    }

    @ParameterizedTest
    @CsvSource({"0,0 bytes", "1023,1023 bytes", "1024,1.0 KiB", "1572864,1.5 MiB", "9223372036854775807,8388608.0 TiB"})
    void bytesAreShownWithTheirUnit(long bytes, String text) {
        assertThat(ByteCount.text(bytes)).isEqualTo(text);
    }
}
