package com.cocalc.storage.files.share;

import com.cocalc.storage.ProjectId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The locks of shares: one publisher of a share at a time, also among several hosts that mount the same claim.
 *
 * <p>A lock is a file {@code <project>.<generation>} in a directory that publishers alone see. Its age is measured with
 * the clock of the file system: its own time against that of a file made just now. So the clocks of hosts may disagree
 * by years; a host's clock only tells its own publisher how long ago it renewed its lock.
 *
 * <p>A lock that has not been renewed for the length of the lease was left by a publisher that is gone. The next one
 * makes the file of the next generation, which only one can make, looks again, and removes the old one. A publisher
 * that then finds somebody else there as well withdraws.
 */
public final class ShareLocks {

    private static final String PROBE = "probe";

    /** As many as a publisher makes; what else is there, such as an editor's copy, is no lock. */
    private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,17}");

    private final Path directory;
    private final Duration lease;
    private final Clock clock;

    /**
     * Creates the locks.
     *
     * @param directory an existing directory that publishers alone write to
     * @param lease how long a publisher may go without renewing its lock
     * @param clock tells each publisher how long ago it renewed its lock
     */
    public ShareLocks(Path directory, Duration lease, Clock clock) {
        this.directory = directory;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * Takes the lock of a share.
     *
     * @throws ShareBusyException if another publisher has it, or takes it at the same moment
     */
    public ShareLock acquire(ProjectId project) throws IOException {
        NavigableMap<Long, FileTime> dead = found(project);
        if (!dead.isEmpty()) {
            requireDead(dead);
        }
        long generation = dead.isEmpty() ? 1 : dead.lastKey() + 1;
        Path own = path(project, generation);
        try {
            Files.createFile(own);
        } catch (FileAlreadyExistsException e) {
            throw new ShareBusyException(e);
        }
        ShareLock lock = new ShareLock(own, path(project, generation + 1), lease, clock);
        try {
            removeDead(project, generation, dead);
            return lock;
        } catch (IOException | RuntimeException e) {
            closeAfter(e, lock);
            throw e;
        }
    }

    private void removeDead(ProjectId project, long generation, Map<Long, FileTime> dead) throws IOException {
        NavigableMap<Long, FileTime> others = found(project);
        others.remove(generation);
        for (Map.Entry<Long, FileTime> other : others.entrySet()) {
            if (!other.getValue().equals(dead.get(other.getKey()))) {
                throw new ShareBusyException();
            }
        }
        for (long other : others.keySet()) {
            Files.deleteIfExists(path(project, other));
        }
    }

    private static void closeAfter(Exception reason, ShareLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private Path path(ProjectId project, long generation) {
        return directory.resolve(project + "." + generation);
    }

    /** The locks that a share has now, each with the time of its last renewal. */
    private NavigableMap<Long, FileTime> found(ProjectId project) throws IOException {
        NavigableMap<Long, FileTime> found = new TreeMap<>();
        String prefix = project + ".";
        try (DirectoryStream<Path> names =
                Files.newDirectoryStream(directory, name -> nameOf(name).startsWith(prefix))) {
            for (Path name : names) {
                String number = nameOf(name).substring(prefix.length());
                if (!GENERATION.matcher(number).matches()) {
                    continue;
                }
                long generation = Long.parseLong(number);
                FileTime renewed = findTime(name);
                if (renewed != null) {
                    found.put(generation, renewed);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void requireDead(Map<Long, FileTime> locks) throws IOException {
        Instant now = now();
        for (FileTime renewed : locks.values()) {
            if (!isPast(renewed, now)) {
                throw new ShareBusyException();
            }
        }
    }

    /** Null if the file has just gone. */
    private static @Nullable FileTime findTime(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private boolean isPast(FileTime time, Instant now) {
        return Duration.between(time.toInstant(), now).compareTo(lease) >= 0;
    }

    /** What the clock of the file system says. */
    private Instant now() throws IOException {
        Path probe = Files.createTempFile(directory, PROBE, "");
        try {
            return Files.getLastModifiedTime(probe).toInstant();
        } finally {
            Files.delete(probe);
        }
    }

    /** Deletes files that publishers have left behind that ended while they asked for the time. */
    public void clear() throws IOException {
        List<Path> probes = probes();
        if (probes.isEmpty()) {
            return;
        }
        Instant now = now();
        for (Path probe : probes) {
            FileTime made = findTime(probe);
            if (made != null && isPast(made, now)) {
                Files.deleteIfExists(probe);
            }
        }
    }

    private List<Path> probes() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> probes =
                Files.newDirectoryStream(directory, name -> nameOf(name).startsWith(PROBE))) {
            probes.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            // Nobody has published anything yet.
            return found;
        }
        return found;
    }
}
