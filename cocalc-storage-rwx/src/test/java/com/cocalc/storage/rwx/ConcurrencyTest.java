package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Many threads on few names. */
class ConcurrencyTest {
    private static final int ROUNDS = 20_000;

    private final RwxVolume volume = RwxVolume.create();

    @Test
    void renamesInBothDirectionsNeverDeadlockNorLoseOrDoubleAName() throws Exception {
        Syscalls calls = root();
        for (String directory : List.of("a", "b", "a/x", "b/y")) {
            calls.mkdir(null, bytes(directory), 0777);
        }
        for (int i = 0; i < 3; i++) {
            create(calls, "a/f" + i);
            calls.mkdir(null, bytes("b/d" + i), 0777);
        }

        inParallel(List.of(
                mover(1, "a/", "b/"),
                mover(2, "b/", "a/"),
                mover(3, "a/x/", "b/"),
                mover(4, "b/y/", "a/x/"),
                mover(5, "a/", "b/y/")));

        assertThat(namesBelow(calls, "."))
                .filteredOn(name -> name.matches(".*/f\\d"))
                .hasSize(3);
        assertThat(namesBelow(calls, "."))
                .filteredOn(name -> name.matches(".*/d\\d"))
                .hasSize(3);
        assertLinkCounts(calls, ".");
    }

    /** Moves whatever it finds: files, directories, directories into each other. */
    private Callable<Void> mover(int seed, String from, String to) {
        return () -> {
            Syscalls calls = root();
            SplittableRandom random = new SplittableRandom(seed);
            String[] names = {"f0", "f1", "f2", "d0", "d1", "d2"};
            for (int i = 0; i < ROUNDS; i++) {
                String name = names[random.nextInt(names.length)];
                boolean isBack = random.nextInt(3) == 0;
                attempt(() -> calls.rename(
                        null, bytes((isBack ? to : from) + name), null, bytes((isBack ? from : to) + name)));
                String inner = names[3 + random.nextInt(3)];
                if (random.nextInt(8) == 0) {
                    attempt(() -> calls.rename(null, bytes(from + name), null, bytes(to + inner + "/" + name)));
                } else if (random.nextInt(8) == 0) {
                    attempt(() -> calls.rename(null, bytes(to + inner + "/" + name), null, bytes(from + name)));
                }
            }
            return null;
        };
    }

