package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random sequences of publications, changes and crashes, compared with {@link ShareModel} after each step. */
class ShareModelTest {

    private static final int SEQUENCES = Boolean.getBoolean("cocalc.deep") ? 5000 : 60;
    private static final int STEPS = 25;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final List<String> PATHS =
            List.of("", "a", "b", "a/a", "a/b", "b/a", "a/a/a", "a/a/b", "a/b/a", "b/a/b", "a/a/a/b");

    private static final List<String> TEXTS = List.of(
            "a",
            "b",
            ".",
            "..",
            "../a",
            "../b",
            "../../b",
            "../a/b",
            "a/b",
            "a/../b",
            "b/.",
            "../..",
            "/home/user/a",
            "/home/user",
            "/home/user/b/a",
            "/etc/shadow",
            "../../" + ShareWorld.VICTIM + "/key",
            "nothing");

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<String> log = new ArrayList<>();
    private RwxVolume volume;
    private FileSystem container;
    private FileSystem owner;
    private FileSystem visitor;
    private ShareWorld world;
    private ShareModel model;
    private Random random;

    @Test
    void aShareShowsWhatTheModelShowsAfterEachStep() throws Exception {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            log.clear();
            try {
                sequence(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("sequence " + seed + ":\n" + String.join("\n", log), e);
            }
        }
    }

