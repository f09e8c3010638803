package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.rwx.Fifos;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Owners who swap names of their homes for something else, each before a given operation of whoever is attacked. The
 * same schedule leads to the same swaps.
 */
final class Attack {

    /** Long enough for nearly every open that does not block; each schedule that meets a FIFO waits so long. */
    static final Duration OPEN_LIMIT = Duration.ofMillis(20);

    /** Who has what nobody else may see. */
    static final String VICTIM = "cccccccc-0000-4000-8000-000000000003";

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    /** Of single swaps, the ordinary run takes one in so many: a prime, so that each name meets each kind. */
    private static final int ONE_IN = DEEP ? 1 : 31;

    enum Swap {
        ANOTHER_PROJECT,
        ANOTHER_PROJECTS_FILE,
        ANOTHER_PROJECTS_FILE_UPWARDS,
        THE_HOST,
        THE_HOSTS_FILE,
        ANOTHER_SHARE,
        UPWARDS,
        A_PRIVATE_DIRECTORY,
        A_LOOP,
        A_FILE,
        ANOTHER_DIRECTORY,
        A_FIFO,
        /** A FIFO whose name is gone as soon as somebody tries to end the open that it blocks. */
        A_FIFO_THAT_GOES,
        NOTHING,
        BACK
    }

    /** One swap before one operation. */
    record Step(int moment, String name, Swap swap) {}

    /** What is done in one attack. */
    record Schedule(String title, List<Step> steps) {
        @Override
        public String toString() {
            return title + " " + steps;
        }
    }

    private final RwxVolume volume;
    private final Function<String, Path> paths;
    private final Queue<Path> going = new ConcurrentLinkedQueue<>();

    /**
     * Creates an attack.
     *
     * @param paths a name as its owner sees it
     */
    Attack(RwxVolume volume, Function<String, Path> paths) {
        this.volume = volume;
        this.paths = paths;
    }

    /** How many operations of a volume something takes. */
    static int operations(RwxVolume volume, Runnable attacked) {
        AtomicInteger count = new AtomicInteger();
        volume.beforeEachOperation(event -> count.incrementAndGet());
        attacked.run();
        volume.beforeEachOperation(event -> {});
        return count.get();
    }

    /** Each swap of each name before each operation; in the ordinary run, a sample of them. */
    static int eachSwap(int operations, List<String> names, Consumer<Schedule> attack) {
        int number = 0;
        int schedules = 0;
        for (int moment = 1; moment <= operations; moment++) {
            for (String name : names) {
                for (Swap swap : Swap.values()) {
                    if (swap != Swap.BACK && number++ % ONE_IN == 0) {
                        attack.accept(new Schedule("one swap", List.of(new Step(moment, name, swap))));
                        schedules++;
                    }
                }
            }
        }
        return schedules;
    }

    /** A check before and after does not see this: what was opened in between must be the owner's own. */
    static int eachSwapAndSwapBack(int operations, List<String> names, Consumer<Schedule> attack) {
        int number = 0;
        int schedules = 0;
        for (int moment = 1; moment <= operations; moment++) {
            for (String name : names) {
                for (Swap swap : List.of(Swap.ANOTHER_PROJECT, Swap.ANOTHER_PROJECTS_FILE)) {
                    for (int length = 1; length <= 2; length++) {
                        if (number++ % ONE_IN == 0) {
                            attack.accept(new Schedule(
                                    "swap and back",
                                    List.of(new Step(moment, name, swap), new Step(moment + length, name, Swap.BACK))));
                            schedules++;
                        }
                    }
                }
            }
        }
        return schedules;
    }

