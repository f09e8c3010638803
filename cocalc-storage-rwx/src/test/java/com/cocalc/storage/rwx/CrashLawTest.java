package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws of crashes, over random programs and seeds. */
class CrashLawTest {
    private static final int PROGRAMS = 400;
    private static final int OPERATIONS = 40;
    private static final int CRASHES = 6;

    @Test
    void whatIsLeftIsAlwaysAPrefixOfEachDirectoryAndOldOrNewInEachBlock() throws IOException {
        int rest = 0;
        for (long program = 0; program < PROGRAMS; program++) {
            rest += new Program(program).run();
        }

        assertThat(rest)
                .as("names that crashes left, so that this looked at something")
                .isGreaterThan(10_000);
    }

    @Test
    void aFileReplacedAsItShouldBeIsOldOrNewAtEachMomentAndEachSeed() throws IOException {
        RwxVolume volume = RwxVolume.builder().crashable().build();
        volume.populate("0755 0:0 - d/\n0644 0:0 \"old\" d/f\n");
        List<String> before = new ArrayList<>();
        volume.beforeEachOperation(event -> contents(volume, before));
        FileSystem files = volume.mount(Mount.asRoot());
        byte[] large = new byte[20_000];
        Arrays.fill(large, (byte) 'n');

        Path temporary = files.getPath("d/.f.temporary");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(large));
            channel.force(true);
        }
        Files.move(temporary, files.getPath("d/f"), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(files.getPath("d"))) {
            directory.force(true);
        }
        List<String> after = new ArrayList<>();
        contents(volume, after);

        assertThat(before).containsOnly("old", new String(large, US_ASCII));
        assertThat(after).containsOnly(new String(large, US_ASCII));
    }

    @Test
    void whatSeveralThreadsMadeSurvivesOnceItIsForced() throws Exception {
        RwxVolume volume = RwxVolume.builder().crashable().build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            long seed = worker;
            workers.add(() -> new Worker(volume, seed).work());
        }
        for (Future<Integer> worker : threads.invokeAll(workers)) {
            assertThat(worker.get()).isPositive();
        }
        threads.shutdown();
        Path root = volume.mount(Mount.asRoot()).getPath("/");
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                try (FileChannel channel = FileChannel.open(path)) {
                    channel.force(true);
                }
            }
        }

        for (long seed = 0; seed < 10; seed++) {
            assertThat(volume.afterCrash(seed).snapshot().toString()).isEqualTo(volume.tree());
            assertThat(volume.afterCrash(seed).snapshot()).isEqualTo(volume.snapshot());
        }
    }

    /** Makes, moves, writes and forces in directories that others use too. */
    private static final class Worker {
        private final Path root;
        private final SplittableRandom random;
        private int done;

        private Worker(RwxVolume volume, long seed) {
            this.root = volume.mount(Mount.asRoot()).getPath("/");
            this.random = new SplittableRandom(seed);
        }

        private int work() {
            for (int i = 0; i < 2_000; i++) {
                try {
                    operate(root.resolve("d" + random.nextInt(3)), "f" + random.nextInt(6));
                    done++;
                } catch (IOException e) {
                    // Others got in the way, as they should.
                }
            }
            return done;
        }

        private void operate(Path directory, String name) throws IOException {
            switch (random.nextInt(7)) {
                case 0 -> Files.createDirectory(random.nextBoolean() ? directory : directory.resolve(name));
                case 1, 2 -> Files.write(directory.resolve(name), new byte[random.nextInt(9000)]);
                case 3 -> Files.delete(directory.resolve(name));
                case 4, 5 ->
                    Files.move(
                            directory.resolve(name),
                            root.resolve("d" + random.nextInt(3)).resolve("f" + random.nextInt(6)),
                            StandardCopyOption.ATOMIC_MOVE);
                default -> {
                    try (FileChannel channel = FileChannel.open(directory)) {
                        channel.force(true);
                    }
                }
            }
        }
    }

    private static void contents(RwxVolume volume, List<String> found) {
        for (long seed = 0; seed < 64; seed++) {
            try {
                found.add(Files.readString(
                        volume.afterCrash(seed).mount(Mount.asRoot()).getPath("d/f")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Random operations on few names, some of which fail as they should. */
    private static final class Program {
        private final long number;
        private final SplittableRandom random;
        private final RwxVolume volume = RwxVolume.builder().crashable().build();
        private final Path root = volume.mount(Mount.asRoot()).getPath("/");
        private final CrashHistory history = new CrashHistory(root);
        private final List<String> log = new ArrayList<>();

        private Program(long number) throws IOException {
            this.number = number;
            this.random = new SplittableRandom(number);
        }

        private int run() throws IOException {
            int names = 0;
            for (int i = 0; i < OPERATIONS; i++) {
                try {
                    operate();
                } catch (IOException e) {
                    log.add("  " + e);
                }
                history.look();
            }
            for (long seed = 0; seed < CRASHES; seed++) {
                RwxVolume after = volume.afterCrash(seed);
                Path survivors = after.mount(Mount.asRoot()).getPath("/");
                assertThat(history.faultsOf(survivors))
                        .as("program %d, seed %d: %s", number, seed, String.join("\n", log))
                        .isEmpty();
                names += (int) after.tree().lines().count();
            }
            return names;
        }

        private void operate() throws IOException {
            Path path = any();
            switch (random.nextInt(12)) {
                case 0, 1 -> mkdir(path);
                case 2, 3 -> write(path);
                case 4 -> truncate(path);
                case 5 -> delete(path);
                case 6, 7, 8 -> rename(path, any());
                case 9 -> link(path, any());
                default -> force(path);
            }
        }

        /** A name in a directory that is there. */
        private Path any() throws IOException {
            try (Stream<Path> walk = Files.walk(root)) {
                List<Path> all = walk.filter(Files::isDirectory).toList();
                Path directory = all.get(random.nextInt(all.size()));
                int name = random.nextInt(4);
                return name == 3 ? directory : directory.resolve(String.valueOf((char) ('a' + name)));
            }
        }

        private void mkdir(Path path) throws IOException {
            log.add("mkdir " + path);
            Files.createDirectory(path);
        }

        private void write(Path path) throws IOException {
            byte[] bytes = new byte[1 + random.nextInt(9000)];
            Arrays.fill(bytes, (byte) ('A' + random.nextInt(26)));
            long position = random.nextInt(9000);
            log.add("write " + path + " " + bytes.length + " at " + position);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes), position);
            }
        }

        private void truncate(Path path) throws IOException {
            long size = random.nextInt(9000);
            log.add("truncate " + path + " " + size);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
        }

        private void delete(Path path) throws IOException {
            log.add("delete " + path);
            long gone = CrashHistory.number(path);
            Files.delete(path);
            history.gone(gone);
        }

        private void rename(Path from, Path to) throws IOException {
            log.add("rename " + from + " " + to);
            long replaced = Files.exists(to) ? CrashHistory.number(to) : -1;
            boolean isSame = replaced == CrashHistory.number(from);
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            if (!isSame) {
                history.gone(replaced);
            }
        }

        private void link(Path existing, Path link) throws IOException {
            log.add("link " + existing + " " + link);
            Files.createLink(link, existing);
        }

        private void force(Path path) throws IOException {
            log.add("force " + path);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(random.nextBoolean());
            }
            history.forced(CrashHistory.number(path));
        }
    }
}
