package com.cocalc.storage.files;

import static com.cocalc.storage.files.ShareWorld.OWNER;
import static com.cocalc.storage.files.ShareWorld.VICTIM;
import static com.cocalc.storage.files.ShareWorld.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The owner of a project swaps names between any two operations of a publication. Whatever comes of it, the share shows
 * nothing of another project or of the host, no link that leads out of it, and nothing else changes.
 */
class ShareAttackTest {

    private static final int SCHEDULES = Boolean.getBoolean("cocalc.deep") ? 100_000 : 1_500;

    private static final List<String> NAMES =
            List.of("talks", "talks/x", "talks/a", "talks/a/y", "talks/a/l", "talks/a/b", "talks/a/b/z", "talks/new");

    private enum Swap {
        ANOTHER_PROJECT,
        ANOTHER_PROJECTS_FILE,
        THE_HOSTS_FILE,
        ANOTHER_SHARE,
        UPWARDS,
        A_LOOP,
        A_FILE,
        ANOTHER_DIRECTORY,
        NOTHING,
        BACK
    }

    private record Step(int moment, String name, Swap swap) {}

    @Test
    void nothingButThePublishedTreeShows() throws IOException {
        int operations = operations();
        int refused = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Random random = new Random(seed);
            List<Step> steps = new ArrayList<>();
            int moment = 0;
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                moment += 1 + random.nextInt(i == 0 ? operations : 4);
                String name = i > 0 && random.nextBoolean()
                        ? steps.get(i - 1).name()
                        : NAMES.get(random.nextInt(NAMES.size()));
                steps.add(new Step(moment, name, Swap.values()[random.nextInt(Swap.values().length)]));
            }
            refused += attack(seed, steps, seed % 3 == 0, seed % 5 == 0) ? 0 : 1;
        }
        // Both ends are frequent, or the schedules would not meet the publication.
        assertThat(refused).isBetween(SCHEDULES / 100, SCHEDULES / 2);
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
        int[] count = {0};
        Shares shares = world.shares().withThreads(1);
        world.data.beforeEachOperation(event -> count[0]++);
        shares.publish(path("talks"));
        return count[0];
    }

    /** False if the publication was refused. */
    private static boolean attack(int seed, List<Step> steps, boolean wholeTree, boolean following) throws IOException {
        ShareWorld world = world();
        String others = others(world);
        Shares shares = world.shares().withThreads(1);
        int[] now = {0};
        world.data.beforeEachOperation(event -> {
            now[0]++;
            for (Step step : steps) {
                if (step.moment() == now[0]) {
                    swap(world.owner, step);
                }
            }
        });

        boolean published = false;
        String outcome;
        try {
            shares = following ? shares.followingLinks() : shares;
            outcome = (wholeTree ? shares.wholeTree() : shares)
                    .publish(path("talks"))
                    .toString();
            published = true;
        } catch (FilesException e) {
            outcome = e.toString();
        }
        world.data.beforeEachOperation(event -> {});

        String when = "seed " + seed + ", " + steps + ": " + outcome;
        assertThat(others(world)).as(when).isEqualTo(others);
        requireHarmless(world.container, following, when);
        assertThat(world.leftBehind()).as(when).isEmpty();
        return published;
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

    private static void swap(FileSystem home, Step step) {
        Path path = home.getPath("/" + step.name());
        Path aside = home.getPath("/aside-" + path.getFileName());
        try {
            if (step.swap() == Swap.BACK) {
                Files.deleteIfExists(path);
                Files.move(aside, path);
            } else {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(path, aside);
                }
                replace(home, path, step.swap());
            }
        } catch (IOException e) {
            // An earlier step took the name away: then this one has nothing to swap.
            assertThat(e).isNotNull();
        }
    }

    private static void replace(FileSystem home, Path path, Swap swap) throws IOException {
        switch (swap) {
            case ANOTHER_PROJECT -> Files.createSymbolicLink(path, home.getPath("/projects/" + VICTIM));
            case ANOTHER_PROJECTS_FILE -> Files.createSymbolicLink(path, home.getPath("../../" + VICTIM + "/key"));
            case THE_HOSTS_FILE -> Files.createSymbolicLink(path, home.getPath("/etc/shadow"));
            case ANOTHER_SHARE -> Files.createSymbolicLink(path, home.getPath("/shares/.cocalc-storage/records"));
            case UPWARDS -> Files.createSymbolicLink(path, home.getPath("../private"));
            case A_LOOP -> Files.createSymbolicLink(path, path.getFileName());
            case A_FILE -> Files.writeString(path, "swapped");
            case ANOTHER_DIRECTORY -> {
                Files.createDirectory(path);
                Files.writeString(path.resolve("y"), "another");
                Files.createDirectory(path.resolve("b"));
            }
            case NOTHING, BACK -> {}
        }
    }
}
