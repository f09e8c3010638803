package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three clients of NFS do what they like to the same few names; when all is closed and removed, all space is free. */
class NfsSpaceTest {
    private static final String[] NAMES = {"a", "b", "c", "d/a", "d/b", "e/a"};
    private static final int[] FLAGS = {
        OpenFlags.READ,
        OpenFlags.WRITE | OpenFlags.CREAT,
        OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.TRUNC,
        OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL,
        OpenFlags.WRITE | OpenFlags.APPEND
    };

    private final VirtualTime time = new VirtualTime();
    private final RwxVolume volume =
            RwxVolume.builder().nfs().capacity(60 * 4096).clock(time).build();

    {
        volume.quota("d", 20 * 4096, 100);
    }

    private final Calls[] clients = {
        Calls.on(volume, Mount.asRoot()), Calls.on(volume, Mount.asRoot()), Calls.on(volume, Mount.asRoot())
    };

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("cocalc.deep") ? 2_000 : 16);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allSpaceIsFreeWhenEverythingIsClosedAndRemoved(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<OpenFile> open = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            operate(clients[random.nextInt(3)], open, random);
        }
        closeAll(open);

        assertThatAllSpaceIsFreeWhenEverythingIsRemoved();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allSpaceIsFreeAlsoWhenTheClientsWorkAtTheSameTime(long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients.length);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < clients.length; i++) {
            Calls client = clients[i];
            SplittableRandom random = new SplittableRandom(seed * clients.length + i);
            ends.add(threads.submit(() -> {
                List<OpenFile> open = new ArrayList<>();
                for (int operation = 0; operation < 5_000; operation++) {
                    operate(client, open, random);
                }
                closeAll(open);
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();

        assertThatAllSpaceIsFreeWhenEverythingIsRemoved();
    }

    private static void closeAll(List<OpenFile> open) {
        for (OpenFile file : open) {
            Errno errno = Calls.errno(file::close);
            assertThat(errno).isIn(null, Errno.ENOSPC, Errno.EDQUOT);
        }
    }

    private void assertThatAllSpaceIsFreeWhenEverythingIsRemoved() {
        time.advance(Duration.ofMinutes(1));
        Calls last = Calls.on(volume, Mount.asRoot());
        removeBelow(last, ".");

        assertThat(volume.tree().lines()).hasSize(1);
        assertThat(volume.server().tree().space().pages().used()).isZero();
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(1);
    }

    private void operate(Calls client, List<OpenFile> open, SplittableRandom random) {
        String path = NAMES[random.nextInt(NAMES.length)];
        String other = NAMES[random.nextInt(NAMES.length)];
        switch (random.nextInt(16)) {
            case 0 -> client.mkdir(random.nextBoolean() ? "d" : "e");
            case 1 -> client.rmdir(random.nextBoolean() ? "d" : "e");
            case 2, 3 -> client.unlink(path);
            case 4 -> client.rename(path, other);
            case 5 -> client.rename(random.nextBoolean() ? "d" : "e", random.nextBoolean() ? "e" : "d");
            case 6 -> client.link(path, other);
            case 7 -> client.symlink("x".repeat(200), path);
            case 8 -> Calls.errno(() -> client.system().truncate(null, Calls.bytes(path), random.nextInt(20_000)));
            case 9 -> time.advance(Duration.ofSeconds(random.nextInt(20)));
            case 10, 11 -> Calls.errno(() -> open.add(client.open(path, FLAGS[random.nextInt(FLAGS.length)])));
            case 12 -> Calls.errno(() -> client.system().rename(null, Calls.bytes("d/a"), null, Calls.bytes("a")));
            case 13 -> {
                if (random.nextInt(50) == 0) {
                    volume.restartServer();
                }
            }
            case 14 -> {
                if (!open.isEmpty()) {
                    Calls.errno(open.remove(random.nextInt(open.size()))::close);
                }
            }
            default -> {
                if (!open.isEmpty()) {
                    OpenFile file = open.get(random.nextInt(open.size()));
                    ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(10_000));
                    Calls.errno(() -> file.write(bytes, random.nextInt(20_000)));
                }
            }
        }
    }

    private static void removeBelow(Calls client, String directory) {
        List<byte[]> names = new ArrayList<>();
        Calls.must(() -> names.addAll(list(client, directory)));
        for (byte[] name : names) {
            String path = directory + "/" + new String(name, StandardCharsets.UTF_8);
            if (client.stat(path).isDirectory()) {
                removeBelow(client, path);
                assertThat(client.rmdir(path)).isNull();
            } else {
                assertThat(client.unlink(path)).isNull();
            }
        }
    }

    private static List<byte[]> list(Calls client, String directory) throws ErrnoException {
        OpenFile file = client.open(directory, OpenFlags.READ);
        try {
            return file.readdir();
        } finally {
            file.close();
        }
    }
}
