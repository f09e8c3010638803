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
import java.util.List;
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

    private CopySpeed() {}

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
        Path source = Files.createDirectories(root.resolve("projects").resolve(A.toString()));
        Path targets = Files.createDirectories(root.resolve("projects").resolve(B.toString()));
        ProjectFiles ours = ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), root)
                .withThreads(Integer.parseInt(arguments[4]));
        PeerTable.Peer library = new PeerTable.Peer(
                "this library",
                (from, to) ->
                        ours.copy(CopyRequest.from(A, inside(source, from)).to(B, inside(targets, to))));
        PeerTable.Peer rsync = new PeerTable.Peer(
                "rsync -a", (from, to) -> PeerTable.run("rsync", "-a", from + slash(from), to + slash(from)));
        PeerTable.Peer cp =
                new PeerTable.Peer("cp -a", (from, to) -> PeerTable.run("cp", "-aT", from.toString(), to.toString()));
        int runs = Integer.parseInt(arguments[3]);
        PeerTable first = new PeerTable(
                targets, runs, List.of(library, rsync, cp, new PeerTable.Peer("commons-io", CopySpeed::commons)));
        // The others write everything again.
        PeerTable again =
                new PeerTable(Files.createDirectories(targets.resolve("again")), runs, List.of(library, rsync));
        // In the order of how much a row writes: a file system is busy for some time with what it was given before.
        Path tree = PeerTable.makeTree(source.resolve("tree"), files);
        again.printHead();
        again.printAgain("the same tree, nothing changed", tree, () -> {});
        again.printAgain("the same tree, 1 % changed", tree, () -> PeerTable.change(tree, files));
        System.out.println();
        first.printHead();
        first.printFirst("one file of " + mebibytes + " MiB", makeLarge(source.resolve("large"), mebibytes));
        first.printFirst(files + " files of 4 KiB, first copy", tree);
    }

    private static Path makeLarge(Path large, int mebibytes) throws IOException {
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
