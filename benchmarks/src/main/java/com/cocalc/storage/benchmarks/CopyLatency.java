package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.ProjectFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A copy on a file system whose server answers each metadata operation after a millisecond, beside a walk that does
 * what rsync does, one file after the other. Argument: the number of threads.
 */
public final class CopyLatency {

    private static final ProjectId A = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    private static final ProjectId B = ProjectId.parse("bbbbbbbb-0000-4000-8000-000000000002");
    private static final int DIRECTORIES = 20;
    private static final int FILES = 1000;
    private static final long LATENCY_NANOS = 1_000_000;

    private static final Set<Operation> METADATA = EnumSet.of(
            Operation.OPEN,
            Operation.LIST,
            Operation.STAT,
            Operation.ACCESS,
            Operation.MKDIR,
            Operation.RMDIR,
            Operation.UNLINK,
            Operation.RENAME,
            Operation.LINK,
            Operation.SYMLINK,
            Operation.READLINK,
            Operation.CHMOD,
            Operation.CHOWN,
            Operation.UTIMES);

    private CopyLatency() {}

    /**
     * Measures and prints.
     *
     * @param arguments the number of threads
     * @throws IOException if something cannot be copied
     */
    public static void main(String[] arguments) throws IOException {
        int threads = Integer.parseInt(arguments[0]);
        RwxVolume volume = RwxVolume.create();
        FileSystem files = volume.mount(Mount.as(2001, 2001));
        fill(volume);
        AtomicLong operations = new AtomicLong();
        volume.beforeEachOperation(event -> {
            if (METADATA.contains(event.operation())) {
                operations.incrementAndGet();
                LockSupport.parkNanos(LATENCY_NANOS);
            }
        });

        long start = System.nanoTime();
        ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), files.getPath("/"))
                .withThreads(threads)
                .copy(CopyRequest.from(A, FilePath.parse("tree")).to(B, FilePath.parse("copy")));
        report("this library, " + threads + " threads", System.nanoTime() - start, operations.getAndSet(0));

        start = System.nanoTime();
        sequential(files.getPath("/projects/" + A + "/tree"), files.getPath("/projects/" + B + "/walked"));
        report("one file after the other", System.nanoTime() - start, operations.get());
    }

    private static void report(String who, long nanos, long operations) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d metadata operations | %,.0f ms | %.1f at a time |%n",
                who,
                operations,
                nanos / 1e6,
                operations * (double) LATENCY_NANOS / nanos);
    }

    private static void fill(RwxVolume volume) throws IOException {
        volume.populate("0755 2001:2001 - projects/\n0755 2001:2001 - projects/" + A + "/\n0755 2001:2001 - projects/"
                + B + "/\n");
        Path tree = volume.mount(Mount.as(2001, 2001)).getPath("/projects/" + A + "/tree");
        for (int i = 0; i < FILES; i++) {
            Path directory = tree.resolve("d" + i % DIRECTORIES);
            Files.createDirectories(directory);
            Files.write(directory.resolve("file" + i), new byte[4096]);
        }
    }

    /** What rsync does with each file: a look at source and target, a temporary file, its attributes, a rename. */
    private static void sequential(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(from)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            Path target = to.resolve(from.relativize(path).toString());
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (attributes.isDirectory()) {
                Files.createDirectory(target);
            } else {
                Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
                Files.write(temporary, Files.readAllBytes(path));
                Files.setLastModifiedTime(temporary, attributes.lastModifiedTime());
                Files.setPosixFilePermissions(temporary, attributes.permissions());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
