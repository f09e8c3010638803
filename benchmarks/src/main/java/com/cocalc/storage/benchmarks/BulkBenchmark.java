package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** Much at once: 1 GiB in one file, 64 MiB in pieces of 8 KiB, a tree of 100,000 files. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms6g", "-Xmx6g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5)
@Measurement(iterations = 8)
public class BulkBenchmark {
    private static final int PIECE = 1 << 16;
    private static final long GIBIBYTE = 1L << 30;
    private static final long APPENDED = 64L << 20;

    /** A file system of its own for each measurement. */
    // One thread, but of this scope because JMH would make another one for each state that asks for it.
    @State(Scope.Benchmark)
    public static class Fresh {
        /** What is measured. */
        @Param
        public Peer peer = Peer.RWX;

        private Path root = Path.of("/");

        /** A file system of its own for each. */
        @Setup(Level.Iteration)
        public void fresh() throws IOException {
            root = peer.freshDirectory();
        }

        /** Gives the disk back. */
        @TearDown(Level.Iteration)
        public void discard() throws IOException {
            peer.discard(root);
            root = Path.of("/");
        }
    }

    /** A file of 1 GiB to read. */
    @State(Scope.Thread)
    public static class Large {
        /** Writes it. */
        @Setup(Level.Iteration)
        public void write(Fresh on) throws IOException {
            writeLarge(on);
        }
    }

    /** A tree to walk. */
    @State(Scope.Thread)
    public static class Tree {
        /** Makes 100 directories of 1,000 files. */
        @Setup(Level.Iteration)
        public void make(Fresh on) throws IOException {
            for (int i = 0; i < 100; i++) {
                Path directory = Files.createDirectory(on.root.resolve("directory-" + i));
                for (int k = 0; k < 1000; k++) {
                    Files.createFile(directory.resolve("file-" + k));
                }
            }
        }
    }

    /** Writes 1 GiB in pieces of 64 KiB. */
    @Benchmark
    public long write1GiB(Fresh on) throws IOException {
        return writeLarge(on);
    }

    private static long writeLarge(Fresh on) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try (SeekableByteChannel channel =
                Files.newByteChannel(on.root.resolve("large"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.position() < GIBIBYTE) {
                channel.write(piece.clear());
            }
            return channel.size();
        }
    }

    /** Reads 1 GiB in pieces of 64 KiB. */
    @Benchmark
    public long read1GiB(Large state, Fresh on) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long total = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(on.root.resolve("large"))) {
            while (channel.read(piece.clear()) > 0) {
                total += piece.position();
            }
        }
        return total;
    }

    /** Appends 64 MiB in pieces of 8 KiB. */
    @Benchmark
    public long append8KiB(Fresh on) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(8192);
        try (SeekableByteChannel channel =
                Files.newByteChannel(on.root.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long written = 0; written < APPENDED; written += piece.limit()) {
                channel.write(piece.clear());
            }
            return channel.size();
        }
    }

    /** Walks 100,000 files. */
    @Benchmark
    public long walk100000(Tree state, Fresh on) throws IOException {
        try (var paths = Files.walk(on.root)) {
            return paths.count();
        }
    }
}
