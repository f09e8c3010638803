package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.rwx.call.Operation;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that a publication follows, and those that lead nowhere. */
class FollowedLinksTest {

    private final ShareWorld world = ShareWorld.onOneClaim().has("0644 2001:2001 \"x\" talks/x");

    @ParameterizedTest
    @ValueSource(strings = {"---------", "rw-rw-rw-"})
    void aLinkThroughADirectoryThatIsClosedToTheServiceIsLeftOut(String mode) throws Exception {
        world.has("0644 2001:2001 \"y\" closed/y", "0777 2001:2001 - talks/link -> ../closed/y");
        Files.setPosixFilePermissions(world.owner.getPath("/closed"), PosixFilePermissions.fromString(mode));

        CopyReport report = world.shares().followingLinks().publish(path("talks"));

        assertThat(report.skipped())
                .containsExactly(new SkippedFile(FilePath.parse("talks/link"), SkipReason.UNREADABLE));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("x");
    }

    @Test
    void whatALinkLedToStaysForVisitorsWhenItsDirectoryIsClosed() throws Exception {
        world.has("0644 2001:2001 \"y\" closed/y", "0777 2001:2001 - talks/link -> ../closed/y");
        Shares shares = world.shares().followingLinks();
        shares.publish(path("talks"));
        Files.setPosixFilePermissions(world.owner.getPath("/closed"), PosixFilePermissions.fromString("---------"));

        CopyReport report = shares.publish(path("talks"));

        assertThat(report.skippedByReason()).containsOnlyKeys(SkipReason.UNREADABLE);
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/link")).hasContent("y");
    }

    @Test
    void aLinkWithANameThatIsTooLongIsLeftOut() throws Exception {
        Files.createSymbolicLink(world.owner.getPath("/talks/link"), world.owner.getPath("../" + "n".repeat(256)));

        CopyReport report = world.shares().followingLinks().publish(path("talks"));

        assertThat(report.skippedByReason()).containsOnlyKeys(SkipReason.LINK_LEADS_OUT);
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("x");
    }

    /** As for Linux: only a directory has something behind a slash. */
    @ParameterizedTest
    @ValueSource(strings = {"../other/.", "../other/./", "../other/.."})
    void aLinkThatTakesAFileForADirectoryLeadsNowhere(String text) {
        world.has("0644 2001:2001 \"y\" other", "0777 2001:2001 - talks/link -> " + text);

        CopyReport report = world.shares().followingLinks().publish(path("talks"));

        assertThat(report.skippedByReason()).containsOnlyKeys(SkipReason.LINK_LEADS_OUT);
        assertThat(world.share()).doesNotContain("link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/", "../other/.", ".././other//", "/home/user/other/"})
    void aLinkThatNamesADirectoryWithASlashLeadsToIt(String text) {
        world.has("0644 2001:2001 \"y\" other/y", "0777 2001:2001 - talks/link -> " + text);

        world.shares().followingLinks().publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/link/y")).hasContent("y");
    }

