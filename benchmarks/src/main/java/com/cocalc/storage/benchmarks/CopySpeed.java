package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.ProjectFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.io.FileUtils;

/**
 * Copies between projects beside rsync, cp and commons-io on a real disk, each to a fresh target name, in turns. Prints
 * the medians as rows of a table.
 *
 * <p>Arguments: a directory on the file system to measure, the number of files of 4 KiB, the MiB of the one large file,
 * the number of runs, and the number of threads. Needs {@code rsync} and {@code cp}.
 */
public final class CopySpeed {

    private static final ProjectId A = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    private static final ProjectId B = ProjectId.parse("bbbbbbbb-0000-4000-8000-000000000002");
    private static final int FILES_IN_DIRECTORY = 100;

    /** Copies from one directory or file to a name that does not exist, or to its copy. */
    @FunctionalInterface
    private interface Copier {
        void copy(Path from, Path to) throws Exception;
    }

    private record Peer(String name, Copier copier) {}

    private final Path source;
    private final Path targets;
    private final int runs;
    private final List<Peer> peers;
    private int sequence;

    private CopySpeed(Path root, int runs, int threads) throws IOException {
        this.source = Files.createDirectories(root.resolve("projects").resolve(A.toString()));
        this.targets = Files.createDirectories(root.resolve("projects").resolve(B.toString()));
        this.runs = runs;
        ProjectFiles files = ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), root)
                .withThreads(threads);
        peers = List.of(
                new Peer(
                        "this library",
                        (from, to) -> files.copy(
                                CopyRequest.from(A, inside(source, from)).to(B, inside(targets, to)))),
                new Peer("rsync -a", (from, to) -> run("rsync", "-a", from + slash(from), to + slash(from))),
                new Peer("cp -a", (from, to) -> run("cp", "-aT", from.toString(), to.toString())),
                new Peer("commons-io", CopySpeed::commons));
    }

    private static FilePath inside(Path home, Path path) {
        return FilePath.parse(home.relativize(path).toString());
    }

    private static String slash(Path path) {
        return Files.isDirectory(path) ? "/" : "";
    }

    private static void commons(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            FileUtils.copyDirectory(from.toFile(), to.toFile());
        } else {
            FileUtils.copyFile(from.toFile(), to.toFile());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }

    /**
     * Measures and prints.
     *
     * @param arguments the directory, files, MiB, runs, threads
     * @throws Exception if something cannot be copied
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[1]);
        int mebibytes = Integer.parseInt(arguments[2]);
        CopySpeed speed = new CopySpeed(root, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        Path tree = speed.makeTree(files);
        Path large = speed.makeLarge(mebibytes);
        System.out.println("| measure | "
                + String.join(" | ", speed.peers.stream().map(Peer::name).toList()) + " | ratios |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        speed.row(files + " files of 4 KiB, first copy", () -> tree, false, () -> {});
        speed.row("the same tree, nothing changed", () -> tree, true, () -> {});
        speed.row("the same tree, 1 % changed", () -> tree, true, () -> change(tree, files));
        speed.row("one file of " + mebibytes + " MiB", () -> large, false, () -> {});
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void row(String measure, java.util.function.Supplier<Path> what, boolean again, Step before)
            throws Exception {
        Path from = what.get();
        double[][] millis = new double[peers.size()][runs];
        List<Path> copies = new ArrayList<>();
        for (Peer peer : peers) {
            Path copy = fresh();
            copies.add(copy);
            peer.copier().copy(from, copy);
        }
        for (int run = 0; run < runs; run++) {
            before.run();
            for (int i = 0; i < peers.size(); i++) {
                Path to = again ? copies.get(i) : fresh();
                long start = System.nanoTime();
                peers.get(i).copier().copy(from, to);
                millis[i][run] = (System.nanoTime() - start) / 1e6;
                if (!again && Files.isRegularFile(to)) {
                    Files.delete(to);
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private Path fresh() {
        return targets.resolve("copy" + sequence++);
    }

    private Path makeTree(int files) throws IOException {
        Path tree = source.resolve("tree");
        if (!Files.exists(tree)) {
            Random random = new Random(1);
            byte[] content = new byte[4096];
            for (int i = 0; i < files; i++) {
                Path file = tree.resolve("d" + i / FILES_IN_DIRECTORY).resolve("file" + i);
                Files.createDirectories(file.getParent());
                random.nextBytes(content);
                Files.write(file, content);
            }
        }
        return tree;
    }

    private static void change(Path tree, int files) throws IOException {
        for (int i = 0; i < files; i += 100) {
            Path file = tree.resolve("d" + i / FILES_IN_DIRECTORY).resolve("file" + i);
            FileTime time = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(2)));
        }
    }

    private Path makeLarge(int mebibytes) throws IOException {
        Path large = source.resolve("large");
        if (!Files.exists(large)) {
            byte[] content = new byte[1 << 20];
            Random random = new Random(2);
            try (OutputStream out = Files.newOutputStream(large)) {
                for (int i = 0; i < mebibytes; i++) {
                    random.nextBytes(content);
                    out.write(content);
                }
            }
        }
        return large;
    }
}
