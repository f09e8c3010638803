package com.cocalc.storage.rwx;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @Test
    void aCancelledOperationIsToldOfAndAForcefulOneClosesTheChannelAsOnTheRealDisk(@TempDir Path disk)
            throws Exception {
        Path file = RwxVolume.create().mount(Mount.asRoot()).getPath("/file");

        List<String> outcomes = cancelled(file);

        assertThat(outcomes)
                .containsExactly(
                        "gently true, again false, open true, size 2",
                        "forcefully true, again false, open false, size 2");
        assertThat(cancelled(disk.resolve("file"))).isEqualTo(outcomes);
    }

    private static List<String> cancelled(Path file) throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(file, Set.of(CREATE, WRITE), new OnRequest(waiting))) {
            Future<Integer> gentle = channel.write(ByteBuffer.allocate(2), 0);
            String gently =
                    "gently " + gentle.cancel(false) + ", again " + gentle.cancel(true) + ", open " + channel.isOpen();
            waiting.remove(0).run();
            gently += ", size " + Files.size(file);
            Future<Integer> forceful = channel.write(ByteBuffer.allocate(5), 0);
            String forcefully = "forcefully " + forceful.cancel(true) + ", again " + forceful.cancel(true) + ", open "
                    + channel.isOpen();
            waiting.remove(0).run();
            return List.of(gently, forcefully + ", size " + Files.size(file));
        }
    }

    @Test
    void whatIsKnownAtOnceDoesNotWaitForTheExecutorAsOnTheRealDisk(@TempDir Path disk) throws Exception {
        Path file = RwxVolume.create().mount(Mount.asRoot()).getPath("/file");

        List<String> outcomes = knownAtOnce(file);

        assertThat(outcomes)
                .containsExactly(
                        "worked: 0",
                        "java.nio.channels.ClosedChannelException",
                        "java.nio.channels.ClosedChannelException",
                        "waiting: 1",
                        "handler: 0",
                        "interrupted: false");
        assertThat(knownAtOnce(disk.resolve("file"))).isEqualTo(outcomes);
    }

    private static List<String> knownAtOnce(Path file) throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(file, Set.of(CREATE, WRITE), new OnRequest(waiting));
        outcomes.add(failure(channel.write(ByteBuffer.allocate(0), 0)));
        List<String> told = new ArrayList<>();
        channel.write(ByteBuffer.allocate(0), 0, null, new CompletionHandler<Integer, Object>() {
            @Override
            public void completed(Integer result, Object attachment) {
                told.add("handler: " + result);
            }

            @Override
            public void failed(Throwable failure, Object attachment) {
                told.add("handler: " + failure);
            }
        });
        channel.close();
        outcomes.add(failure(channel.write(ByteBuffer.allocate(1), 0)));
        outcomes.add(failure(channel.lock()));
        outcomes.add("waiting: " + waiting.size());
        Thread.currentThread().interrupt();
        waiting.remove(0).run();
        outcomes.addAll(told);
        outcomes.add("interrupted: " + Thread.interrupted());
        return outcomes;
    }

    /** An executor whose tasks the test runs itself. */
    private static final class OnRequest extends AbstractExecutorService {
        private final List<Runnable> waiting;

        private OnRequest(List<Runnable> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }

        @Override
        public void shutdown() {
            // It has no threads.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.copyOf(waiting);
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
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
