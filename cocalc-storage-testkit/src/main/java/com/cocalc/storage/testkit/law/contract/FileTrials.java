package com.cocalc.storage.testkit.law.contract;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import com.cocalc.storage.testkit.law.contract.Bench.CannotTry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Trials of one client with files. */
final class FileTrials {

    private static final int WRITERS = 4;
    private static final int TIMES = 50;
    private static final int RECORD = 100;
    private static final FileTime MOMENT = FileTime.fromMillis(1_000_000_000_000L);

    static final List<RwxTrial> ALL = List.of(
            RwxTrial.ofOne(
                    new Law(
                            "create-exclusive",
                            "of several who create the same new file exactly one succeeds",
                            "check the server's version: lock files and claims of work depend on it"),
                    FileTrials::createExclusive),
            RwxTrial.ofOne(
                    new Law(
                            "append-adds",
                            "what several programs of one client append to a file is all there, each record whole",
                            "check the client's mount options"),
                    FileTrials::append),
            RwxTrial.ofOne(
                    new Law(
                            "unlinked-but-open",
                            "a file that its client removes can be read on while it is open",
                            "check the client: it must keep removed files, as NFS does under .nfs names"),
                    FileTrials::unlinkedButOpen),
            RwxTrial.ofOne(
                    new Law(
                            "modes-are-kept",
                            "a mode that is set is the mode that is read",
                            "use a file system with POSIX modes, and no mount option that fixes them"),
                    FileTrials::modesAreKept),
            RwxTrial.ofOne(
                    new Law(
                            "modes-are-enforced",
                            "a file without read permission cannot be read, a directory without write permission not"
                                    + " changed",
                            "mount without options like noperm, and let the server check"),
                    FileTrials::modesAreEnforced),
            RwxTrial.ofOne(
                    new Law(
                            "times-are-kept",
                            "a modification time that is set is the time that is read, to the second",
                            "check the server; rsync and make depend on it"),
                    FileTrials::timesAreKept),
            RwxTrial.ofOne(
                    new Law(
                            "holes-are-zeros",
                            "what was never written between two written places reads as zeros",
                            "check the server"),
                    FileTrials::holes),
            RwxTrial.ofOne(
                    new Law(
                            "force-succeeds",
                            "a file can be forced to the storage",
                            "look for a full volume, a quota or a lost server"),
                    FileTrials::force),
            RwxTrial.ofOne(
                    new Law(
                            "locks-exclude",
                            "a lock can be taken, excludes others, and can be taken again after it is released",
                            "start the lock service of the server, and mount without nolock"),
                    FileTrials::locks));

    private FileTrials() {}

    private static void createExclusive(Bench bench) throws IOException, Broken {
        for (int i = 0; i < TIMES; i++) {
            Path file = bench.first().resolve("lock-" + i);
            List<Together.Work<Boolean>> works = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                works.add(() -> isCreatedNow(file));
            }
            long winners =
                    Together.run(works).stream().filter(created -> created).count();
            bench.finds(WRITERS + " who create " + file.getFileName(), 1L, () -> winners);
        }
    }

    static boolean isCreatedNow(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void append(Bench bench) throws IOException, Broken {
        Path file = Files.createFile(bench.first().resolve("log"));
        List<Together.Work<String>> works = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String record = record(writer);
            works.add(() -> append(file, record));
        }
        Together.run(works);
        expectRecords(bench, file, WRITERS);
    }

    static String record(int writer) {
        return String.valueOf((char) ('a' + writer)).repeat(RECORD - 1) + "\n";
    }

    static String append(Path file, String record) throws IOException {
        try (FileChannel channel = FileChannel.open(file, APPEND)) {
            for (int i = 0; i < TIMES; i++) {
                channel.write(ByteBuffer.wrap(record.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return record;
    }

    static void expectRecords(Bench bench, Path file, int writers) throws IOException, Broken {
        List<String> lines = Files.readAllLines(file);
        bench.finds("records of " + writers + " writers", writers * TIMES, lines::size);
        for (int writer = 0; writer < writers; writer++) {
            String record = record(writer).strip();
            bench.finds(
                    "whole records of writer " + (writer + 1),
                    (long) TIMES,
                    () -> lines.stream().filter(record::equals).count());
        }
    }

    private static void unlinkedButOpen(Bench bench) throws IOException, Broken {
        Path file = Files.writeString(bench.first().resolve("file"), "still here");
        try (FileChannel channel = FileChannel.open(file, READ)) {
            bench.does("removing an open file", () -> Files.delete(file));
            bench.finds("the name afterwards", false, () -> Files.exists(file));
            bench.finds("the open file", "still here", () -> read(channel));
        }
    }

    static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        int length = channel.read(buffer, 0);
        return new String(buffer.array(), 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    }

    private static void modesAreKept(Bench bench) throws IOException, Broken {
        Path file = Files.createFile(bench.first().resolve("file"));
        for (String mode : List.of("rwxr-x--x", "r--------", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            bench.finds("the mode", mode, () -> PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    private static void modesAreEnforced(Bench bench) throws IOException, Broken, CannotTry {
        Path file = Files.writeString(bench.first().resolve("file"), "secret");
        if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
            throw new CannotTry("root may do everything; run it as another user");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        bench.isRefused("reading a file of mode 0000", () -> Files.readString(file), Reason.DENIED);
        bench.isRefused(
                "writing a file of mode 0000",
                () -> FileChannel.open(file, WRITE).close(),
                Reason.DENIED);
        Path directory = Files.createDirectory(bench.first().resolve("directory"));
        Path inside = Files.createFile(directory.resolve("inside"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        bench.isRefused(
                "creating in a directory of mode 0500", () -> Files.createFile(directory.resolve("x")), Reason.DENIED);
        bench.isRefused("removing from a directory of mode 0500", () -> Files.delete(inside), Reason.DENIED);
    }

    private static void timesAreKept(Bench bench) throws IOException, Broken {
        Path file = Files.createFile(bench.first().resolve("file"));
        Files.setLastModifiedTime(file, MOMENT);
        bench.finds(
                "the time",
                MOMENT.toInstant(),
                () -> Files.getLastModifiedTime(file).toInstant());
    }

    private static void holes(Bench bench) throws IOException, Broken {
        Path file = bench.first().resolve("file");
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 0);
            channel.write(ByteBuffer.wrap(new byte[] {2}), 100_000);
        }
        byte[] bytes = Files.readAllBytes(file);
        bench.finds("the size", 100_001, () -> bytes.length);
        for (int i = 1; i < 100_000; i++) {
            if (bytes[i] != 0) {
                throw new Broken("byte " + i, Byte.toString(bytes[i]), "0");
            }
        }
    }

    private static void force(Bench bench) throws IOException, Broken {
        try (FileChannel channel = FileChannel.open(bench.first().resolve("file"), CREATE_NEW, WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[100]));
            bench.does("force(true)", () -> channel.force(true));
        }
    }

    private static void locks(Bench bench) throws IOException, Broken {
        Path file = Files.createFile(bench.first().resolve("file"));
        try (FileChannel holder = FileChannel.open(file, READ, WRITE);
                FileChannel other = FileChannel.open(file, READ, WRITE)) {
            FileLock lock = holder.lock();
            bench.finds("a second lock", true, () -> isRefused(other));
            lock.release();
            bench.finds("a lock after the release", false, () -> isRefused(other));
        }
    }

    /**
     * Returns whether a lock is refused. The JDK throws an exception for a lock of the same JVM, and returns null for
     * one of others.
     */
    static boolean isRefused(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                lock.release();
            }
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
