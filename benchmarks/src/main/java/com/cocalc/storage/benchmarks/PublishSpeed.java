package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.ForcePolicy;
import com.cocalc.storage.files.PublicPath;
import com.cocalc.storage.files.Shares;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes a tree beside {@code rsync -a --delete} on a real disk, in turns, and prints the medians; then measures the
 * gap of {@code wholeTree()}: for how long, and for how many operations, visitors find nothing at the path.
 *
 * <p>Arguments: a directory on the file system to measure, the number of files of 4 KiB, the number of runs, and the
 * number of threads. Needs an {@code rsync} that knows {@code --fsync} (3.2.4).
 */
public final class PublishSpeed {

    private static final ProjectId PROJECT = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");

    private PublishSpeed() {}

    /**
     * Measures and prints.
     *
     * @param arguments the directory, files, runs, threads
     * @throws Exception if something cannot be published
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[1]);
        int runs = Integer.parseInt(arguments[2]);
        Path home = Files.createDirectories(root.resolve("projects").resolve(PROJECT.toString()));
        Path share = Files.createDirectories(root.resolve("shares").resolve(PROJECT.toString()));
        Files.createDirectories(home.resolve("pub"));
        Shares shares = Shares.below(ServiceVolumes.forService(StorageService.MANAGE_SHARE), root)
                .withThreads(Integer.parseInt(arguments[3]));
        Path tree = PeerTable.makeTree(home.resolve("tree"), files);

        print("not forced", shares.forcing(ForcePolicy.NEVER), home, share, tree, files, runs, "-a", "--delete");
        System.out.println();
        print("forced", shares, home, share, tree, files, runs, "-a", "--delete", "--fsync");
        System.out.println();
        printGap(shares.forcing(ForcePolicy.NEVER).wholeTree(), home, share, runs);
    }

    private static void print(
            String title, Shares shares, Path home, Path share, Path tree, int files, int runs, String... options)
            throws Exception {
        // A share shows a path under its own name, so the tree has another name in the home for each target.
        PeerTable.Copier ours = (from, to) -> {
            Path name = home.resolve(share.relativize(to));
            Files.move(tree, name);
            try {
                shares.publish(PublicPath.of(
                        PROJECT, FilePath.parse(home.relativize(name).toString())));
            } finally {
                Files.move(name, tree);
            }
        };
        PeerTable.Copier rsync = (from, to) -> {
            String[] command = Arrays.copyOf(new String[] {"rsync"}, options.length + 3);
            System.arraycopy(options, 0, command, 1, options.length);
            command[options.length + 1] = from + "/";
            command[options.length + 2] = to + "/";
            PeerTable.run(command);
        };
        PeerTable table = new PeerTable(
                share.resolve(title.replace(' ', '-')),
                runs,
                List.of(
                        new PeerTable.Peer("this library, " + title, ours),
                        new PeerTable.Peer("rsync " + String.join(" ", options), rsync)));
        Files.createDirectories(home.resolve(title.replace(' ', '-')));
        Files.createDirectories(share.resolve(title.replace(' ', '-')));
        table.printHead();
        table.printFirst(files + " files of 4 KiB, first publication", tree);
        table.printAgain("the same tree, nothing changed", tree, () -> {});
        table.printAgain("the same tree, 1 % changed", tree, () -> PeerTable.change(tree, files));
    }

    /** A visitor who looks again and again: what it misses for longest is the gap, with up to one more look. */
    private static void printGap(Shares shares, Path home, Path share, int runs) throws Exception {
        PublicPath path = PublicPath.of(PROJECT, FilePath.parse("exchanged"));
        Path shown = share.resolve("exchanged");
        Path one = PeerTable.makeTree(home.resolve("exchanged"), 100).resolve("d0/file0");
        shares.publish(path);
        AtomicBoolean end = new AtomicBoolean();
        AtomicLong gap = new AtomicLong();
        Thread visitor = new Thread(() -> {
            long seen = System.nanoTime();
            boolean there = true;
            while (!end.get()) {
                boolean now = shown.toFile().exists();
                long time = System.nanoTime();
                if (now && !there) {
                    gap.accumulateAndGet(time - seen, Math::max);
                }
                seen = now ? time : seen;
                there = now;
            }
        });
        visitor.start();
        double[] micros = new double[Math.max(100, runs)];
        for (int run = 0; run < micros.length; run++) {
            Files.writeString(one, "content " + run);
            gap.set(0);
            shares.publish(path);
            micros[run] = gap.get() / 1e3;
        }
        end.set(true);
        visitor.join();
        double[] met = Arrays.stream(micros).filter(micro -> micro > 0).toArray();
        System.out.printf(
                Locale.ROOT,
                "gap of wholeTree(), %d exchanges: a visitor met it in %d, median %.0f µs, longest %.0f µs; "
                        + "operations in it on the fake: %d%n",
                micros.length,
                met.length,
                met.length == 0 ? 0 : PeerTable.median(met),
                Arrays.stream(met).max().orElse(0),
                operationsInGap());
    }

    /** Operations from the rename that takes the old tree away to the one that brings the new one, which counts. */
    private static int operationsInGap() throws IOException {
        RwxVolume volume = RwxVolume.create();
        String home = "projects/" + PROJECT + "/";
        volume.populate("0755 2001:2001 - projects/\n0755 2001:2001 - " + home + "\n0755 2001:2001 - " + home
                + "talks/\n0644 2001:2001 \"old\" " + home + "talks/file\n0755 2001:2001 - shares/\n");
        Shares shares = Shares.below(
                        ServiceVolumes.forService(StorageService.MANAGE_SHARE),
                        volume.mount(Mount.as(2001, 2001)).getPath("/"))
                .wholeTree();
        PublicPath path = PublicPath.of(PROJECT, FilePath.parse("talks"));
        shares.publish(path);
        Path visitor = volume.mount(Mount.as(2001, 2001)).getPath("/shares/" + PROJECT + "/talks");
        Files.writeString(volume.mount(Mount.as(2001, 2001)).getPath("/" + home + "talks/file"), "new");
        AtomicLong operations = new AtomicLong();
        volume.beforeEachOperation(event -> {
            if (Files.notExists(visitor)) {
                operations.incrementAndGet();
            }
        });
        shares.publish(path);
        return operations.intValue();
    }
}