    @Test
    void aNameThatIsOnlyEverReplacedIsNeverMissing() throws Exception {
        Syscalls calls = root();
        calls.mkdir(null, bytes("other"), 0777);
        create(calls, "target");
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicLong looks = new AtomicLong();

        inParallel(List.of(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        create(calls, "other/new");
                        calls.rename(null, bytes("other/new"), null, bytes("target"));
                    }
                    isDone.set(true);
                    return null;
                },
                () -> {
                    Syscalls reader = root();
                    while (!isDone.get()) {
                        assertThat(reader.stat(null, bytes("target"), true).nlink())
                                .isEqualTo(1);
                        looks.incrementAndGet();
                    }
                    return null;
                }));

        assertThat(looks.get()).isPositive();
    }

    @Test
    void aWalkSeesTheTreeBeforeOrAfterASwapOfDirectoriesButNothingBetween() throws Exception {
        Syscalls calls = root();
        calls.mkdir(null, bytes("real"), 0755);
        calls.mkdir(null, bytes("real/sub"), 0755);
        create(calls, "real/sub/inside");
        AtomicBoolean isDone = new AtomicBoolean();

        inParallel(List.of(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        calls.rename(null, bytes("real"), null, bytes("moved"));
                        calls.rename(null, bytes("moved"), null, bytes("real"));
                    }
                    isDone.set(true);
                    return null;
                },
                () -> {
                    Syscalls writer = root();
                    while (!isDone.get()) {
                        // Where it is moved away and recreated at once, the parts of one path never belong to two
                        // trees.
                        attempt(() -> writer.stat(null, bytes("real/sub/../sub/inside"), true));
                        attempt(() -> create(writer, "moved/sub/new"));
                        attempt(() -> writer.unlink(null, bytes("real/sub/new")));
                    }
                    return null;
                }));

        assertThat(namesBelow(calls, ".")).contains("./real/sub/inside");
        assertLinkCounts(calls, ".");
    }

    @Test
    void exactlyOneOfManyExclusiveCreatorsWins() throws Exception {
        Syscalls calls = root();
        AtomicLong winners = new AtomicLong();
        Callable<Void> creator = () -> {
            Syscalls own = root();
            for (int i = 0; i < ROUNDS; i++) {
                byte[] name = bytes("lock" + i % 5);
                attempt(() -> {
                    own.open(null, name, OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL, 0600)
                            .close();
                    winners.incrementAndGet();
                });
                attempt(() -> {
                    own.unlink(null, name);
                    winners.decrementAndGet();
                });
            }
            return null;
        };

        inParallel(List.of(creator, creator, creator));

        assertThat(winners.get()).isEqualTo(namesBelow(calls, ".").size());
    }

    @Test
    void everyAppendLandsWholeAtTheEnd() throws Exception {
        Syscalls calls = root();
        create(calls, "log");
        Callable<Void> appender = () -> {
            OpenFile log = root().open(null, bytes("log"), OpenFlags.WRITE | OpenFlags.APPEND, 0);
            for (int i = 0; i < 2_000; i++) {
                log.append(ByteBuffer.wrap(bytes("0123456789abcde\n")));
            }
            log.close();
            return null;
        };

        inParallel(List.of(appender, appender, appender));

        OpenFile log = calls.open(null, bytes("log"), OpenFlags.READ, 0);
        ByteBuffer content = ByteBuffer.allocate(200_000);
        assertThat(log.read(content, 0)).isEqualTo(3 * 2_000 * 16);
        assertThat(new String(content.array(), 0, content.position(), UTF_8).lines())
                .allMatch("0123456789abcde"::equals);
    }

    @Test
    void aReaderNeverSeesHalfOfAWrite() throws Exception {
        Syscalls calls = root();
        OpenFile file = calls.open(null, bytes("f"), OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT, 0600);
        file.write(ByteBuffer.allocate(10_000), 0);
        AtomicBoolean isDone = new AtomicBoolean();

        inParallel(List.of(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        byte[] content = new byte[10_000];
                        Arrays.fill(content, (byte) i);
                        file.write(ByteBuffer.wrap(content), 0);
                    }
                    isDone.set(true);
                    return null;
                },
                () -> {
                    ByteBuffer content = ByteBuffer.allocate(10_000);
                    while (!isDone.get()) {
                        content.clear();
                        file.read(content, 0);
                        assertThat(content.get(9_999)).isEqualTo(content.get(0));
                    }
                    return null;
                }));
    }

    private Syscalls root() {
        return volume.syscalls(Mount.asRoot());
    }

    private interface Call {
        void run() throws ErrnoException;
    }

    private static void attempt(Call call) {
        try {
            call.run();
        } catch (ErrnoException expected) {
            assertThat(expected.errno())
                    .isIn(Errno.ENOENT, Errno.EEXIST, Errno.EINVAL, Errno.ENOTEMPTY, Errno.EISDIR, Errno.ENOTDIR);
        }
    }

    private static void create(Syscalls calls, String path) throws ErrnoException {
        calls.open(null, bytes(path), OpenFlags.WRITE | OpenFlags.CREAT, 0666).close();
    }

    private static List<String> namesBelow(Syscalls calls, String path) throws ErrnoException {
        List<String> names = new ArrayList<>();
        OpenFile directory = calls.open(null, bytes(path), OpenFlags.READ, 0);
        for (byte[] name : directory.readdir()) {
            String child = path + "/" + new String(name, UTF_8);
            names.add(child);
            if (calls.stat(null, bytes(child), false).isDirectory()) {
                names.addAll(namesBelow(calls, child));
            }
        }
        directory.close();
        return names;
    }

    private static void assertLinkCounts(Syscalls calls, String path) throws ErrnoException {
        int directories = 0;
        for (String name : namesBelow(calls, path)) {
            boolean isDirectory = calls.stat(null, bytes(name), false).isDirectory();
            if (isDirectory && name.lastIndexOf('/') == path.length()) {
                directories++;
                assertLinkCounts(calls, name);
            }
        }
        assertThat(calls.stat(null, bytes(path), false).nlink()).as(path).isEqualTo(2 + directories);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // Who looks for deadlocks is not to take a core from those who might have one.
    private static void inParallel(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (Callable<Void> task : tasks) {
                results.add(threads.submit(task));
            }
            while (!results.stream().allMatch(Future::isDone)) {
                for (int i = 0; i < 1_000; i++) {
                    Thread.yield();
                }
                assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads())
                        .as("threads that wait for each other")
                        .isNull();
            }
            for (Future<Void> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
