package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What publishers do where their own directory has something that they did not write, or lacks what they did. */
class ShareNotesTest {

    private static final String FIRST = "11111111-0000-4000-8000-000000000000";

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final ShareWorld world =
            ShareWorld.onOneClaim(RwxVolume.builder().clock(clock).build()).has("0644 2001:2001 \"x\" talks/x");

    private Path noted(String name) {
        return world.container.getPath("/shares/.cocalc-storage/" + name);
    }

    @Test
    void aDamagedRecordKeepsNoOtherShareFromBeingRecovered() throws Exception {
        world.shares().publish(path("talks"));
        Files.writeString(noted("records/" + FIRST), "what?\n");
        Files.writeString(noted("records/ffffffff-0000-4000-8000-000000000000"), "what?\n");
        Files.createFile(noted("locks/" + OWNER + ".7"));
        clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> world.shares().recover())
                .isInstanceOf(FilesException.class)
                .hasMessageContaining("the record .cocalc-storage/records/" + FIRST + " at the root of the shares'")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(noted("locks/" + OWNER + ".7")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1~", "-5", "01", "9223372036854775807", "99999999999999999999"})
    void whatIsNoLockKeepsNobodyFromPublishing(String generation) throws Exception {
        world.shares().publish(path("talks"));
        Path strange = Files.createFile(noted("locks/" + OWNER + "." + generation));
        Files.writeString(world.owner.getPath("/talks/x"), "changed");

        world.shares().publish(path("talks"));
        clock.advance(Duration.ofHours(1));
        world.shares().recover();

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("changed");
        assertThat(strange).exists();
    }

    @Test
    void aNameThatStartsWithNoProjectKeepsNothingFromBeingRecovered() throws Exception {
        world.shares().publish(path("talks"));
        Files.createFile(noted("records/a copy that somebody made of all records"));
        Files.createFile(noted("locks/" + OWNER + ".7"));
        clock.advance(Duration.ofHours(1));

        world.shares().recover();

        assertThat(noted("locks/" + OWNER + ".7")).doesNotExist();
    }

    @Test
    void aFileAmongStagingDirectoriesIsDeletedLikeThem() throws Exception {
        world.shares().publish(path("talks"));
        Files.createFile(noted("staging/file"));
        Files.createDirectory(noted("staging/operation"));
        world.shares().recover();
        assertThat(noted("staging/file")).exists();

        clock.advance(Duration.ofHours(1));
        world.shares().recover();

        assertThat(world.leftBehind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"records", "locks", "exchanges", "staging"})
    void aDirectoryThatIsGoneIsMadeAgain(String name) throws Exception {
        world.shares().publish(path("talks"));
        world.shares().unpublish(path("talks"));
        Files.delete(noted(name));

        world.shares().recover();
        world.shares().wholeTree().publish(path("talks"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("x");
        assertThat(world.shares().published(OWNER)).containsExactly(path("talks"));
    }

    @Test
    void aRecordThatIsNoFileIsDamaged() throws Exception {
        world.shares().publish(path("talks"));
        Files.delete(noted("records/" + OWNER));
        Files.createDirectory(noted("records/" + OWNER));

        assertThatThrownBy(() -> world.shares().published(OWNER))
                .hasMessageContaining("is damaged (it is no file), remove it");
    }

    @Test
    void aFileInPlaceOfAnExchangeIsDeleted() throws Exception {
        world.shares().publish(path("talks"));
        Files.createFile(noted("exchanges/" + OWNER));

        world.shares().wholeTree().publish(path("talks"));

        assertThat(world.leftBehind()).isEmpty();
    }

    /** A rename that a crash has torn. */
    @Test
    void aFileThatWasExchangedAndHasBothNamesIsPublished() throws Exception {
        world.shares().publish(path("talks/x"));
        Files.createDirectory(noted("exchanges/" + OWNER));
        Files.createLink(
                noted("exchanges/" + OWNER + "/new"), world.container.getPath("/shares/" + OWNER + "/talks/x"));
        Files.writeString(noted("records/" + OWNER), "shares 1\nexchanges talks/x\n");

        world.shares().recover();

        assertThat(world.shares().published(OWNER)).containsExactly(path("talks/x"));
        assertThat(world.visitor.getPath("/" + OWNER + "/talks/x")).hasContent("x");
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void aFileInPlaceOfADirectoryOfTheServiceIsNamed() throws Exception {
        world.shares().publish(path("talks"));
        Files.delete(noted("exchanges"));
        Files.createFile(noted("exchanges"));

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSAFE))
                .hasMessage(".cocalc-storage/exchanges at the root of the mount must be a directory, but is none;"
                        + " remove it");
    }

    @Test
    void whatIsNotNotedIsRemovedWhenItIsUnpublished() throws Exception {
        world.has("0644 2001:2001 \"y\" talks/2024/y", "0644 2001:2001 \"z\" talks/2024/z");
        world.shares().publish(path("talks"));
        Files.delete(noted("records/" + OWNER));
        world.shares().publish(path("talks/2024/z"));

        world.shares().publish(path("talks").disabled());
        assertThat(world.share()).contains("/talks/2024/z").doesNotContain("/talks/x", "/talks/2024/y");

        world.shares().unpublish(path("talks/2024/z"));
        assertThat(world.share()).isEmpty();
    }

    @Test
    void aPathBehindALinkIsNotRemovedWhenItIsUnpublished() throws Exception {
        world.has("0777 2001:2001 - talks/l -> d", "0644 2001:2001 \"x\" talks/d/x");
        world.shares().publish(path("talks"));
        Files.delete(noted("records/" + OWNER));
        world.shares().publish(path("talks/d"));

        world.shares().unpublish(path("talks/l/x"));

        assertThat(world.visitor.getPath("/" + OWNER + "/talks/d/x")).hasContent("x");
    }
}
