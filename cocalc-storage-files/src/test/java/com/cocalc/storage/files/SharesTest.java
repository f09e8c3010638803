package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.rwx.Mount;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

    private final ShareWorld world = ShareWorld.onOneClaim();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDirectoryAppearsUnderItsPath(boolean twoClaims) {
        ShareWorld here = twoClaims ? ShareWorld.onTwoClaims() : world;
        here.has("0755 2001:2001 - a/talks/", "0640 2001:2001 \"hello\" a/talks/x", "0644 2001:2001 \"no\" a/y");

        CopyReport report = here.shares().publish(path("a/talks"));

        assertThat(here.share())
                .isEqualTo("0755 2001:2001 - /\n0755 2001:2001 - /a/\n0755 2001:2001 - /a/talks/\n"
                        + "0640 2001:2001 5 /a/talks/x");
        assertThat(report.files()).isEqualTo(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(here.leftBehind()).isEmpty();
        assertThat(here.shares().published(OWNER)).containsExactly(path("a/talks"));
    }

    @Test
    void aFileOrTheWholeHomeCanBePublished() throws Exception {
        world.has("0644 2001:2001 \"hello\" x", "0644 2001:2001 \"more\" a/y");

        world.shares().publish(path("x"));
        assertThat(world.visitor.getPath("/" + OWNER + "/x")).hasContent("hello");

        world.shares().publish(path("."));
        assertThat(world.visitor.getPath("/" + OWNER + "/a/y")).hasContent("more");
        assertThat(world.shares().published(OWNER)).containsExactly(path("."), path("x"));

        world.shares().unpublish(path("."));
        assertThat(world.share()).isEqualTo("0755 2001:2001 - /\n0644 2001:2001 5 /x");
        world.shares().unpublish(path("x"));
        assertThat(world.share()).isEmpty();
        assertThat(world.shares().published(OWNER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatDidNotChangeIsNotCopiedAgain(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"hello\" talks/x", "0644 2001:2001 \"old\" talks/y");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        shares.publish(path("talks"));
        Object key = key("talks/x");
        Files.writeString(world.owner.getPath("/talks/y"), "new!");

        CopyReport report = shares.publish(path("talks"));

        assertThat(report.files()).isEqualTo(1);
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(key("talks/x")).isEqualTo(key);
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/y")).hasContent("new!");
    }

    @Test
    void aChangeThatSizeAndTimeHideIsFoundWhereContentsAreCompared() throws Exception {
        world.has("0644 2001:2001 \"old\" talks/x");
        world.shares().publish(path("talks"));
        FileTime time = Files.getLastModifiedTime(world.owner.getPath("/talks/x"));
        Files.writeString(world.owner.getPath("/talks/x"), "new");
        Files.setLastModifiedTime(world.owner.getPath("/talks/x"), time);

        world.shares().publish(path("talks"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("old");

        world.shares().comparingContents().publish(path("talks"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("new");
    }

    @Test
    void anOlderFileOfTheProjectReplacesANewerPublishedOne() throws Exception {
        world.has("0644 2001:2001 \"new\" talks/x");
        world.shares().publish(path("talks"));
        Files.writeString(world.owner.getPath("/talks/x"), "restored");
        Files.setLastModifiedTime(world.owner.getPath("/talks/x"), FileTime.from(Instant.EPOCH));

        world.shares().publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("restored");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheOwnerRemovedDisappears(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"x\" talks/x", "0644 2001:2001 \"y\" talks/a/b/y", "0555 2001:2001 - talks/a/c/");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        shares.publish(path("talks"));
        Files.delete(world.owner.getPath("/talks/a/b/y"));
        Files.delete(world.owner.getPath("/talks/a/b"));
        Files.delete(world.owner.getPath("/talks/a/c"));
        Files.delete(world.owner.getPath("/talks/a"));

        CopyReport report = shares.publish(path("talks"));

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(world.share()).isEqualTo("0755 2001:2001 - /\n0755 2001:2001 - /talks/\n0644 2001:2001 1 /talks/x");
    }

    @Test
    void unpublishingRemovesTheEmptyDirectoriesAboveAndTheRecord() {
        world.has("0644 2001:2001 \"x\" a/talks/x", "0644 2001:2001 \"y\" b");
        world.shares().publish(path("a/talks"));
        world.shares().publish(path("b"));

        world.shares().unpublish(path("a/talks"));

        assertThat(world.share()).isEqualTo("0755 2001:2001 - /\n0644 2001:2001 1 /b");
        assertThat(world.shares().published(OWNER)).containsExactly(path("b"));
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void publishingADisabledPathRemovesIt() {
        world.has("0644 2001:2001 \"x\" talks/x");
        world.shares().publish(path("talks"));

        world.shares().publish(path("talks").disabled());

        assertThat(world.share()).isEmpty();
        assertThat(world.shares().published(OWNER)).isEmpty();
    }

    @Test
    void unpublishingWhatIsNotPublishedDoesNothing() {
        world.has("0644 2001:2001 \"x\" talks/x");
        world.shares().publish(path("talks"));
        String before = world.shared.tree();

        world.shares().unpublish(path("talks/x"));
        world.shares().unpublish(path("other"));

        assertThat(world.shared.tree()).isEqualTo(before);
    }

    @Test
    void unpublishingTheOuterOfTwoKeepsWhatTheInnerShows() {
        world.has(
                "0644 2001:2001 \"x\" talks/x",
                "0644 2001:2001 \"y\" talks/2024/y",
                "0644 2001:2001 \"z\" talks/2025/z");
        world.shares().publish(path("talks"));
        world.shares().publish(path("talks/2024"));

        world.shares().unpublish(path("talks"));

        assertThat(world.share())
                .isEqualTo("0755 2001:2001 - /\n0755 2001:2001 - /talks/\n0755 2001:2001 - /talks/2024/\n"
                        + "0644 2001:2001 1 /talks/2024/y");
        world.shares().unpublish(path("talks/2024"));
        assertThat(world.share()).isEmpty();
    }

    @Test
    void unpublishingTheInnerOfTwoKeepsWhatTheOuterShows() {
        world.has("0644 2001:2001 \"x\" talks/x", "0644 2001:2001 \"y\" talks/2024/y");
        world.shares().publish(path("talks/2024"));
        world.shares().publish(path("talks"));
        String both = world.share();

        world.shares().unpublish(path("talks/2024"));

        assertThat(world.share()).isEqualTo(both);
        assertThat(world.shares().published(OWNER)).containsExactly(path("talks"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishingTheInnerKeepsLinksThatStayInTheOuter(boolean wholeTree) {
        world.has(
                "0644 2001:2001 \"x\" talks/x",
                "0777 2001:2001 - talks/2024/a/link -> ../../x",
                "0777 2001:2001 - talks/2024/a/out -> ../../../x");
        world.shares().publish(path("talks"));
        String shown = world.share();
        assertThat(shown).contains("/talks/2024/a/link -> ../../x").doesNotContain("out");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();

        shares.publish(path("talks/2024"));
        assertThat(world.share()).isEqualTo(shown);
        shares.publish(path("talks/2024/a"));
        assertThat(world.share()).isEqualTo(shown);

        shares.unpublish(path("talks"));
        shares.publish(path("talks/2024/a"));
        assertThat(world.share()).doesNotContain("link");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishingTheOuterNeverRemovesWhatTheInnerShows(boolean wholeTree) throws Exception {
        world.has(
                "0644 2001:2001 \"x\" talks/x",
                "0644 2001:2001 \"y\" talks/a/2024/y",
                "0644 2001:2001 \"z\" talks/a/z");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        shares.publish(path("talks"));
        shares.publish(path("talks/a/2024"));
        Files.delete(world.owner.getPath("/talks/a/2024/y"));
        Files.delete(world.owner.getPath("/talks/a/2024"));
        Files.delete(world.owner.getPath("/talks/a/z"));
        Files.delete(world.owner.getPath("/talks/a"));

        shares.publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/a/2024/y")).hasContent("y");
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/a/z")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishingTheOuterReplacesNoDirectoryThatTheInnerShows(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"y\" talks/2024/a/y", "0644 2001:2001 \"z\" talks/b/z");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        shares.publish(path("talks"));
        shares.publish(path("talks/2024"));
        for (String gone : new String[] {"/talks/2024/a/y", "/talks/2024/a", "/talks/b/z", "/talks/b"}) {
            Files.delete(world.owner.getPath(gone));
        }
        world.has("0644 2001:2001 \"file\" talks/2024/a", "0777 2001:2001 - talks/b -> 2024");

        CopyReport report = shares.publish(path("talks"));

        assertThat(report.skipped())
                .containsExactly(new SkippedFile(FilePath.parse("talks/2024/a"), SkipReason.IN_THE_WAY));
        assertThat(world.share()).contains("/talks/2024/a/y", "/talks/b -> 2024");
        shares.publish(path("talks/2024"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/2024/a")).hasContent("file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileTakesThePlaceOfADirectoryAndTheReverse(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"x\" talks/x");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        shares.publish(path("talks"));
        Files.delete(world.owner.getPath("/talks/x"));
        Files.delete(world.owner.getPath("/talks"));
        Files.writeString(world.owner.getPath("/talks"), "a file");

        shares.publish(path("talks"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks")).hasContent("a file");

        Files.delete(world.owner.getPath("/talks"));
        world.has("0644 2001:2001 \"again\" talks/x");
        shares.publish(path("talks"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("again");
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void aFileDoesNotTakeThePlaceOfADirectoryInWhichMoreIsPublished() throws Exception {
        world.has("0644 2001:2001 \"x\" talks/x");
        world.shares().publish(path("talks"));
        world.shares().publish(path("talks/x"));
        Files.delete(world.owner.getPath("/talks/x"));
        Files.delete(world.owner.getPath("/talks"));
        Files.writeString(world.owner.getPath("/talks"), "a file");

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_KIND))
                .hasMessage("\"talks\" of project " + OWNER + " must be a directory, as others are published below it,"
                        + " but is a file; unpublish those first");
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("x");
    }

    @Test
    void onlyLinksThatStayInTheTreeArePublished() {
        world.has(
                "0644 2001:2001 \"x\" talks/x",
                "0644 2001:2001 \"y\" private",
                "0777 2001:2001 - talks/a/inside -> ../x",
                "0777 2001:2001 - talks/dangling -> nothing",
                "0777 2001:2001 - talks/outside -> ../private",
                "0777 2001:2001 - talks/victim -> /projects/" + ShareWorld.VICTIM + "/key",
                "0777 2001:2001 - talks/host -> /etc/shadow",
                "0777 2001:2001 - talks/around -> a/../x");

        CopyReport report = world.shares().publish(path("talks"));

        assertThat(world.share()).isEqualTo("""
                0755 2001:2001 - /
                0755 2001:2001 - /talks/
                0755 2001:2001 - /talks/a/
                0777 2001:2001 - /talks/a/inside -> ../x
                0777 2001:2001 - /talks/dangling -> nothing
                0644 2001:2001 1 /talks/x""");
        assertThat(report.skipped())
                .extracting(skipped -> skipped.path().toString())
                .containsExactly("talks/around", "talks/host", "talks/outside", "talks/victim");
        assertThat(report.skippedByReason()).containsExactly(Map.entry(SkipReason.LINK_LEADS_OUT, 4L));
    }

    @Test
    void aLinkThatIsLeftOutTakesWhatWasPublishedUnderItsNameWithIt() throws Exception {
        world.has("0644 2001:2001 \"x\" talks/x", "0644 2001:2001 \"y\" talks/d/y");
        world.shares().publish(path("talks"));
        Files.delete(world.owner.getPath("/talks/x"));
        Files.createSymbolicLink(world.owner.getPath("/talks/x"), world.owner.getPath("/etc/shadow"));
        Files.delete(world.owner.getPath("/talks/d/y"));
        Files.delete(world.owner.getPath("/talks/d"));
        Files.createSymbolicLink(world.owner.getPath("/talks/d"), world.owner.getPath(".."));

        world.shares().publish(path("talks"));

        assertThat(world.share()).isEqualTo("0755 2001:2001 - /\n0755 2001:2001 - /talks/");
    }

    @Test
    void aPublishedPathThatIsALinkIsRefused() {
        world.has("0777 2001:2001 - talks -> other", "0644 2001:2001 \"x\" other/x");

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .hasMessage("\"talks\" of project " + OWNER + " must be a file or directory to be published, but is a"
                        + " symbolic link; publish a file or directory itself");
        assertThatThrownBy(() -> world.shares().publish(path("talks/x")))
                .hasMessage("\"talks\" of project " + OWNER + " must be a directory, but is a symbolic link; name the"
                        + " directory itself, links are not followed");
        assertThat(world.share()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsTooMuchIsRefusedBeforeAnythingIsWritten(boolean wholeTree) {
        world.has("0644 2001:2001 \"12345\" talks/x", "0644 2001:2001 \"67890\" talks/y");
        world.shares().unpublish(path("talks"));
        String before = world.shared.tree();
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();

        assertThatThrownBy(() -> shares.limitedTo(2, 100).publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MUCH));
        assertThatThrownBy(() -> shares.limitedTo(3, 9).publish(path("talks")))
                .hasMessage("\"talks\" of project " + OWNER + " must have at most 3 files and 9 bytes, but has more;"
                        + " nothing was copied");

        assertThat(world.shared.tree()).isEqualTo(before);
        assertThat(shares.limitedTo(3, 10).publish(path("talks")).files()).isEqualTo(2);
    }

    @Test
    void aMissingSourceLeavesWhatIsPublished() throws Exception {
        world.has("0644 2001:2001 \"x\" talks");
        world.shares().publish(path("talks"));
        Files.delete(world.owner.getPath("/talks"));

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SOURCE_MISSING));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks")).hasContent("x");
    }

    @Test
    void aDamagedRecordIsNamed() throws Exception {
        world.has("0644 2001:2001 \"x\" talks");
        world.shares().publish(path("talks"));
        Files.writeString(world.container.getPath("/shares/.cocalc-storage/records/" + OWNER), "what?\n");

        assertThatThrownBy(() -> world.shares().published(OWNER))
                .hasMessageContaining(
                        "the record .cocalc-storage/records/" + OWNER + " at the root of the shares' mount is"
                                + " damaged (its first line is not 'shares 1'), remove it");
        assertThatThrownBy(() -> world.shares().publish(path("talks"))).isInstanceOf(FilesException.class);
    }

    @Test
    void aServiceThatMayNotWriteSharesIsRefused() {
        assertThatThrownBy(() -> Shares.of(ServiceVolumes.forService(StorageService.MANAGE_COPY), world.container))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("manage-copy must mount /shares read-write to publish shares; use manage-share");
        assertThatThrownBy(() -> Shares.of(ServiceVolumes.forService(StorageService.HUB_NEXT), world.container))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("hub-next must mount /projects to publish shares; use manage-share");
    }

    @Test
    void aMountOfRootsIsNamed() throws Exception {
        try (FileSystem root = world.data.mount(Mount.asRoot())) {
            Files.setAttribute(root.getPath("/shares"), "unix:uid", 0);
        }
        world.has("0644 2001:2001 \"x\" talks");

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DENIED))
                .hasMessage(
                        "the service must be able to write to its mount /shares, but may not; give that directory to"
                                + " 2001:2001, a kubelet makes it for root");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> world.shares().withLease(Duration.ofSeconds(29)))
                .hasMessage("lease of a share's lock must be at least PT30S, but was PT29S; use a few minutes");
        assertThatThrownBy(() -> world.shares().withThreads(0))
                .hasMessage("number of threads must be from 1 to 256, but was 0; use 1 for one file after the other");
        assertThatThrownBy(() -> world.shares().withOpenLimit(Duration.ZERO))
                .hasMessage("limit for opening must be positive, but was PT0S; use a few seconds");
        assertThatThrownBy(() -> world.shares().limitedTo(-1, 5))
                .hasMessage("limit of a publication must not be negative, but was -1 files and 5 bytes; use"
                        + " Long.MAX_VALUE for no limit");
    }

    @Test
    void aLeaseOfAnyLengthCanBeGiven() {
        world.has("0644 2001:2001 \"text\" talks/x");
        Shares shares = world.shares().withLease(ChronoUnit.FOREVER.getDuration());
        shares.publish(path("talks"));
        world.shared.populate("0644 2001:2001 - shares/.cocalc-storage/locks/" + OWNER + ".1\n");

        assertThatThrownBy(() -> shares.publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BUSY));
        shares.recover();
    }

    private Object key(String path) throws Exception {
        return Files.getAttribute(world.visitor.getPath("/" + OWNER + "/" + path), "unix:ino");
    }

    /** The link is one of the earlier publication, and leads to what that one shows elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPathBehindAPublishedLinkIsRefused(boolean wholeTree) throws Exception {
        world.has("0644 2001:2001 \"old\" a/b/x/y", "0777 2001:2001 - a/l -> b");
        world.shares().publish(path("a"));
        Files.delete(world.owner.getPath("/a/l"));
        world.has("0644 2001:2001 \"new\" a/l/x/y");
        Shares shares = wholeTree ? world.shares().wholeTree() : world.shares();
        String before = world.share();

        FilesException e = catchThrowableOfType(FilesException.class, () -> shares.publish(path("a/l/x")));

        assertThat(e.problem()).isEqualTo(Problem.NOT_A_DIRECTORY);
        assertThat(e)
                .hasMessage(
                        "\"a/l\" of the share of project " + OWNER + " must be a directory, but visitors see a file "
                                + "or link there; publish what is published above it anew");
        assertThat(world.share()).isEqualTo(before);
        assertThat(world.shares().published(OWNER)).containsExactly(path("a"));
        assertThat(world.leftBehind()).isEmpty();

        world.shares().publish(path("a"));
        shares.publish(path("a/l/x"));
        assertThat(world.visitor.getPath("/" + OWNER + "/a/l/x/y")).hasContent("new");
        assertThat(world.visitor.getPath("/" + OWNER + "/a/b/x/y")).hasContent("old");
    }

    /**
     * The directory has the mode of the project's: nothing can be added to it, or taken from it, without more rights.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDirectoryThatMayNotBeWrittenIsNoObstacleInAShare(boolean wholeTree) throws Exception {
        world.has(
                "0755 2001:2001 - a/",
                "0755 2001:2001 - a/b/",
                "0644 2001:2001 \"x\" a/b/x",
                "0644 2001:2001 \"y\" a/b/y",
                "0644 2001:2001 \"elsewhere\" other",
                "0777 2001:2001 - a/b/link -> ../../other");
        for (String closed : new String[] {"/a/b", "/a"}) {
            Files.setPosixFilePermissions(world.owner.getPath(closed), PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        Shares shares = wholeTree
                ? world.shares().wholeTree().followingLinks()
                : world.shares().followingLinks();
        Path share = world.visitor.getPath("/" + OWNER + "/a/b");

        shares.publish(path("a"));
        assertThat(share.resolve("link")).hasContent("elsewhere");
        assertThat(Files.getPosixFilePermissions(share)).isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));

        Files.writeString(world.owner.getPath("/a/b/x"), "changed");
        Files.writeString(world.owner.getPath("/other"), "changed as well");
        shares.publish(path("a/b/x"));
        assertThat(share.resolve("x")).hasContent("changed");
        shares.publish(path("a"));
        assertThat(share.resolve("link")).hasContent("changed as well");

        shares.unpublish(path("a"));
        assertThat(world.share()).contains("/a/b/x").doesNotContain("/a/b/y");
        shares.unpublish(path("a/b/x"));
        assertThat(world.share()).isEmpty();
        assertThat(world.leftBehind()).isEmpty();
    }
}
