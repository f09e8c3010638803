package com.cocalc.storage.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Measures what stays in the heap after a full collection: a million files, empty and of 1 KiB, and sparse files. Run
 * {@code FileSystemMemory RWX 0} in a JVM of its own for each peer and size; {@code sparse} as the size makes a
 * thousand files of 1 GiB that hold one page each, at their end.
 */
public final class FileSystemMemory {
    private static final int DIRECTORIES = 1000;
    private static final int FILES = 1000;

    private FileSystemMemory() {}

    /**
     * Measures once.
     *
     * @param arguments the peer, and the size of each file or {@code sparse}
     * @throws IOException if the peer cannot take it
     */
    public static void main(String[] arguments) throws IOException {
        Peer peer = Peer.valueOf(arguments[0]);
        // All code that is measured has run before, so that what it loads counts for nobody.
        Path warm = peer.freshDirectory();
        Files.createFile(warm.resolve("warm"));
        if (arguments[1].equals("sparse")) {
            writeSparse(warm.resolve("sparse"));
        }
        long before = usedBytes();
        Path root = peer.freshDirectory();
        if (arguments[1].equals("sparse")) {
            for (int i = 0; i < FILES; i++) {
                writeSparse(root.resolve("sparse-" + i));
            }
            print(
                    "%s: each of %,d files of 1 GiB with 4 KiB of data keeps %,d bytes%n",
                    peer, FILES, (usedBytes() - before) / FILES);
        } else {
            int size = Integer.parseInt(arguments[1]);
            long nameBytes = fill(root, size);
            long files = (long) DIRECTORIES * FILES;
            double each = (usedBytes() - before - nameBytes - files * size) / (double) files;
            print("%s: a file of %d bytes keeps %.0f bytes beside name and content%n", peer, size, each);
        }
        if (!Files.exists(root) || !Files.exists(warm)) {
            throw new AssertionError("the file system must live until it is measured");
        }
    }

    /** Prints a table of what each peer keeps of a million empty files, of a million of 1 KiB, and of a sparse one. */
    static void compare(List<Peer> peers) throws IOException, InterruptedException {
        print("| kept in memory |%n| --- |%n");
        for (String size : List.of("0", "1024", "sparse")) {
            for (Peer peer : peers) {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx6g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FileSystemMemory.class.getName(),
                                peer.name(),
                                size)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                boolean isMeasured = process.waitFor() == 0;
                print("| %s |%n", isMeasured ? line.trim() : peer + ": fails for " + size);
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    private static long fill(Path root, int size) throws IOException {
        byte[] content = new byte[size];
        long nameBytes = 0;
        for (int i = 0; i < DIRECTORIES; i++) {
            Path directory = Files.createDirectory(root.resolve("directory-" + i));
            for (int k = 0; k < FILES; k++) {
                String name = "file-" + k;
                nameBytes += name.length();
                if (size == 0) {
                    Files.createFile(directory.resolve(name));
                } else {
                    Files.write(directory.resolve(name), content);
                }
            }
        }
        return nameBytes;
    }

    private static void writeSparse(Path file) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position((1L << 30) - 4096).write(ByteBuffer.allocate(4096));
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
