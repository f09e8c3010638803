package com.cocalc.storage.testkit.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Several threads on a few names: there must be an order, one operation after the other, that gives the answers which
 * they got, and in which nothing comes before what was over when it began.
 */
class LinearizabilityTest {
    private static final int ROUNDS = Boolean.getBoolean("cocalc.deep") ? 200_000 : 6_000;
    private static final int THREADS = 3;
    private static final int OPERATIONS = 5;
    private static final String[] DIRECTORIES = {"p", "q", "r"};
    private static final String[] ON_DIRECTORIES = {"mkdir", "rmdir", "move", "move"};
    private static final String[] ON_FILES = {"create", "open", "unlink", "rename", "rename", "link", "stat", "stat"};

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
        CyclicBarrier start = new CyclicBarrier(THREADS);
        for (int round = 0; round < ROUNDS; round++) {
            RwxVolume volume = RwxVolume.create();
            AtomicLong counter = new AtomicLong();
            NamesModel initial = prepared(Calls.on(volume, Mount.asRoot()));
            List<Callable<List<Event>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                SplittableRandom random = new SplittableRandom(round * 31L + thread);
                Calls calls = Calls.on(volume, Mount.asRoot());
                int first = 100 + thread * OPERATIONS;
                tasks.add(() -> {
                    start.await();
                    return play(calls, random, first, counter);
                });
            }
            List<Event> history = new ArrayList<>();
            for (Future<List<Event>> part : threads.invokeAll(tasks)) {
                history.addAll(part.get());
            }
            if (!isExplained(history, 0, initial, new HashSet<>())) {
                history.sort(Comparator.comparingLong(Event::from));
                fail("round " + round + ": no order explains\n"
                        + history.toString().replace("), ", "),\n"));
            }
        }
        threads.shutdown();
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

    private static List<Event> play(Calls calls, SplittableRandom random, int first, AtomicLong counter) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            NamesModel.Operation operation = operation(random, first + i);
            long from = counter.incrementAndGet();
            String answer = perform(calls, operation);
            events.add(new Event(operation, from, answer, counter.incrementAndGet()));
        }
        return events;
    }

    private static NamesModel.Operation operation(SplittableRandom random, int number) {
        boolean isOnDirectories = random.nextInt(3) == 0;
        String[] verbs = isOnDirectories ? ON_DIRECTORIES : ON_FILES;
        String verb = verbs[random.nextInt(verbs.length)];
        boolean isOnTwo = verb.equals("move") || verb.equals("rename") || verb.equals("link");
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