    /** What another publication shows in the directory stays, so nothing takes its place. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileDoesNotTakeThePlaceOfADirectoryInWhichMoreIsPublished(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"y\" talks/d/y", "0644 2001:2001 \"z\" talks/d/z", "0644 2001:2001 \"other\" other");
        world.shares().publish(path("talks"));
        world.shares().publish(path("talks/d/y"));
        for (String gone : new String[] {"/talks/d/y", "/talks/d/z", "/talks/d"}) {
            Files.delete(world.owner.getPath(gone));
        }
        world.has("0777 2001:2001 - talks/d -> ../other");
        Shares shares = world.shares().followingLinks();

        CopyReport report = (wholeTree ? shares.wholeTree() : shares).publish(path("talks"));

        assertThat(report.skipped()).containsExactly(new SkippedFile(FilePath.parse("talks/d"), SkipReason.IN_THE_WAY));
        assertThat(world.share()).contains("/talks/d/y").doesNotContain("/talks/d/z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinkThatLeadsOutTakesNothingWithItThatAnotherPublicationShows(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"y\" talks/d/y", "0644 2001:2001 \"other\" other/o");
        world.shares().publish(path("talks"));
        world.shares().publish(path("talks/d"));
        Files.delete(world.owner.getPath("/talks/d/y"));
        world.has("0777 2001:2001 - talks/d/y -> /etc/shadow", "0777 2001:2001 - talks/d/o -> ../../other/o");
        Shares shares = world.shares().followingLinks();

        (wholeTree ? shares.wholeTree() : shares).publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/d/y")).hasContent("y");
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/d/o")).hasContent("other");
        shares.publish(path("talks/d"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/d/y")).doesNotExist();
    }

    /** The tree has 5 with the link, and what replaces the link has 4. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void directoriesAndLinksBehindALinkCountAsWell(boolean wholeTree) {
        world.has(
                "0755 2001:2001 - talks/a/",
                "0755 2001:2001 - talks/b/",
                "0755 2001:2001 - other/c/",
                "0755 2001:2001 - other/d/",
                "0777 2001:2001 - other/l -> d",
                "0777 2001:2001 - talks/link -> ../other");
        Shares following = world.shares().followingLinks();
        Shares shares = wholeTree ? following.wholeTree() : following;

        FilesException e = catchThrowableOfType(
                FilesException.class, () -> shares.limitedTo(7, 100).publish(path("talks")));

        assertThat(e.problem()).isEqualTo(Problem.TOO_MUCH);
        assertThat(world.share()).isEmpty();
        shares.limitedTo(8, 100).publish(path("talks"));
        assertThat(world.share()).contains("/talks/link/l -> d");
    }

    @Test
    void aFileThatReplacesADirectoryCountsOnce() throws Exception {
        world.shares().publish(path("talks"));
        Files.delete(world.owner.getPath("/talks/x"));
        Files.delete(world.owner.getPath("/talks"));
        Files.writeString(world.owner.getPath("/talks"), "a file");

        world.shares().limitedTo(1, 6).publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks")).hasContent("a file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void byRequestLinksAreFollowedInsideTheHome(boolean wholeTree) throws Exception {
        world.has(
                "0644 2001:2001 \"y\" other/y",
                "0777 2001:2001 - other/on -> ../third",
                "0777 2001:2001 - other/inside -> y",
                "0644 2001:2001 \"z\" third/z",
                "0777 2001:2001 - talks/a/dir -> ../../other",
                "0777 2001:2001 - talks/file -> /home/user/other/y",
                "0777 2001:2001 - talks/twice -> a/../a/dir/on/z",
                "0777 2001:2001 - talks/same -> x",
                "0777 2001:2001 - talks/loop -> ../talks",
                "0777 2001:2001 - talks/self -> ../talks/self",
                "0777 2001:2001 - talks/none -> ../nothing",
                "0777 2001:2001 - talks/victim -> ../../" + ShareWorld.VICTIM + "/key",
                "0777 2001:2001 - talks/host -> /etc/shadow",
                "0777 2001:2001 - talks/homes -> /home/user2/other");
        Shares shares = world.shares().followingLinks();
        shares = wholeTree ? shares.wholeTree() : shares;

        CopyReport report = shares.publish(path("talks"));

        String shown = """
                0755 2001:2001 - /
                0755 2001:2001 - /talks/
                0755 2001:2001 - /talks/a/
                0755 2001:2001 - /talks/a/dir/
                0777 2001:2001 - /talks/a/dir/inside -> y
                0755 2001:2001 - /talks/a/dir/on/
                0644 2001:2001 1 /talks/a/dir/on/z
                0644 2001:2001 1 /talks/a/dir/y
                0644 2001:2001 1 /talks/file
                0777 2001:2001 - /talks/same -> x
                0644 2001:2001 1 /talks/twice
                0644 2001:2001 1 /talks/x""";
        assertThat(world.share()).isEqualTo(shown);
        assertThat(report.skippedByReason())
                .containsOnly(Map.entry(SkipReason.LINK_LEADS_OUT, 5L), Map.entry(SkipReason.LINK_LOOPS, 1L));

        Files.delete(world.owner.getPath("/other/y"));
        shares.publish(path("talks"));
        assertThat(world.share())
                .isEqualTo(shown.replace("\n0644 2001:2001 1 /talks/a/dir/y", "")
                        .replace("\n0644 2001:2001 1 /talks/file", ""));
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void whatFollowedLinksAddCountsBeforeAnythingIsWritten() {
        ShareWorld bare = ShareWorld.onOneClaim();
        bare.has(
                "0644 2001:2001 \"12345\" other/x",
                "0777 2001:2001 - talks/a -> ../other",
                "0777 2001:2001 - talks/b -> ../other");
        bare.shares().unpublish(path("talks"));
        String before = bare.shared.tree();

        assertThatThrownBy(
                        () -> bare.shares().followingLinks().limitedTo(100, 9).publish(path("talks")))
                .hasMessage(
                        "\"talks\" of project " + OWNER + " must have at most 100 files and 9 bytes with what its links"
                                + " lead to, but has more; nothing was published");
        assertThat(bare.shared.tree()).isEqualTo(before);

        assertThat(bare.shares()
                        .followingLinks()
                        .limitedTo(100, 10)
                        .publish(path("talks"))
                        .bytes())
                .isEqualTo(10);
    }

    @Test
    void aPublicationIsCancelledBetweenTheLinksThatItFollows() throws Exception {
        for (int i = 0; i < 50; i++) {
            world.has(
                    "0644 2001:2001 \"" + i + "\" other/f" + i, "0777 2001:2001 - talks/l" + i + " -> ../other/f" + i);
        }
        Cancellation cancellation = new Cancellation();
        world.data.beforeEachOperation(event -> {
            if (event.operation() == Operation.OPEN && event.path().endsWith("f30")) {
                cancellation.cancel();
            }
        });

        FilesException e = catchThrowableOfType(
                FilesException.class,
                () -> world.shares().followingLinks().cancelledBy(cancellation).publish(path("talks")));

        assertThat(e.problem()).isEqualTo(Problem.CANCELLED);
        assertThat(world.share()).contains("/talks/l1\n").doesNotContain("/talks/l9");
    }
}
