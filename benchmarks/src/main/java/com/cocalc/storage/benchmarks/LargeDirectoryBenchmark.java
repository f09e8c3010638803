package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A million entries, in one directory or spread over a thousand: create, look up, and remove each of them. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms5g", "-Xmx5g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class LargeDirectoryBenchmark {
    private static final int ENTRIES = 1_000_000;

    /** A file system of its own for each measurement. */
    // One thread, but of this scope because JMH would make another one for each state that asks for it.
    @State(Scope.Benchmark)
    public static class Spread {
        /** What is measured. tmpfs is left out: it has a goal in no row of this. */
        @Param({"RWX", "JIMFS", "MEMORYFILESYSTEM"})
        public Peer peer = Peer.RWX;

        /** Entries of one directory. */
        @Param({"1000", "1000000"})
        public int size = 1000;

        private Path root = Path.of("/");
        private Path[] directories = {};

        /** A file system of its own for each. */
        @Setup(Level.Iteration)
        public void fresh() throws IOException {
            root = peer.freshDirectory();
            directories = new Path[ENTRIES / size];
            for (int i = 0; i < directories.length; i++) {
                directories[i] = Files.createDirectory(root.resolve("directory-" + i));
            }
        }

        /** Gives it back. */
        @TearDown(Level.Iteration)
        public void discard() throws IOException {
            peer.discard(root);
        }

        void makeAll() throws IOException {
            for (Path directory : directories) {
                for (int i = 0; i < size; i++) {
                    Files.createFile(directory.resolve("file-" + i));
                }
            }
        }
    }

    /** Files to look up or remove. */
    @State(Scope.Thread)
    public static class Full {
        /** Makes them. */
        @Setup(Level.Iteration)
        public void fill(Spread on) throws IOException {
            on.makeAll();
        }
    }

    /** Creates all. */
    @Benchmark
    public void create(Spread on) throws IOException {
        on.makeAll();
    }

    /** Looks all up. */
    @Benchmark
    public int lookUp(Full state, Spread on) {
        int found = 0;
        for (Path directory : on.directories) {
            for (int i = 0; i < on.size; i++) {
                found += Files.exists(directory.resolve("file-" + i)) ? 1 : 0;
            }
        }
        return found;
    }

    /** Removes all. */
    @Benchmark
    public void remove(Full state, Spread on) throws IOException {
        for (Path directory : on.directories) {
            for (int i = 0; i < on.size; i++) {
                Files.delete(directory.resolve("file-" + i));
            }
        }
    }
}
