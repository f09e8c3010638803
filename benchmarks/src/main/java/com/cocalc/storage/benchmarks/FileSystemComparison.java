package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Measures all that the README says about the speed and size of the fake RWX file system, beside its peers in one run,
 * and prints it as Markdown. Takes the number of rounds (3 if it is left out): in each round every file system has its
 * turn in a JVM of its own, and what counts is the median of the rounds. A second argument names the one table to
 * print: {@code operations}, {@code threads}, {@code directories} or {@code memory}.
 */
public final class FileSystemComparison {
    private static final List<Row> ROWS = List.of(
            new Row("create an empty file", FileSystemBenchmark.class, "create"),
            new Row("write 4 KiB", FileSystemBenchmark.class, "write4KiB"),
            new Row("read 4 KiB", FileSystemBenchmark.class, "read4KiB"),
            new Row("stat", FileSystemBenchmark.class, "stat"),
            new Row("list 1,000 (per name)", FileSystemBenchmark.class, "list"),
            new Row("rename", FileSystemBenchmark.class, "rename"),
            new Row("delete", FileSystemBenchmark.class, "delete"),
            new Row("stat 10 deep", FileSystemBenchmark.class, "resolve10Deep"),
            new Row("walk 100,000 files", BulkBenchmark.class, "walk100000"),
            new Row("write 1 GiB", BulkBenchmark.class, "write1GiB"),
            new Row("read 1 GiB", BulkBenchmark.class, "read1GiB"),
            new Row("append 64 MiB by 8 KiB", BulkBenchmark.class, "append8KiB"));

    private final int rounds;

    private FileSystemComparison(int rounds) {
        this.rounds = rounds;
    }

    /** What is measured. */
    private record Row(String name, Class<?> type, String method) {}

    /**
     * Measures everything; takes about half an hour.
     *
     * @param arguments the number of rounds, at least 1, and one of the tables; each may be left out
     * @throws IOException if a JVM cannot be started
     * @throws InterruptedException if this is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        FileSystemComparison comparison = new FileSystemComparison(rounds);
        List<String> tables = arguments.length < 2
                ? List.of("operations", "threads", "directories", "memory")
                : List.of(arguments[1]);
        for (String table : tables) {
            comparison.compare(table);
        }
    }

    private void compare(String table) throws IOException, InterruptedException {
        switch (table) {
            case "operations" -> compareOperations();
            case "threads" -> compareThreads();
            case "directories" -> compareDirectories();
            case "memory" -> FileSystemMemory.compare(List.of(Peer.RWX, Peer.JIMFS, Peer.MEMORYFILESYSTEM));
            default ->
                throw new IllegalArgumentException(
                        "the table must be operations, threads, directories or memory, but was " + table
                                + "; leave it out for all of them");
        }
    }

    private void compareOperations() {
        print(
                "| measure | RWX | Jimfs | memoryfilesystem | tmpfs | faster peer ÷ RWX | bytes allocated: RWX, Jimfs |%n");
        print("| --- | --- | --- | --- | --- | --- | --- |%n");
        double logarithms = 0;
        for (Row row : ROWS) {
            Measured rwx = new Measured();
            Measured jimfs = new Measured();
            Measured memory = new Measured();
            Measured tmpfs = new Measured();
            BenchmarkRun run = BenchmarkRun.of(row.type, row.method);
            for (int round = 0; round < rounds; round++) {
                rwx.add(run.with("peer", Peer.RWX.name()));
                jimfs.add(run.with("peer", Peer.JIMFS.name()));
                memory.add(run.with("peer", Peer.MEMORYFILESYSTEM.name()));
                tmpfs.add(run.with("peer", Peer.TMPFS.name()));
            }
            double ratio = Measured.fasterOf(jimfs, memory) / rwx.score();
            logarithms += Math.log(ratio);
            print(
                    "| %s | %s | %s | %s | %s | **%.2f** | %,.0f, %,.0f |%n",
                    row.name, rwx, jimfs, memory, tmpfs, ratio, rwx.bytes(), jimfs.bytes());
        }
        print("| geometric mean | | | | | **%.2f** | |%n%n", Math.exp(logarithms / ROWS.size()));
    }

    private void compareThreads() {
        int threads = Runtime.getRuntime().availableProcessors();
        print("| %d threads | one thread | all threads | speed-up |%n| --- | --- | --- | --- |%n", threads);
        double control = speedUp("control", Peer.RWX, "lock-free control", threads);
        for (Peer peer : List.of(Peer.RWX, Peer.JIMFS, Peer.MEMORYFILESYSTEM)) {
            double speedUp = speedUp("files", peer, peer.name(), threads);
            print("| %s by control | | | **%.2f** |%n", peer, speedUp / control);
        }
        print("%n");
    }

    private double speedUp(String method, Peer peer, String name, int threads) {
        Measured one = new Measured();
        Measured all = new Measured();
        BenchmarkRun run = BenchmarkRun.of(ScalingBenchmark.class, method);
        for (int round = 0; round < rounds; round++) {
            one.add(run.threads(1).with("peer", peer.name()));
            all.add(run.threads(threads).with("peer", peer.name()));
        }
        double speedUp = all.score() / one.score();
        print("| %s | %s | %s | %.2f |%n", name, one, all, speedUp);
        return speedUp;
    }

    private void compareDirectories() {
        print("| each of a million | directories of 1,000 | one directory | ratio |%n| --- | --- | --- | --- |%n");
        for (String method : List.of("create", "lookUp", "remove")) {
            Measured small = new Measured();
            Measured large = new Measured();
            BenchmarkRun run = BenchmarkRun.of(LargeDirectoryBenchmark.class, method);
            for (int round = 0; round < rounds; round++) {
                small.add(run.with("size", "1000").with("peer", Peer.RWX.name()));
                large.add(run.with("size", "1000000").with("peer", Peer.RWX.name()));
            }
            print("| %s | %s | %s | **%.2f** |%n", method, small, large, large.score() / small.score());
        }
        print("%n");
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
