package com.cocalc.storage.rwx;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsynchronousCloseTest {
    @Test
    void whatWaitsItsTurnWhenTheChannelIsClosedIsToldSoAsOnTheRealDisk(@TempDir Path disk) throws Exception {
        Path file = RwxVolume.create().mount(Mount.asRoot()).getPath("/file");

        List<String> failures = failures(file);

        assertThat(failures)
                .containsExactly(
                        "java.nio.channels.AsynchronousCloseException",
                        "java.nio.channels.AsynchronousCloseException",
                        "java.nio.channels.AsynchronousCloseException",
                        "java.nio.channels.ClosedChannelException",
                        "java.nio.channels.ClosedChannelException",
                        "java.nio.channels.ClosedChannelException");
        assertThat(failures(disk.resolve("file"))).isEqualTo(failures);
    }

    private static List<String> failures(Path file) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch closed = new CountDownLatch(1);
        List<Future<?>> results = new ArrayList<>();
        try {
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, Set.of(CREATE, READ, WRITE), executor);
            executor.execute(() -> awaitUninterrupted(closed));
            submit(channel, results);
            channel.close();
            closed.countDown();
            submit(channel, results);
            List<String> failures = new ArrayList<>();
            for (Future<?> result : results) {
                failures.add(failure(result));
            }
            assertThat(Files.size(file)).isZero();
            return failures;
        } finally {
            executor.shutdown();
        }
    }

    private static void submit(AsynchronousFileChannel channel, List<Future<?>> results) {
        results.add(channel.write(ByteBuffer.allocate(1), 0));
        results.add(channel.read(ByteBuffer.allocate(1), 0));
        results.add(channel.lock());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String failure(Future<?> result) throws InterruptedException {
        try {
            return "worked: " + result.get();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
