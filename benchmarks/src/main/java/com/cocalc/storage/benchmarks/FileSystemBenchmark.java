package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Operations on the 1,000 files of one directory: time per file. Each sample is all of them. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FileSystemBenchmark {
    private static final int FILES = 1000;
    private static final int DEPTH = 10;

    /** A directory of 1,000 files, and what else is asked for. */
    // One thread, but of this scope because JMH would make another one for each state that asks for it.
    @State(Scope.Benchmark)
    public static class Thousand {
        /** What is measured. */
        @Param
        public Peer peer = Peer.RWX;

        private final byte[] page = new byte[4096];
        private final Path[] files = new Path[FILES];
        private final Path[] renamed = new Path[FILES];
        private final Path[] fresh = new Path[FILES];
        private final Path[] deep = new Path[FILES];
        private Path root = Path.of("/");
        private Path directory = root;
        private boolean isRenamed;

        /** Makes the directory, its files, and a way down of ten directories. */
        @Setup
        public void fill() throws IOException {
            root = peer.freshDirectory();
            directory = Files.createDirectory(root.resolve("thousand"));
            Path empty = Files.createDirectory(root.resolve("empty"));
            Path down = root;
            for (int i = 0; i < DEPTH - 1; i++) {
                down = Files.createDirectory(down.resolve("directory-" + i));
            }
            for (int i = 0; i < FILES; i++) {
                files[i] = Files.write(directory.resolve("file-" + i), page);
                renamed[i] = directory.resolve("renamed-" + i);
                fresh[i] = empty.resolve("file-" + i);
                deep[i] = Files.createFile(down.resolve("file-" + i));
            }
        }

        /** Gives the disk back. */
        @TearDown
        public void discard() throws IOException {
            peer.discard(root);
        }
    }

    /** The directory for new files is empty for each. */
    @State(Scope.Thread)
    public static class Emptied {
        /** Removes what the last invocation made. */
        @Setup(Level.Invocation)
        public void empty(Thousand thousand) throws IOException {
            for (Path file : thousand.fresh) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The directory for new files is full for each. */
    @State(Scope.Thread)
    public static class Filled {
        /** Makes what the last invocation removed. */
        @Setup(Level.Invocation)
        public void fill(Thousand thousand) throws IOException {
            for (Path file : thousand.fresh) {
                if (Files.notExists(file)) {
                    Files.createFile(file);
                }
            }
        }
    }

    /** Creates empty files. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void create(Emptied state, Thousand on) throws IOException {
        for (Path file : on.fresh) {
            Files.createFile(file);
        }
    }

    /** Deletes empty files. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void delete(Filled state, Thousand on) throws IOException {
        for (Path file : on.fresh) {
            Files.delete(file);
        }
    }

    /** Creates files of 4 KiB. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void write4KiB(Emptied state, Thousand on) throws IOException {
        for (Path file : on.fresh) {
            Files.write(file, on.page);
        }
    }

    /** Reads files of 4 KiB. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void read4KiB(Thousand on, Blackhole hole) throws IOException {
        for (Path file : on.files) {
            hole.consume(Files.readAllBytes(file));
        }
    }

    /** Reads attributes. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void stat(Thousand on, Blackhole hole) throws IOException {
        for (Path file : on.files) {
            hole.consume(Files.readAttributes(file, BasicFileAttributes.class).size());
        }
    }

    /** Lists the directory. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void list(Thousand on, Blackhole hole) throws IOException {
        try (var entries = Files.newDirectoryStream(on.directory)) {
            entries.forEach(hole::consume);
        }
    }

    /** Renames every file, there and back. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void rename(Thousand on) throws IOException {
        Path[] from = on.isRenamed ? on.renamed : on.files;
        Path[] to = on.isRenamed ? on.files : on.renamed;
        for (int i = 0; i < FILES; i++) {
            Files.move(from[i], to[i]);
        }
        on.isRenamed = !on.isRenamed;
    }

    /** Reads attributes ten elements on.deep. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public void resolve10Deep(Thousand on, Blackhole hole) throws IOException {
        for (Path file : on.deep) {
            hole.consume(Files.readAttributes(file, BasicFileAttributes.class).size());
        }
    }
}