    /** Up to five random swaps, many of them close to each other. */
    static Schedule random(int seed, int operations, List<String> names) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        int moment = 0;
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            moment += 1 + random.nextInt(i == 0 ? operations : 4);
            String name =
                    i > 0 && random.nextBoolean() ? steps.get(i - 1).name() : names.get(random.nextInt(names.size()));
            steps.add(new Step(moment, name, Swap.values()[random.nextInt(Swap.values().length)]));
        }
        return new Schedule("seed " + seed, steps);
    }

    /**
     * How an attack ended: what the attacked reported, or how it was refused.
     *
     * @param isBlocked whether an open took too long, be it for a FIFO or a busy machine. Then clearing up may have
     *     been given up, and is left to a recovery
     */
    record Outcome(boolean finished, boolean isBlocked, String text) {}

    /**
     * Runs what is attacked. It ends, with a report or one clear error. Threads that it has left behind are freed, and
     * have ended when this returns.
     */
    Outcome run(Schedule schedule, Supplier<?> attacked) {
        Set<Thread> before = WorkerThreads.running();
        AtomicInteger now = new AtomicInteger();
        volume.beforeEachOperation(event -> {
            if (Thread.currentThread().getName().startsWith("cocalc-storage-files-release")) {
                takeAway();
                return;
            }
            int moment = now.incrementAndGet();
            for (Step step : schedule.steps()) {
                if (step.moment() == moment) {
                    swap(step);
                }
            }
        });
        try {
            return new Outcome(true, false, attacked.get().toString());
        } catch (FilesException e) {
            assertThat(e.getMessage())
                    .as(schedule.toString())
                    .doesNotContain("/projects/")
                    .doesNotContain("/shares/");
            return new Outcome(false, e.problem() == Problem.BLOCKED, e.toString());
        } catch (RuntimeException e) {
            throw new AssertionError(schedule.toString(), e);
        } finally {
            volume.beforeEachOperation(event -> {});
            volume.releaseFifos();
            WorkerThreads.awaitEnd(before);
        }
    }

    private void takeAway() {
        for (Path fifo = going.poll(); fifo != null; fifo = going.poll()) {
            try {
                Files.move(fifo, fifo.resolveSibling("gone"));
            } catch (IOException e) {
                // An earlier step put something else there.
                assertThat(e).isNotNull();
            }
        }
    }

    private void swap(Step step) {
        Path path = paths.apply(step.name());
        Path aside = path.getFileSystem().getPath("/aside-" + path.getFileName());
        try {
            if (step.swap() == Swap.BACK) {
                Files.deleteIfExists(path);
                Files.move(aside, path);
            } else {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(path, aside);
                }
                replace(path, step.swap());
            }
        } catch (IOException e) {
            // An earlier step, or the attacked, took the name away: then this one has nothing to swap.
            assertThat(e).isNotNull();
        }
    }

    private void replace(Path path, Swap swap) throws IOException {
        FileSystem home = path.getFileSystem();
        switch (swap) {
            case ANOTHER_PROJECT -> Files.createSymbolicLink(path, home.getPath("/projects/" + VICTIM));
            case ANOTHER_PROJECTS_FILE -> Files.createSymbolicLink(path, home.getPath("/projects/" + VICTIM + "/key"));
            case ANOTHER_PROJECTS_FILE_UPWARDS ->
                Files.createSymbolicLink(path, home.getPath("../../" + VICTIM + "/key"));
            case THE_HOST -> Files.createSymbolicLink(path, home.getPath("/etc"));
            case THE_HOSTS_FILE -> Files.createSymbolicLink(path, home.getPath("/etc/shadow"));
            case ANOTHER_SHARE -> Files.createSymbolicLink(path, home.getPath("/shares/.cocalc-storage/records"));
            case UPWARDS -> Files.createSymbolicLink(path, home.getPath("../.."));
            case A_PRIVATE_DIRECTORY -> Files.createSymbolicLink(path, home.getPath("../private"));
            case A_LOOP -> Files.createSymbolicLink(path, path.getFileName());
            case A_FILE -> Files.writeString(path, "swapped");
            case ANOTHER_DIRECTORY -> {
                Files.createDirectory(path);
                Files.writeString(path.resolve("y"), "another");
                Files.writeString(path.resolve("two"), "another");
                Files.createDirectory(path.resolve("b"));
                Files.createDirectory(path.resolve("sub"));
            }
            case A_FIFO -> Fifos.create(path);
            case A_FIFO_THAT_GOES -> going.add(Fifos.create(path));
            case NOTHING, BACK -> {}
        }
    }
}
