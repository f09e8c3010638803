package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
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

/** Calls for which nothing is promised, on one file again and again. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class FurtherCallsBenchmark {
    private static final int DEPTH = 10;
    private static final FileTime TIME = FileTime.fromMillis(1_000_000);

    /** What is measured. */
    @Param({"RWX", "JIMFS", "MEMORYFILESYSTEM"})
    public Peer peer = Peer.RWX;

    private Path root = Path.of("/");
    private Path file = root;
    private Path large = root;
    private Path copy = root;
    private Path elsewhere = root;
    private Path deep = root;

    /** Makes the files. */
    @Setup
    public void fill() throws IOException {
        root = peer.freshDirectory();
        file = Files.write(root.resolve("file"), new byte[4096]);
        large = Files.write(root.resolve("large"), new byte[1 << 20]);
        copy = root.resolve("copy");
        elsewhere = Files.createDirectory(root.resolve("other")).resolve("file");
        deep = root;
        for (int i = 0; i < DEPTH; i++) {
            deep = Files.createDirectory(deep.resolve("directory-" + i));
        }
    }

    /** Gives the disk back. */
    @TearDown
    public void discard() throws IOException {
        peer.discard(root);
    }

    /** Asks for a file that exists. */
    @Benchmark
    public boolean exists() {
        return Files.exists(file);
    }

    /** Sets the time of the last modification. */
    @Benchmark
    public Path setTime() throws IOException {
        return Files.setLastModifiedTime(file, TIME);
    }

    /** Finds the real path of a directory ten deep. */
    @Benchmark
    public Path realPath() throws IOException {
        return deep.toRealPath();
    }

    /** Makes a temporary file and deletes it. */
    @Benchmark
    public void temporary() throws IOException {
        Files.delete(Files.createTempFile(root, "a", "b"));
    }

    /** Moves a file to another directory and back. */
    @Benchmark
    public void moveThereAndBack() throws IOException {
        Files.move(file, elsewhere);
        Files.move(elsewhere, file);
    }

    /** Copies 4 KiB over an earlier copy. */
    @Benchmark
    public Path copySmall() throws IOException {
        return Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies 1 MiB over an earlier copy. */
    @Benchmark
    public Path copyLarge() throws IOException {
        return Files.copy(large, copy, StandardCopyOption.REPLACE_EXISTING);
    }
}
