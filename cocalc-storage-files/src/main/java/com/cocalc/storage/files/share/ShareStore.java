package com.cocalc.storage.files.share;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.Staging;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.TrustedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What publishers note beside the shares, in {@code .cocalc-storage} at the root of the shares' mount: a record for
 * each share, its lock, and a place where a whole tree waits until it is exchanged.
 *
 * <p>No project sees this directory, and every name in it is made here, so paths are safe. A record changes by a
 * rename, and is forced before and after.
 */
public final class ShareStore {

    /** The longest record that is read: some ten thousand paths of the usual length. */
    private static final long LONGEST_RECORD = 16 << 20;

    private static final int ID_LENGTH = 36;

    private final Path records;
    private final Path locks;
    private final Path exchanges;
    private final Path staging;

    private final PosixIdentity owner;

    private ShareStore(Path directory, PosixIdentity owner) {
        this.owner = owner;
        records = directory.resolve("records");
        locks = directory.resolve("locks");
        exchanges = directory.resolve("exchanges");
        staging = directory.resolve(Staging.STAGING);
    }

    /** The store of a mount; makes nothing yet. */
    static ShareStore of(Path sharesMount, PosixIdentity owner) {
        return new ShareStore(sharesMount.resolve(Staging.SERVICE_DIRECTORY), owner);
    }

    /** Makes the directories that are missing. */
    public void make() throws IOException {
        Path directory = records.getParent();
        for (Path own : List.of(records, locks, exchanges, staging)) {
            if (directory != null && !TrustedFiles.isDirectory(own)) {
                Staging.makePrivate(directory, owner);
                Staging.makePrivate(own, owner);
                TrustedFiles.force(directory);
            }
        }
    }

    /** Where locks are. */
    public Path locks() {
        return locks;
    }

    /** Where the new and the old tree of an exchange are, each under its name. */
    Path exchange(ProjectId project) {
        return exchanges.resolve(project.toString());
    }

    /** Makes the directory of an exchange, lastingly. */
    void makeExchange(ProjectId project) throws IOException {
        Staging.makePrivate(exchange(project), owner);
        TrustedFiles.force(exchanges);
    }

    /** What is noted about a share; the empty record if nothing is. */
    public ShareRecord read(ProjectId project) throws IOException {
        Path record = records.resolve(project.toString());
        if (!TrustedFiles.exists(record)) {
            return ShareRecord.empty();
        }
        try {
            if (!Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)) {
                throw new DamagedRecordException("it is no file");
            }
            return readFile(record);
        } catch (DamagedRecordException e) {
            throw new DamagedRecordException("the record " + Staging.SERVICE_DIRECTORY + "/records/" + project
                    + " at the root of the shares' mount is damaged (" + e.getMessage() + "), remove it");
        } catch (NoSuchFileException e) {
            return ShareRecord.empty();
        }
    }

    private static ShareRecord readFile(Path record) throws IOException {
        try (FileChannel channel = FileChannel.open(record, StandardOpenOption.READ)) {
            if (channel.size() > LONGEST_RECORD) {
                throw new DamagedRecordException("it has " + channel.size() + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            boolean ended = false;
            while (bytes.hasRemaining() && !ended) {
                ended = channel.read(bytes) < 0;
            }
            return ShareRecord.parse(Arrays.copyOf(bytes.array(), bytes.position()));
        }
    }

    /**
     * Notes this about a share; the empty record is no file. The text is written elsewhere, under a name that nobody
     * else uses, so that a publisher that sleeps in the middle does not write into the record of another.
     *
     * @param lock the lock of the share
     */
    void write(ProjectId project, ShareRecord record, ShareLock lock) throws IOException {
        Path file = records.resolve(project.toString());
        if (record.isEmpty()) {
            lock.keep();
            if (Files.deleteIfExists(file)) {
                TrustedFiles.force(records);
            }
            return;
        }
        byte[] text = record.toBytes();
        if (text.length > LONGEST_RECORD) {
            throw new OperationException(
                    Problem.TOO_MUCH,
                    "the public paths of project " + project + " must take at most " + LONGEST_RECORD
                            + " bytes in its record, but take " + text.length + "; unpublish some of them");
        }
        Path half = Files.createTempFile(staging, "record", "");
        try {
            writeFile(half, text);
            lock.keep();
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
        TrustedFiles.force(records);
    }

    private void writeFile(Path file, byte[] text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            TrustedFiles.give(file, owner);
            channel.force(true);
        }
    }

    /** The projects that something is noted about: a record, a lock or an exchange. */
    public Set<ProjectId> projects() throws IOException {
        Set<ProjectId> projects = new TreeSet<>();
        for (Path directory : List.of(records, locks, exchanges)) {
            if (TrustedFiles.isDirectory(directory)) {
                addProjects(directory, projects);
            }
        }
        return projects;
    }

    private static void addProjects(Path directory, Set<ProjectId> projects) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path name : names) {
                String text = String.valueOf(name.getFileName());
                if (text.length() >= ID_LENGTH) {
                    addProject(text.substring(0, ID_LENGTH), projects);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void addProject(String id, Set<ProjectId> projects) {
        try {
            projects.add(ProjectId.parse(id));
        } catch (InvalidValueException e) {
            // No publisher has made this name, so there is nothing of one to end.
            return;
        }
    }
}
