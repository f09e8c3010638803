package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.share.ShareLocks;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What others see or do while a share is published. */
class ShareVisitorTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final ShareWorld world = ShareWorld.onOneClaim(
                    RwxVolume.builder().clock(clock).build())
            .has("0644 2001:2001 \"old\" talks/x", "0644 2001:2001 \"old\" talks/a/y");

    private void change() throws IOException {
        clock.advance(Duration.ofSeconds(1));
        Files.writeString(world.owner.getPath("/talks/x"), "new");
        Files.writeString(world.owner.getPath("/talks/a/y"), "new");
    }

    private String seen(String name) {
        try {
            return Files.readString(world.visitor.getPath("/" + OWNER + "/talks/" + name));
        } catch (NoSuchFileException e) {
            return "nothing";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hook sees its own look as well: operations of the visitor are not counted. */
    private void lookBeforeEachOperation(Runnable look) {
        boolean[] looking = {false};
        world.data.beforeEachOperation(event -> {
            if (!looking[0]) {
                looking[0] = true;
                look.run();
                looking[0] = false;
            }
        });
    }

    @Test
    void aVisitorSeesEachFileOldOrNewAtAnyMoment() throws Exception {
        Shares shares = world.shares().withThreads(1);
        shares.publish(path("talks"));
        change();
        List<String> pairs = new ArrayList<>();
        lookBeforeEachOperation(() -> pairs.add(seen("x") + " " + seen("a/y")));

        shares.publish(path("talks"));

        assertThat(pairs).isSubsetOf("old old", "new old", "old new", "new new").contains("old old", "new new");
    }

    @Test
    void aVisitorSeesAWholeTreeOldOrNewButForOneMoment() throws Exception {
        Shares shares = world.shares().withThreads(1).wholeTree();
        shares.publish(path("talks"));
        change();
        List<String> pairs = new ArrayList<>();
        lookBeforeEachOperation(() -> pairs.add(seen("x") + " " + seen("a/y")));

        shares.publish(path("talks"));

        assertThat(pairs).isSubsetOf("old old", "new new", "nothing nothing").contains("old old", "new new");
        assertThat(pairs.stream().filter("nothing nothing"::equals)).hasSize(1);
    }

    @Test
    void theGapOfAnExchangeIsOneRename() throws Exception {
        Shares shares = world.shares().withThreads(1).wholeTree();
        shares.publish(path("talks"));
        change();
        List<String> renames = new ArrayList<>();
        List<OperationEvent> events = new ArrayList<>();
        world.data.beforeEachOperation(events::add);

        shares.publish(path("talks"));

        for (int i = 1; i < events.size(); i++) {
            if (events.get(i - 1).path().equals("talks") && events.get(i - 1).operation() == Operation.RENAME) {
                renames.add(events.get(i).operation() + " " + events.get(i).path());
            }
        }
        assertThat(renames).containsExactly("RENAME new");
    }

    @Test
    void aSecondPublisherIsRefusedWithoutHarmWheneverItComes() throws Exception {
        int refused = 0;
        int done = 0;
        boolean met = true;
        for (int meeting = 0; met; meeting++) {
            ShareWorld here =
                    ShareWorld.onOneClaim().has("0644 2001:2001 \"old\" talks/x", "0644 2001:2001 \"more\" talks/a/y");
            Shares first = here.shares().withThreads(1);
            Shares second = here.shares().withThreads(1).wholeTree();
            AtomicInteger operations = new AtomicInteger(-meeting);
            List<String> outcomes = new ArrayList<>();
            here.data.beforeEachOperation(event -> {
                if (operations.getAndIncrement() == 0) {
                    try {
                        second.publish(path("talks"));
                        outcomes.add("done");
                    } catch (FilesException e) {
                        assertThat(e.problem()).isEqualTo(Problem.BUSY);
                        outcomes.add("refused");
                    }
                }
            });

            try {
                first.publish(path("talks"));
            } catch (FilesException e) {
                assertThat(e.problem()).isEqualTo(Problem.BUSY);
                assertThat(outcomes).containsExactly("done");
            }

            met = operations.get() > 0;
            here.data.beforeEachOperation(event -> {});
            refused += outcomes.contains("refused") ? 1 : 0;
            done += outcomes.contains("done") ? 1 : 0;
            assertThat(here.share()).as("a meeting at operation " + meeting).contains("/talks/x", "/talks/a/y");
            assertThat(here.leftBehind())
                    .as("a meeting at operation " + meeting)
                    .isEmpty();
        }
        assertThat(refused).isGreaterThan(30);
        assertThat(done).isPositive();
    }

    @Test
    void theRefusalOfASecondPublisherSaysWhatToDo() throws Exception {
        world.shares().publish(path("talks"));
        Path locks = world.container.getPath("/shares/.cocalc-storage/locks");
        new ShareLocks(locks, Duration.ofMinutes(5), clock).acquire(OWNER);

        assertThatThrownBy(() -> world.shares().publish(path("talks")))
                .isInstanceOf(FilesException.class)
                .hasMessage(
                        "publishing \"talks\" of the share of project " + OWNER + " must wait, but another publisher is"
                                + " at work on the share; try again, a publisher that died is forgotten after PT5M");

        clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        world.shares().publish(path("talks"));
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void aRecoveryLeavesAShareAloneAtWhichSomebodyWorks() throws Exception {
        Shares shares = world.shares().withThreads(1).wholeTree();
        shares.publish(path("talks"));
        change();
        Shares other = world.shares();
        boolean[] looking = {false};
        int[] recoveries = {0};
        world.data.beforeEachOperation(event -> {
            if (!looking[0]) {
                looking[0] = true;
                other.recover();
                recoveries[0]++;
                looking[0] = false;
            }
        });

        int busy = 0;
        try {
            shares.publish(path("talks"));
        } catch (FilesException e) {
            // The recovery held the lock at the moment when the publisher asked for it.
            assertThat(e.problem()).isEqualTo(Problem.BUSY);
            busy++;
        }

        world.data.beforeEachOperation(event -> {});
        assertThat(busy).isZero();
        assertThat(recoveries[0]).isGreaterThan(50);
        assertThat(seen("x") + " " + seen("a/y")).isEqualTo("new new");
        assertThat(world.leftBehind()).isEmpty();
    }

    @Test
    void aPublisherThatSleptThroughItsLeaseChangesNothingMore() throws Exception {
        Shares shares =
                world.shares().withThreads(1).withLease(Duration.ofSeconds(30)).withClock(clock);
        shares.publish(path("talks"));
        change();
        Files.writeString(world.owner.getPath("/talks/x"), "newest");
        Shares other = world.shares().withThreads(1).withLease(Duration.ofSeconds(30));
        AtomicInteger operations = new AtomicInteger();
        world.data.beforeEachOperation(event -> {
            if (event.operation() == Operation.WRITE && operations.getAndIncrement() == 0) {
                // The first file is being written; the process is stopped, and another one takes over.
                clock.advance(Duration.ofSeconds(31));
                other.publish(path("talks"));
            }
        });

        assertThatThrownBy(() -> shares.publish(path("talks")))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining("its lease ended before it was renewed, and another publisher took over");

        world.data.beforeEachOperation(event -> {});
        assertThat(seen("x") + " " + seen("a/y")).isEqualTo("newest new");
    }

    /** An operation takes a second, and another publisher asks for the lock before each. */
    private List<String> takenOverWhile(Operation slow, Runnable work) {
        Shares other = world.shares().withThreads(1).withLease(LEASE);
        List<String> taken = new ArrayList<>();
        boolean[] asking = {false};
        world.data.beforeEachOperation(event -> {
            if (event.operation() == slow && !asking[0] && !event.path().contains("/locks/")) {
                clock.advance(Duration.ofSeconds(1));
                asking[0] = true;
                try {
                    other.unpublish(path("nothing"));
                    taken.add(event.toString());
                } catch (FilesException e) {
                    assertThat(e.problem()).isEqualTo(Problem.BUSY);
                }
                asking[0] = false;
            }
        });
        work.run();
        world.data.beforeEachOperation(event -> {});
        return taken;
    }

    private Shares manyFilesArePublished() {
        for (int i = 0; i < 100; i++) {
            world.has("0644 2001:2001 \"old\" talks/b/f" + i);
        }
        Shares shares = world.shares().withThreads(1).withLease(LEASE).withClock(clock);
        shares.publish(path("talks"));
        return shares;
    }

    @Test
    void aPublisherKeepsItsLockHoweverLongThePreparationOfAWholeTreeTakes() {
        Shares shares = manyFilesArePublished();

        assertThat(takenOverWhile(Operation.LINK, () -> shares.wholeTree().publish(path("talks"))))
                .isEmpty();
    }

    @Test
    void aPublisherKeepsItsLockHoweverLongDeletionsTake() throws Exception {
        Shares shares = manyFilesArePublished();

        assertThat(takenOverWhile(Operation.UNLINK, () -> shares.wholeTree().publish(path("talks"))))
                .isEmpty();
        assertThat(takenOverWhile(Operation.UNLINK, () -> shares.unpublish(path("talks"))))
                .isEmpty();
    }

    @Test
    void thePreparationOfAWholeTreeIsCancelled() {
        Shares shares = manyFilesArePublished();
        Cancellation cancellation = new Cancellation();
        int[] links = {0};
        world.data.beforeEachOperation(event -> {
            if (event.operation() == Operation.LINK && ++links[0] == 10) {
                cancellation.cancel();
            }
        });

        assertThatThrownBy(() -> shares.wholeTree().cancelledBy(cancellation).publish(path("talks")))
                .isInstanceOfSatisfying(
                        FilesException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CANCELLED));

        assertThat(links[0]).isEqualTo(10);
        assertThat(world.leftBehind()).isEmpty();
        assertThat(world.shares().published(OWNER)).containsExactly(path("talks"));
    }

    @Test
    void aPublisherThatSleptWhileItDeletedAnOldTreeLeavesTheNewTreeOfAnotherAlone() throws Exception {
        Shares shares = manyFilesArePublished();
        Path other = world.container.getPath("/shares/.cocalc-storage/exchanges/" + OWNER + "/new");
        AtomicInteger deletions = new AtomicInteger();
        world.data.beforeEachOperation(event -> {
            if (event.operation() == Operation.UNLINK && deletions.getAndIncrement() == 10) {
                clock.advance(LEASE.plusSeconds(1));
                begin(other);
            }
        });

        assertThatThrownBy(() -> shares.wholeTree().publish(path("talks")))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining("its lease ended before it was renewed, and another publisher took over");

        world.data.beforeEachOperation(event -> {});
        assertThat(other.resolve("file")).hasContent("of another publisher");
    }

    /** Another publisher takes the lock, and has begun the exchange of a tree. */
    private void begin(Path newTree) {
        try {
            new ShareLocks(world.container.getPath("/shares/.cocalc-storage/locks"), LEASE, clock).acquire(OWNER);
            Files.createDirectory(newTree);
            Files.writeString(newTree.resolve("file"), "of another publisher");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aVisitorsMountIsReadOnly() {
        world.shares().publish(path("talks"));

        assertThatThrownBy(() -> Files.delete(world.visitor.getPath("/" + OWNER + "/talks/x")))
                .hasMessageContaining("Read-only file system");
        assertThat(world.data.mount(Mount.as(2001, 2001)).getPath("/shares/" + OWNER + "/talks/x"))
                .hasContent("old");
    }
}