    private void sequence(int seed) throws IOException {
        random = new Random(seed);
        model = new ShareModel();
        volume = RwxVolume.builder().crashable().traceHandles().clock(clock).build();
        world = ShareWorld.onOneClaim(volume);
        use(volume);
        for (int i = 0; i < 25; i++) {
            change();
        }
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofSeconds(1));
            int kind = random.nextInt(10);
            if (kind < 4) {
                change();
            } else if (kind < 9) {
                operate();
            } else {
                shares().recover();
                log.add("recover");
                check();
            }
            assertThat(volume.openHandles()).isEmpty();
        }
    }

    private void use(RwxVolume some) {
        volume = some;
        container = ShareWorld.container(some, some);
        owner = some.mount(Mount.as(0, 0).subPath(ShareWorld.HOME.substring(0, ShareWorld.HOME.length() - 1)));
        visitor = some.mount(Mount.as(2001, 2001).subPath("shares").readOnly());
    }

    private Shares shares() {
        return Shares.of(world.service, container)
                .withThreads(1 + random.nextInt(3))
                .withLease(LEASE);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    // The owner.

    private void change() throws IOException {
        clock.advance(Duration.ofSeconds(1));
        String path = one(PATHS.subList(1, PATHS.size()));
        if (!"d".equals(model.home.get(ShareModel.parent(path)))) {
            return;
        }
        Path file = owner.getPath("/" + path);
        if (model.home.containsKey(path)) {
            try (Stream<Path> all = Files.walk(file)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
            ShareModel.removeTree(model.home, path);
        }
        String what = switch (random.nextInt(6)) {
            case 0, 1 -> "f" + random.nextInt(1000);
            case 2, 3 -> "d";
            case 4 -> "l" + one(TEXTS);
            default -> "";
        };
        log.add("change " + path + " to " + what);
        if (what.startsWith("f")) {
            Files.writeString(file, what.substring(1));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        } else if (what.startsWith("l")) {
            Files.createSymbolicLink(file, owner.getPath(what.substring(1)));
        } else if (what.equals("d")) {
            Files.createDirectory(file);
            if (random.nextInt(3) == 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
        if (!what.isEmpty()) {
            model.home.put(path, what);
        }
        volume.sync();
    }

    // Publishers.

    /** A publication or the removal of one. */
    private record Step(String path, boolean publish, ShareModel.Wish wish) {}

    private Step step() {
        long limit = random.nextInt(4) == 0 ? random.nextInt(8) : 1000;
        boolean publish = random.nextInt(4) != 0;
        List<String> likely = List.copyOf(publish ? model.home.keySet() : model.published);
        return new Step(
                likely.isEmpty() || random.nextInt(8) == 0 ? one(PATHS) : one(likely),
                publish,
                new ShareModel.Wish(random.nextInt(3) == 0, random.nextInt(3) == 0, limit));
    }

    private static PublicPath path(String path) {
        return PublicPath.of(ShareWorld.OWNER, path.isEmpty() ? FilePath.home() : FilePath.parse(path));
    }

    private Problem run(Step step, Shares shares) {
        try {
            if (!step.publish) {
                shares.publish(path(step.path).disabled());
                return null;
            }
            Shares wished = shares.limitedTo(step.wish.maxFiles(), 1000);
            wished = step.wish.wholeTree() ? wished.wholeTree() : wished;
            (step.wish.following() ? wished.followingLinks() : wished).publish(path(step.path));
            return null;
        } catch (FilesException e) {
            if (e.problem() == Problem.FAILED || e.problem() == Problem.DENIED) {
                throw e;
            }
            return e.problem();
        }
    }

    private Problem expect(Step step) {
        if (step.publish) {
            return model.publish(step.path, step.wish);
        }
        model.unpublish(step.path);
        return null;
    }

    private void operate() throws IOException {
        Step step = step();
        log.add(step.toString());
        if (random.nextInt(4) != 0) {
            Problem problem = run(step, shares());
            Problem expected = expect(step);
            if (problem == Problem.NOT_PUBLISHABLE || expected == Problem.NOT_PUBLISHABLE) {
                assertThat(problem).isIn(Problem.NOT_PUBLISHABLE, Problem.TOO_MUCH);
            } else {
                assertThat(problem).isEqualTo(expected);
            }
            check();
        } else {
            crash(step);
        }
    }

    private void crash(Step step) throws IOException {
        int at = random.nextInt(random.nextBoolean() ? 60 : 300);
        long seed = random.nextLong();
        int[] operations = {0};
        RwxVolume[] left = new RwxVolume[1];
        NavigableMap<String, String> before = seen();
        volume.beforeEachOperation(event -> {
            if (operations[0]++ == at) {
                left[0] = volume.afterCrash(seed);
                log.add("crash before " + event);
            }
        });
        run(step, shares());
        volume.beforeEachOperation(event -> {});
        NavigableMap<String, String> after = seen();
        if (left[0] == null) {
            expect(step);
            check();
            return;
        }
        use(left[0]);
        clock.advance(LEASE.plusSeconds(1));
        shares().recover();
        String once = volume.tree();
        shares().recover();
        assertThat(volume.tree()).isEqualTo(once);
        NavigableMap<String, String> now = seen();
        if (step.wish.wholeTree() && step.publish && !step.wish.following()) {
            // Directories above may be there already.
            assertThat(files(now)).isIn(files(before), files(after));
        }
        for (var entry : files(now).entrySet()) {
            assertThat(entry.getValue()).as(entry.getKey()).isIn(before.get(entry.getKey()), after.get(entry.getKey()));
        }
        model.share.clear();
        model.share.putAll(now);
        List<String> published = published();
        for (String name : files(now).keySet()) {
            assertThat(published).as("what shows " + name).anyMatch(path -> ShareModel.contains(path, name));
        }
        model.published.clear();
        model.published.addAll(published);
        check();
    }

    private static NavigableMap<String, String> files(NavigableMap<String, String> tree) {
        NavigableMap<String, String> files = new TreeMap<>(tree);
        files.values().removeIf("d"::equals);
        return files;
    }

    // What is there.

    private List<String> published() {
        return shares().published(ShareWorld.OWNER).stream()
                .map(path -> new String(path.path().toBytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private NavigableMap<String, String> seen() throws IOException {
        return seen(visitor.getPath("/" + ShareWorld.OWNER));
    }

    private static NavigableMap<String, String> seen(Path top) throws IOException {
        NavigableMap<String, String> seen = new TreeMap<>();
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return seen;
        }
        try (Stream<Path> walk = Files.walk(top)) {
            for (Path path : walk.toList()) {
                String what;
                if (Files.isSymbolicLink(path)) {
                    what = "l" + Files.readSymbolicLink(path);
                } else if (Files.isDirectory(path)) {
                    what = "d";
                } else {
                    what = "f" + Files.readString(path);
                }
                seen.put(top.relativize(path).toString(), what);
            }
        }
        return seen;
    }

    private void check() throws IOException {
        assertThat(seen()).isEqualTo(model.share);
        assertThat(published()).isEqualTo(List.copyOf(model.published));
        assertThat(seen(owner.getPath("/"))).isEqualTo(model.home);
        assertThat(volume.tree()
                        .lines()
                        .filter(line -> line.contains(" shares/.cocalc-storage/"))
                        .filter(line -> !line.matches(".*/([.]cocalc-storage|records|locks|exchanges|staging)/$"))
                        .filter(line -> !line.matches(".*/records/[0-9a-f-]{36}$")))
                .isEmpty();
    }
}
