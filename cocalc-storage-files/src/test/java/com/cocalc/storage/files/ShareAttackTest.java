package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.files.share.InnerLinks;
import com.cocalc.storage.rwx.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The owner of a project swaps names between any two operations of a publication. Whatever comes of it, the share shows
 * nothing of another project or of the host, no link that leads out of it, and nothing else changes.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ShareAttackTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    private static final int SCHEDULES = DEEP ? 100_000 : 400;

    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final List<String> NAMES =
            List.of("talks", "talks/x", "talks/a", "talks/a/y", "talks/a/l", "talks/a/b", "talks/a/b/z", "talks/new");

    @Test
    void oneSwapBeforeAnyOperationShowsNothingElse() {
        int schedules = Attack.eachSwap(operations(), NAMES, schedule -> attack(schedule, false, false));

        assertThat(schedules).isGreaterThan(DEEP ? 10_000 : 300);
    }

    @Test
    void manySwapsBetweenOperationsShowNothingElse() {
        int operations = operations();
        int refused = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            refused += attack(Attack.random(seed, operations, NAMES), seed % 3 == 0, seed % 5 == 0) ? 0 : 1;
        }
        // Both ends are frequent, or the schedules would not meet the publication.
        assertThat(refused).isBetween(SCHEDULES / 100, SCHEDULES * 3 / 4);
    }

    private static ShareWorld world() {
        ShareWorld world = ShareWorld.onOneClaim()
                .has(
                        "0644 2001:2001 \"x\" talks/x",
                        "0644 2001:2001 \"y\" talks/a/y",
                        "0777 2001:2001 - talks/a/l -> ../x",
                        "0644 2001:2001 \"z\" talks/a/b/z",
                        "0644 2001:2001 \"not shown\" private/key");
        world.shares().withThreads(1).publish(path("talks"));
        world.has("0644 2001:2001 \"new\" talks/new", "0644 2001:2001 \"more\" talks/a/b/more");
        return world;
    }

    private static int operations() {
        ShareWorld world = world();
        Shares shares = world.shares().withThreads(1);
        return Attack.operations(world.data, () -> shares.publish(path("talks")));
    }

    /** False if the publication was refused. */
    private static boolean attack(Attack.Schedule schedule, boolean wholeTree, boolean following) {
        ShareWorld world = world();
        String others = others(world);
        Shares plain =
                world.shares().withThreads(1).withOpenLimit(Attack.OPEN_LIMIT).withLease(LEASE);
        Shares followed = following ? plain.followingLinks() : plain;
        Shares shares = wholeTree ? followed.wholeTree() : followed;
        Attack attack = new Attack(world.data, name -> world.owner.getPath("/" + name));

        Attack.Outcome outcome = attack.run(schedule, () -> shares.publish(path("talks")));

        String when = schedule + ": " + outcome.text();
        assertThat(others(world)).as(when).isEqualTo(others);
        try {
            requireHarmless(world.container, following, when);
        } catch (IOException e) {
            throw new UncheckedIOException(when, e);
        }
        if (outcome.isBlocked()) {
            ((VirtualTime) world.data.clock()).advance(LEASE);
            shares.recover();
        }
        assertThat(world.leftBehind()).as(when).isEmpty();
        return outcome.finished();
    }

    private static void requireHarmless(FileSystem container, boolean following, String when) throws IOException {
        Path top = container.getPath("/shares/" + OWNER + "/talks");
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : paths.toList()) {
                if (Files.isSymbolicLink(path)) {
                    byte[] text = Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
                    assertThat(InnerLinks.staysInside(text, top.relativize(path).getNameCount() - 1))
                            .as(when + ", " + path)
                            .isTrue();
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    String contents = Files.readString(path);
                    // A followed link may show any file of the same home, on purpose.
                    assertThat(following && contents.equals("not shown") ? "x" : contents)
                            .as(when + ", " + path)
                            .isIn("x", "y", "z", "new", "more", "another", "swapped");
                }
            }
        }
    }

    /** Everything but the owner's home and share. */
    private static String others(ShareWorld world) {
        return String.join(
                "\n",
                world.data
                        .tree()
                        .lines()
                        .filter(line -> !line.contains(" projects/" + OWNER) && !line.contains(" shares/"))
                        .toList());
    }
}
