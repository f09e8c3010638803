package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What publishing leaves when it ends in the middle: a crash of the host, or an operation that fails. */
class ShareTroubleTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");
    private static final int SEEDS = DEEP ? 20 : 1;

    /** In the ordinary run the host crashes before every fifth operation: each step at others. */
    private static final int ONE_CRASH_IN = DEEP ? 1 : 5;

    private static final int ONE_SLEEP_IN = DEEP ? 1 : 11;

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));

    /** What is done to a share, and what visitors see before and after. */
    enum Step {
        /** Publishes for the first time. */
        FIRST,
        /** Publishes a tree with changes. */
        CHANGED,
        /** Publishes a tree for the first time, as a whole. */
        FIRST_WHOLE,
        /** Exchanges a tree. */
        CHANGED_WHOLE,
        /** Exchanges a tree in which more is published. */
        CHANGED_WHOLE_WITH_OTHERS,
        /** A file takes the place of a directory. */
        OTHER_KIND,
        /** Publishes a tree with changes, and what a link out of it leads to. */
        CHANGED_WITH_LINKS_FOLLOWED,
        /** Unpublishes. */
        REMOVED,
        /** Unpublishes a tree in which more is published. */
        REMOVED_BUT_FOR_OTHERS;

        boolean isWhole() {
            return this != FIRST
                    && this != CHANGED
                    && this != CHANGED_WITH_LINKS_FOLLOWED
                    && this != REMOVED_BUT_FOR_OTHERS;
        }
    }

    private ShareWorld prepared(Step step) throws IOException {
        RwxVolume volume =
                RwxVolume.builder().crashable().traceHandles().clock(clock).build();
        ShareWorld world = ShareWorld.onOneClaim(volume)
                .has(
                        "0644 2001:2001 \"one\" talks/x",
                        "0644 2001:2001 \"one\" talks/a/y",
                        "0644 2001:2001 \"one\" talks/b/z",
                        "0777 2001:2001 - talks/l -> a/y");
        if (step == Step.CHANGED_WITH_LINKS_FOLLOWED) {
            world.has("0644 2001:2001 \"one\" other/o", "0777 2001:2001 - talks/out -> ../other");
            run(step, shares(world.container, world));
            clock.advance(Duration.ofSeconds(1));
            Files.writeString(world.owner.getPath("/other/o"), "two");
            Files.writeString(world.owner.getPath("/other/new"), "two");
        } else if (step != Step.FIRST && step != Step.FIRST_WHOLE) {
            shares(world.container, world).publish(path("talks"));
        }
        if (step == Step.CHANGED_WHOLE_WITH_OTHERS || step == Step.REMOVED_BUT_FOR_OTHERS) {
            shares(world.container, world).publish(path("talks/b"));
        }
        clock.advance(Duration.ofSeconds(1));
        if (step == Step.OTHER_KIND) {
            delete(world.owner.getPath("/talks"));
            Files.writeString(world.owner.getPath("/talks"), "a file");
        } else {
            Files.writeString(world.owner.getPath("/talks/x"), "two");
            Files.writeString(world.owner.getPath("/talks/a/new"), "two");
            delete(world.owner.getPath("/talks/b"));
        }
        volume.sync();
        return world;
    }

    private static Shares shares(FileSystem container, ShareWorld world) {
        return Shares.of(world.service, container).withThreads(1).withLease(LEASE);
    }

    /** Whether nothing was left out. */
    private static boolean run(Step step, Shares shares) {
        switch (step) {
            case FIRST, CHANGED -> {
                return shares.publish(path("talks")).isComplete();
            }
            case FIRST_WHOLE, CHANGED_WHOLE, CHANGED_WHOLE_WITH_OTHERS, OTHER_KIND -> {
                return shares.wholeTree().publish(path("talks")).isComplete();
            }
            case CHANGED_WITH_LINKS_FOLLOWED -> {
                return shares.followingLinks().publish(path("talks")).isComplete();
            }
            case REMOVED, REMOVED_BUT_FOR_OTHERS -> shares.unpublish(path("talks"));
        }
        return true;
    }

    /** What a visitor sees: each file with its contents, each link with its text. */
    private static Map<String, String> seen(FileSystem container) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        Path share = container.getPath("/shares/" + OWNER);
        if (!Files.exists(share)) {
            return seen;
        }
        try (Stream<Path> paths = Files.walk(share)) {
            for (Path path : paths.toList()) {
                String name = share.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    seen.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    seen.put(name, Files.readString(path));
                }
            }
        }
        return seen;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            List<Path> all = new ArrayList<>(paths.toList());
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.delete(all.get(i));
            }
        }
    }

    /** Each file is the old one, the new one, or missing where one of the two has none. */
    private static void assertOldOrNew(
            boolean whole,
            Map<String, String> seen,
            Map<String, String> before,
            Map<String, String> after,
            String when) {
        if (whole) {
            assertThat(seen).as(when).isIn(before, after);
            return;
        }
        for (Map.Entry<String, String> file : seen.entrySet()) {
            assertThat(file.getValue())
                    .as(when + ", " + file.getKey())
                    .isIn(before.getOrDefault(file.getKey(), "nothing"), after.getOrDefault(file.getKey(), "nothing"));
        }
        for (String name : after.keySet()) {
            if (before.containsKey(name)) {
                assertThat(seen).as(when).containsKey(name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aCrashAtAnyOperationLeavesOldOrNewAndARecoveryTidiesUp(Step step) throws Exception {
        ShareWorld world = prepared(step);
        Map<String, String> before = seen(world.container);
        String homes = homes(world.data);
        ShareWorld done = prepared(step);
        run(step, shares(done.container, done));
        Map<String, String> after = seen(done.container);

        Shares publisher = shares(world.container, world).withClock(new SettableClock(Instant.EPOCH));
        AtomicInteger crashes = new AtomicInteger();
        world.data.beforeEachOperation(event -> {
            int number = crashes.getAndIncrement();
            if ((number + step.name().length()) % ONE_CRASH_IN != 0) {
                return;
            }
            for (int seed = 0; seed < SEEDS; seed++) {
                String when = step + ", crash " + number + " of seed " + seed + " before " + event;
                crash(step, world, world.data.afterCrash(seed), before, after, homes, when);
            }
        });
        run(step, publisher);
        world.data.beforeEachOperation(event -> {});

        assertThat(seen(world.container)).isEqualTo(after);
        assertThat(crashes.get()).isGreaterThan(30);
    }

    private void crash(
            Step step,
            ShareWorld world,
            RwxVolume left,
            Map<String, String> before,
            Map<String, String> after,
            String homes,
            String when) {
        try {
            clock.advance(LEASE.plusSeconds(1));
            FileSystem container = ShareWorld.container(left, left);
            Shares shares = shares(container, world);

            shares.recover();

            assertOldOrNew(step.isWhole(), seen(container), before, after, when);
            assertThat(homes(left)).as(when).isEqualTo(homes);
            assertThat(leftBehind(left)).as(when).isEmpty();
            String once = left.tree();
            shares.recover();
            assertThat(left.tree()).as(when + ": a second recovery").isEqualTo(once);

            run(step, shares);
            assertThat(seen(container)).as(when + ": a later run").isEqualTo(after);
            assertThat(leftBehind(left)).as(when).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(when, e);
        }
    }

    private static String homes(RwxVolume volume) {
        return String.join(
                "\n",
                volume.tree()
                        .lines()
                        .filter(line -> line.contains(" projects/"))
                        .toList());
    }

    private static List<String> leftBehind(RwxVolume volume) {
        return volume.tree()
                .lines()
                .filter(line -> line.contains(" shares/.cocalc-storage/"))
                .filter(line -> !line.matches(".*/([.]cocalc-storage|records|locks|exchanges|staging)/$"))
                .filter(line -> !line.matches(".*/records/[0-9a-f-]{36}$"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void anErrorOfAnyOperationIsOneClearErrorAndALaterRunFinishes(Step step) throws Exception {
        ShareWorld done = prepared(step);
        run(step, shares(done.container, done));
        Map<String, String> after = seen(done.container);
        Map<Operation, Integer> failures = new EnumMap<>(Operation.class);
        // Mostly others than in the other steps.
        for (FaultTest.Failure failure :
                FaultTest.sample(operations(step), 37, 7 * step.name().length())) {
            fail(step, failure, after);
            failures.merge(failure.operation(), 1, Integer::sum);
        }
        assertThat(failures.keySet()).contains(Operation.OPEN, Operation.STAT);
    }

    /** How often each operation is called. */
    private Map<Operation, Integer> operations(Step step) throws IOException {
        ShareWorld world = prepared(step);
        Shares shares = shares(world.container, world);
        Map<Operation, Integer> operations = new EnumMap<>(Operation.class);
        world.data.beforeEachOperation(event -> operations.merge(event.operation(), 1, Integer::sum));
        run(step, shares);
        world.data.beforeEachOperation(event -> {});
        return operations;
    }

    private void fail(Step step, FaultTest.Failure failure, Map<String, String> after) throws IOException {
        ShareWorld world = prepared(step);
        Map<String, String> before = seen(world.container);
        String homes = homes(world.data);
        String when = step + ", " + failure;
        Shares troubled = shares(world.container, world);
        world.data.inject(failure.fault());
        boolean complete = true;
        try {
            complete = run(step, troubled);
        } catch (FilesException e) {
            assertThat(e.getMessage())
                    .as(when)
                    .containsAnyOf(OWNER.toString(), ".cocalc-storage", "what publishers", "its mount /shares");
            assertThat(e.getMessage()).as(when).doesNotContain("/shares/").doesNotContain("/projects/");
        }
        world.data.heal();
        if (failure.operation() != Operation.CLOSE) {
            assertThat(world.data.openHandles()).as(when).isEmpty();
        }

        // A file that may not be read is left out and reported; the others are published.
        assertOldOrNew(step.isWhole() && complete, seen(world.container), before, after, when);
        assertThat(homes(world.data)).as(when).isEqualTo(homes);

        clock.advance(LEASE.plusSeconds(1));
        Shares shares = shares(world.container, world);
        shares.recover();
        assertThat(leftBehind(world.data)).as(when).isEmpty();
        run(step, shares);
        assertThat(seen(world.container)).as(when + ": a later run").isEqualTo(after);
    }

    /** The clock goes on before an operation, and another publisher does the same meanwhile. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void aPublisherThatSleepsThroughItsLeaseAnywhereDoesNoHarm(Step step) throws Exception {
        ShareWorld done = prepared(step);
        run(step, shares(done.container, done));
        Map<String, String> after = seen(done.container);
        int noticed = 0;
        boolean slept = true;
        for (int sleep = step.name().length() % ONE_SLEEP_IN; slept; sleep += ONE_SLEEP_IN) {
            ShareWorld world = prepared(step);
            Shares sleeping = shares(world.container, world).withClock(clock);
            Shares other = shares(ShareWorld.container(world.data, world.data), world);
            AtomicInteger left = new AtomicInteger(sleep);
            world.data.beforeEachOperation(event -> {
                if (left.getAndDecrement() == 0) {
                    clock.advance(LEASE.plusSeconds(1));
                    run(step, other);
                }
            });
            try {
                run(step, sleeping);
            } catch (FilesException e) {
                noticed++;
            }
            world.data.beforeEachOperation(event -> {});
            slept = left.get() < 0;

            String when = step + ", asleep before operation " + sleep;
            assertThat(seen(world.container)).as(when).isEqualTo(after);
            clock.advance(LEASE.plusSeconds(1));
            other.recover();
            run(step, other);
            assertThat(seen(world.container)).as(when).isEqualTo(after);
            assertThat(leftBehind(world.data)).as(when).isEmpty();
            assertThat(world.data.openHandles()).as(when).isEmpty();
        }
        assertThat(noticed).isPositive();
    }
}
