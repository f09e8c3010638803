package com.cocalc.storage.files;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one share, which publishers alone change: so names in it are used by path. Directories disappear by
 * a rename into a staging directory, and are deleted there.
 */
final class ShareTree {

    private final MountedTree mount;
    private final List<byte[]> own;
    private final ShareLock lock;

    /**
     * Creates the view of a share.
     *
     * @param mount the mount of all shares
     * @param own the names from its root to the share
     * @param lock the lock of the share, which is held
     */
    ShareTree(MountedTree mount, List<byte[]> own, ShareLock lock) {
        this.mount = mount;
        this.own = List.copyOf(own);
        this.lock = lock;
    }

    /** A part of the share that is treated as a tree of its own. */
    ShareTree at(FilePath path) {
        return new ShareTree(mount, names(path), lock);
    }

    private List<byte[]> names(FilePath path) {
        List<byte[]> names = new ArrayList<>(own);
        names.addAll(path.names());
        return names;
    }

    /**
     * A path in it as the target of a copy.
     *
     * @param shown how messages name it: its path in the share
     */
    Place place(FilePath path, ProjectId project, FilePath shown) {
        List<byte[]> names = names(path);
        return new Place(mount, names, names.size(), 0, new Site(project, shown, true));
    }

    Path path(FilePath path) {
        return resolve(resolve(mount.root(), own), path.names());
    }

    private Path resolve(Path from, List<byte[]> names) {
        Path path = from;
        for (byte[] name : names) {
            path = path.resolve(mount.names().of(name));
        }
        return path;
    }

    static boolean exists(Path path) throws IOException {
        return find(path) != null;
    }

    static boolean isDirectory(Path path) throws IOException {
        BasicFileAttributes found = find(path);
        return found != null && found.isDirectory();
    }

    /** Unlike Files.exists, this does not take an error of the file system for an answer. */
    private static @Nullable BasicFileAttributes find(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Lets a directory be moved: that changes its "..", which needs the right to write to it.
     *
     * @return the mode that it had, or null if nothing had to change
     */
    static @Nullable Set<PosixFilePermission> makeMovable(Path path) throws IOException {
        if (!isDirectory(path)) {
            return null;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (mode.contains(PosixFilePermission.OWNER_WRITE)) {
            return null;
        }
        Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        writable.addAll(mode);
        Files.setPosixFilePermissions(path, writable);
        return mode;
    }

    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the directories above a path that are missing. */
    void makeParents(FilePath path) throws IOException {
        Path directory = mount.root();
        List<byte[]> names = names(path);
        for (byte[] name : names.subList(0, names.size() - 1)) {
            Path next = directory.resolve(mount.names().of(name));
            if (!exists(next)) {
                Files.createDirectory(next);
                ShareStore.force(directory);
            }
            directory = next;
        }
    }

    /** Makes the name of a path, and those above it, last. */
    void forceParents(FilePath path) throws IOException {
        Path directory = path(path).getParent();
        while (directory != null && directory.startsWith(mount.root())) {
            ShareStore.force(directory);
            directory = directory.getParent();
        }
    }

    /**
     * Removes a path with all that lies below, but for what is kept, and then the directories above that are empty.
     *
     * @param kept relative to the path
     */
    void remove(FilePath path, KeptPaths kept, PosixIdentity identity, Duration openLimit) throws IOException {
        clear(path, kept, identity, openLimit);
        removeEmptyParents(path);
    }

    /**
     * Removes a path with all that lies below, but for what is kept.
     *
     * @param kept relative to the path
     */
    void clear(FilePath path, KeptPaths kept, PosixIdentity identity, Duration openLimit) throws IOException {
        if (!exists(path(path))) {
            return;
        }
        Tally tally = new Tally();
        Staging staging = Staging.open(mount.root(), identity, tally);
        try {
            Deque<FilePath> left = new ArrayDeque<>(List.of(FilePath.home()));
            while (!left.isEmpty()) {
                FilePath below = left.pop();
                Path place = path(path.resolve(below));
                if (kept.keeps(below.toBytes()) || !exists(place)) {
                    continue;
                }
                if (kept.reachesInto(below.toBytes()) && isDirectory(place)) {
                    addEntries(place, below, left);
                } else {
                    lock.keep();
                    makeMovable(place);
                    move(place, staging.freshPath());
                    ShareStore.force(parent(place));
                }
            }
        } finally {
            new Workers(1, openLimit, new Stopwatch()).run(staging::clear, () -> {});
            staging.close();
        }
    }

    private void addEntries(Path directory, FilePath below, Deque<FilePath> left) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                left.push(below.resolve(FilePath.ofNames(mount.names().bytes(name))));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void removeEmptyParents(FilePath path) throws IOException {
        int names = path.names().size();
        Path directory = path(path);
        for (int i = 0; i < names; i++) {
            directory = parent(directory);
            try {
                if (Files.deleteIfExists(directory)) {
                    ShareStore.force(parent(directory));
                }
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("the root of a mount has no parent in it");
        }
        return parent;
    }
}
