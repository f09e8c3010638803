package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Programs that copy the same tree, in turns; prints the median of each as a row of a table. */
final class PeerTable {

    private static final int FILES_IN_DIRECTORY = 100;

    /** Copies from one directory or file to a name that does not exist, or to its copy. */
    @FunctionalInterface
    interface Copier {
        void copy(Path from, Path to) throws Exception;
    }

    /** What happens before each turn. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    record Peer(String name, Copier copier) {}

    private final Path targets;
    private final int runs;
    private final List<Peer> peers;
    private int sequence;

    PeerTable(Path targets, int runs, List<Peer> peers) {
        this.targets = targets;
        this.runs = runs;
        this.peers = peers;
    }

    static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }

    void printHead() {
        System.out.println("| measure | "
                + String.join(" | ", peers.stream().map(Peer::name).toList()) + " | ratios |");
        System.out.println("| ---" + " | ---".repeat(peers.size() + 1) + " |");
    }

    /** Each turn copies to a fresh name: deleting an old copy just before makes ext4 create ten times slower. */
    void printFirst(String measure, Path from) throws Exception {
        print(measure, from, false, () -> {});
    }

    /** Each turn copies over an earlier copy. */
    void printAgain(String measure, Path from, Step before) throws Exception {
        print(measure, from, true, before);
    }

    private void print(String measure, Path from, boolean again, Step before) throws Exception {
        double[][] millis = new double[peers.size()][runs];
        List<Path> copies = new ArrayList<>();
        for (Peer peer : peers) {
            Path copy = fresh();
            copies.add(copy);
            peer.copier().copy(from, copy);
            if (!again) {
                removeLarge(copy);
            }
        }
        for (int run = 0; run < runs; run++) {
            before.run();
            for (int i = 0; i < peers.size(); i++) {
                Path to = again ? copies.get(i) : fresh();
                long start = System.nanoTime();
                peers.get(i).copier().copy(from, to);
                millis[i][run] = (System.nanoTime() - start) / 1e6;
                if (!again) {
                    removeLarge(to);
                }
            }
        }
        StringBuilder line = new StringBuilder("| ").append(measure);
        StringBuilder ratios = new StringBuilder();
        double ours = median(millis[0]);
        for (int i = 0; i < peers.size(); i++) {
            double median = median(millis[i]);
            line.append(String.format(Locale.ROOT, " | %,.0f ms", median));
            if (i > 0) {
                ratios.append(String.format(Locale.ROOT, "%s%.2f", i == 1 ? "" : ", ", median / ours));
            }
        }
        System.out.println(line.append(" | ").append(ratios).append(" |"));
    }

    private static void removeLarge(Path copy) throws IOException {
        if (Files.isRegularFile(copy)) {
            Files.delete(copy);
        }
    }

    private Path fresh() {
        return targets.resolve("copy" + sequence++);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Makes a tree of files of 4 KiB, unless it is there. */
    static Path makeTree(Path tree, int files) throws IOException {
        if (!Files.exists(tree)) {
            Random random = new Random(1);
            byte[] content = new byte[4096];
            for (int i = 0; i < files; i++) {
                Path file = file(tree, i);
                Files.createDirectories(file.getParent());
                random.nextBytes(content);
                Files.write(file, content);
            }
        }
        return tree;
    }

    private static Path file(Path tree, int number) {
        return tree.resolve("d" + number / FILES_IN_DIRECTORY).resolve("file" + number);
    }

    /** Gives one in a hundred files another time. */
    static void change(Path tree, int files) throws IOException {
        for (int i = 0; i < files; i += 100) {
            FileTime time = Files.getLastModifiedTime(file(tree, i));
            Files.setLastModifiedTime(
                    file(tree, i), FileTime.from(time.toInstant().plusSeconds(2)));
        }
    }
}
