package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OpenLimit;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TrustedFiles;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Deletes staging directories whose operation is no more. */
public final class Recovery {

    private Recovery() {}

    public static void recover(MountedTree tree, Duration unused, OpenLimit openLimit) {
        openLimit.requireThreads(List.of());
        Path all = tree.root().resolve(Staging.SERVICE_DIRECTORY).resolve(Staging.STAGING);
        try {
            for (Path operation : abandoned(all, unused)) {
                clear(operation, openLimit);
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever staged here.
            return;
        } catch (IOException e) {
            throw OperationException.of("clearing", "the staging directory", e);
        }
    }

    private static void clear(Path operation, OpenLimit openLimit) throws IOException {
        try {
            if (!TrustedFiles.isDirectory(operation)) {
                Files.deleteIfExists(operation);
            } else {
                Staging staging = Staging.abandoned(operation);
                try {
                    new Workers(1, openLimit, new Stopwatch())
                            .run(worker -> staging.clear(worker, CopyGuard.NONE), () -> {});
                } finally {
                    staging.close();
                }
            }
        } catch (NoSuchFileException e) {
            // Its operation, or another recovery, has cleared it in the meantime.
            return;
        }
    }

    /** Compares times of the file system with a time of the file system: clocks of machines may disagree. */
    private static List<Path> abandoned(Path all, Duration unused) throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> operations = new ArrayList<>();
        try (OpenDirectory open = OpenDirectory.ofTrusted(all)) {
            Iterator<Path> names = open.names();
            while (OpenDirectory.hasNext(names)) {
                operations.add(all.resolve(names.next()));
            }
        }
        if (operations.isEmpty()) {
            return found;
        }
        // If this process ends here, it is one more directory that a later recovery deletes.
        Path probe = Files.createTempDirectory(all, "now");
        Instant now;
        try {
            now = Files.getLastModifiedTime(probe, LinkOption.NOFOLLOW_LINKS).toInstant();
        } finally {
            Files.deleteIfExists(probe);
        }
        for (Path operation : operations) {
            if (isUnused(operation, unused, now)) {
                found.add(operation);
            }
        }
        return found;
    }

    private static boolean isUnused(Path operation, Duration unused, Instant now) throws IOException {
        try {
            FileTime last = lastUse(operation);
            return Duration.between(last.toInstant(), now).compareTo(unused) >= 0;
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // It ended just now.
            return false;
        }
    }

    /** The newest sign of life of an operation's directory, by the clock of the file system. */
    private static FileTime lastUse(Path operation) throws IOException {
        FileTime newest = changed(operation);
        if (!TrustedFiles.isDirectory(operation)) {
            return newest;
        }
        try (OpenDirectory open = OpenDirectory.ofTrusted(operation)) {
            Iterator<Path> names = open.names();
            while (OpenDirectory.hasNext(names)) {
                FileTime one = changed(operation.resolve(names.next()));
                newest = one.compareTo(newest) > 0 ? one : newest;
            }
        }
        return newest;
    }

    /** Not the time of modification, which a finished file has from its source. */
    private static FileTime changed(Path path) throws IOException {
        return (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    }
}
