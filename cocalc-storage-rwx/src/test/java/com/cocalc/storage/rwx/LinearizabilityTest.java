package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Several threads on a few names: there must be an order, one operation after the other, that gives the answers which
 * they got, and in which nothing comes before what was over when it began.
 */
class LinearizabilityTest {
    private static final int ROUNDS = Boolean.getBoolean("cocalc.deep") ? 1_000_000 : 5_000;
    private static final int BATCH = 100;
    private static final int THREADS = 2;
    private static final int OPERATIONS = 7;
    private static final String[] DIRECTORIES = {"p", "q", "r"};
    private static final String[] ON_DIRECTORIES = {"mkdir", "rmdir", "move", "move"};
    private static final String[] ON_FILES = {
        "create", "open", "unlink", "unlink", "rename", "rename", "link", "stat", "stat"
    };

    /** An operation with its answer, between two ticks of a common counter. */
    private record Event(NamesModel.Operation operation, long from, String answer, long to) {
        @Override
        public String toString() {
            return operation + " -> " + answer + " (" + from + " to " + to + ")";
        }
    }

    @Test
    void concurrentOperationsAnswerAsIfOneCameAfterTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long overlapping = 0;
        for (int first = 0; first < ROUNDS; first += BATCH) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                rounds.add(Round.of(first + i));
            }
            AtomicInteger arrived = new AtomicInteger();
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int player = thread;
                tasks.add(() -> {
                    for (int i = 0; i < BATCH; i++) {
                        arrived.incrementAndGet();
                        meet(arrived, THREADS * (i + 1));
                        rounds.get(i).play(player);
                    }
                    return null;
                });
            }
            for (Future<Void> result : threads.invokeAll(tasks)) {
                result.get();
            }
            for (Round round : rounds) {
                round.requireExplained();
                overlapping += round.countOverlapping();
            }
        }
        threads.shutdown();

        // Otherwise this would be no test of threads.
        assertThat(overlapping).isPositive();
    }

    /** Waits for the others without going to sleep: who sleeps wakes up when the others are done. */
    @SuppressWarnings("ThreadPriorityCheck") // Where there are fewer cores than threads, the others need this one.
    private static void meet(AtomicInteger arrived, int all) {
        for (int spins = 0; arrived.get() < all; spins++) {
            if (spins < 10_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** A volume of its own, and what each player asked and was told. */
    private record Round(
            int number, RwxVolume volume, NamesModel initial, AtomicLong counter, List<List<Event>> players) {
        static Round of(int number) {
            RwxVolume volume = RwxVolume.create();
            List<List<Event>> players = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                players.add(new ArrayList<>());
            }
            NamesModel initial = prepared(Calls.on(volume, Mount.asRoot()));
            return new Round(number, volume, initial, new AtomicLong(), players);
        }

        void play(int player) {
            SplittableRandom random = new SplittableRandom(number * 31L + player);
            Calls calls = Calls.on(volume, Mount.asRoot());
            List<Event> events = players.get(player);
            for (int i = 0; i < OPERATIONS; i++) {
                NamesModel.Operation operation = operation(random, 100 + player * OPERATIONS + i);
                long from = counter.incrementAndGet();
                String answer = perform(calls, operation);
                events.add(new Event(operation, from, answer, counter.incrementAndGet()));
            }
        }

        void requireExplained() {
            List<Event> history = players.stream().flatMap(List::stream).toList();
            if (!isExplained(history, 0, initial, new HashSet<>())) {
                String lines = history.stream()
                        .sorted(Comparator.comparingLong(Event::from))
                        .map(Event::toString)
                        .collect(Collectors.joining("\n"));
                fail("round " + number + ": no order explains\n" + lines);
            }
        }

        /** How many operations began while one of another player was under way. */
        long countOverlapping() {
            List<Event> sorted = players.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Event::from))
                    .toList();
            long count = 0;
            for (int i = 1; i < sorted.size(); i++) {
                count += sorted.get(i).from < sorted.get(i - 1).to ? 1 : 0;
            }
            return count;
        }
    }

    private static NamesModel prepared(Calls calls) {
        NamesModel model = NamesModel.empty();
        String[] made = {"mkdir p", "mkdir q", "create p/a", "create q/b"};
        for (int i = 0; i < made.length; i++) {
            String[] words = made[i].split(" ", -1);
            NamesModel.Operation operation = new NamesModel.Operation(i, words[0], words[1], "");
            assertThat(perform(calls, operation)).isEqualTo("ok");
            model = model.apply(operation).after();
        }
        return model;
    }

    private static NamesModel.Operation operation(SplittableRandom random, int number) {
        boolean isOnDirectories = random.nextInt(3) == 0;
        String[] verbs = isOnDirectories ? ON_DIRECTORIES : ON_FILES;
        String verb = verbs[random.nextInt(verbs.length)];
        boolean isOnTwo =
                verb.equals("move") || verb.equals("rename") || verb.equals("shortcut") || verb.equals("link");
        return new NamesModel.Operation(
                number, verb, path(random, isOnDirectories), isOnTwo ? path(random, isOnDirectories) : "");
    }

    private static String path(SplittableRandom random, boolean isDirectory) {
        String directory = DIRECTORIES[random.nextInt(DIRECTORIES.length)];
        return isDirectory ? directory : directory + (random.nextBoolean() ? "/a" : "/b");
    }

    private static String perform(Calls calls, NamesModel.Operation operation) {
        String path = operation.path();
        int create = OpenFlags.WRITE | OpenFlags.CREAT;
        StringBuilder answer = new StringBuilder();
        Errno errno = switch (operation.verb()) {
            case "mkdir" -> calls.mkdir(path);
            case "rmdir" -> calls.rmdir(path);
            case "move", "rename" -> calls.rename(path, operation.other());
            case "link" -> calls.link(path, operation.other());
            case "unlink" -> calls.unlink(path);
            case "create" ->
                Calls.errno(() -> calls.open(path, create | OpenFlags.EXCL).close());
            case "open" -> Calls.errno(() -> calls.open(path, create).close());
            case "stat" ->
                Calls.errno(() -> answer.append("names ")
                        .append(calls.system()
                                .stat(null, Calls.bytes(path), true)
                                .nlink()));
            default -> throw new IllegalArgumentException(operation.verb());
        };
        return errno != null ? errno.name() : answer.length() > 0 ? answer.toString() : "ok";
    }

    /** Whether the events that are not in the set yet can be put in an order that explains them. */
    private static boolean isExplained(List<Event> history, int done, NamesModel state, Set<List<Object>> hopeless) {
        if (done == (1 << history.size()) - 1) {
            return true;
        }
        if (hopeless.contains(List.<Object>of(done, state))) {
            return false;
        }
        long firstEnd = Long.MAX_VALUE;
        for (int i = 0; i < history.size(); i++) {
            if ((done & 1 << i) == 0) {
                firstEnd = Math.min(firstEnd, history.get(i).to);
            }
        }
        for (int i = 0; i < history.size(); i++) {
            Event next = history.get(i);
            if ((done & 1 << i) == 0 && next.from <= firstEnd) {
                NamesModel.Outcome outcome = state.apply(next.operation);
                if (outcome.answer().equals(next.answer)
                        && isExplained(history, done | 1 << i, outcome.after(), hopeless)) {
                    return true;
                }
            }
        }
        hopeless.add(List.<Object>of(done, state));
        return false;
    }

    @Test
    void theCheckerRefusesWhatNoOrderExplains() {
        NamesModel.Operation create = new NamesModel.Operation(1, "mkdir", "p", "");
        NamesModel.Operation again = new NamesModel.Operation(2, "mkdir", "p", "");

        assertThat(isExplained(
                        List.of(new Event(create, 1, "ok", 4), new Event(again, 2, "EEXIST", 3)),
                        0,
                        NamesModel.empty(),
                        new HashSet<>()))
                .isTrue();
        assertThat(isExplained(
                        List.of(new Event(create, 1, "ok", 4), new Event(again, 2, "ok", 3)),
                        0,
                        NamesModel.empty(),
                        new HashSet<>()))
                .isFalse();
        assertThat(isExplained(
                        List.of(new Event(create, 3, "ok", 4), new Event(again, 1, "EEXIST", 2)),
                        0,
                        NamesModel.empty(),
                        new HashSet<>()))
                .isFalse();
    }

    @Test
    void aHandleThatWasOpenBeforeKeepsWhatItWroteWhateverOthersDoToItsName() throws Exception {
        RwxVolume volume = RwxVolume.create();
        Calls.on(volume, Mount.asRoot()).mkdir("d");
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            long mark = thread;
            tasks.add(() -> HandleGame.play(Calls.on(volume, Mount.asRoot()), mark, 5_000));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long opened = 0;
        for (Future<Long> part : threads.invokeAll(tasks)) {
            opened += part.get();
        }
        threads.shutdown();

        assertThat(opened).isGreaterThan(1_000);
        assertThat(volume.tree()).doesNotContain("d/f");
    }
}
