package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Threads of one file system, each in a directory of its own, beside threads that share nothing. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScalingBenchmark {
    /** One file system for all threads. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** What is measured. */
        @Param
        public Peer peer = Peer.RWX;

        private Path root = Path.of("/");
        private final AtomicInteger threads = new AtomicInteger();

        /** Makes it. */
        @Setup
        public void make() throws IOException {
            root = peer.freshDirectory();
        }

        /** Gives the disk back. */
        @TearDown
        public void discard() throws IOException {
            peer.discard(root);
        }
    }

    /** A directory for each thread. */
    @State(Scope.Thread)
    public static class Own {
        private Path file = Path.of("/");
        private Path moved = file;

        /** Makes it. */
        @Setup
        public void make(Shared shared) throws IOException {
            Path directory = Files.createDirectory(shared.root.resolve("own-" + shared.threads.incrementAndGet()));
            file = directory.resolve("file");
            moved = directory.resolve("moved");
        }
    }

    /** Memory of each thread. */
    @State(Scope.Thread)
    public static class Alone {
        private final Map<Integer, byte[]> map = new HashMap<>();
    }

    /** Creates, writes, renames and deletes one file. */
    @Benchmark
    public void files(Own own) throws IOException {
        Files.write(own.file, new byte[1000]);
        Files.move(own.file, own.moved);
        Files.delete(own.moved);
    }

    /** The same amount of memory, without anything shared: what this machine can do at best. */
    @Benchmark
    public int control(Alone alone) {
        for (int i = 0; i < 8; i++) {
            alone.map.put(i, new byte[1000]);
        }
        int total = 0;
        for (int i = 0; i < 8; i++) {
            total += Objects.requireNonNull(alone.map.remove(i)).length;
        }
        return total;
    }
}
