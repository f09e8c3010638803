package com.cocalc.storage.files.share;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.CopyMeans;
import com.cocalc.storage.files.copy.KeptPaths;
import com.cocalc.storage.files.copy.Staging;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.Site;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.files.tree.TrustedFiles;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The directory of one share, which publishers alone change: so names in it are used by path. Directories disappear by
 * a rename into a staging directory, and are deleted there.
 */
public final class ShareTree {

    private final MountedTree mount;
    private final CopyMeans means;
    private final List<byte[]> own;
    private final ProjectId project;
    private final ShareLock lock;

    /**
     * Creates the view of a share.
     *
     * @param mount the mount of all shares
     * @param means what changing it may use
     * @param own the names from its root to the share
     * @param project whose share it is
     * @param lock the lock of the share, which is held
     */
    ShareTree(MountedTree mount, CopyMeans means, List<byte[]> own, ProjectId project, ShareLock lock) {
        this.mount = mount;
        this.means = means;
        this.own = List.copyOf(own);
        this.project = project;
        this.lock = lock;
    }

    /** A part of the share that is treated as a tree of its own. */
    ShareTree at(TreePath path) {
        return new ShareTree(mount, means, names(path), project, lock);
    }

    /** To whom what is made in it belongs. */
    PosixIdentity owner() {
        return means.identity();
    }

    private List<byte[]> names(TreePath path) {
        List<byte[]> names = new ArrayList<>(own);
        names.addAll(path.names());
        return names;
    }

    /**
     * A path in it as the target of a copy.
     *
     * @param shown how messages name it: its path in the share
     */
    Place place(TreePath path, TreePath shown) {
        List<byte[]> names = names(path);
        return new Place(mount, names, names.size(), 0, new Site(project, shown, true));
    }

    Path path(TreePath path) {
        return resolve(resolve(mount.root(), own), path.names());
    }

    /** The directory above a path. */
    Path parent(TreePath path) {
        return parent(path(path));
    }

    private Path resolve(Path from, List<byte[]> names) {
        Path path = from;
        for (byte[] name : names) {
            path = path.resolve(mount.names().of(name));
        }
        return path;
    }

    /** Makes the directories above a path that are missing. */
    void makeParents(TreePath path) throws IOException {
        Path directory = mount.root();
        List<byte[]> names = names(path);
        for (byte[] name : names.subList(0, names.size() - 1)) {
            Path next = directory.resolve(mount.names().of(name));
            if (!TrustedFiles.exists(next)) {
                Files.createDirectory(next);
                TrustedFiles.give(next, owner());
                TrustedFiles.force(directory);
            }
            directory = next;
        }
    }

    /** Lets the names in the directories above a path change: one that is published has the mode of the project's. */
    void makeParentsWritable(TreePath path) throws IOException {
        Path directory = mount.root();
        List<byte[]> names = names(path);
        for (byte[] name : names.subList(0, names.size() - 1)) {
            directory = directory.resolve(mount.names().of(name));
            TrustedFiles.makeWritable(directory);
        }
    }

    /** Makes the name of a path, and those above it, last, as far as they are there. */
    void forceParents(TreePath path) throws IOException {
        Path directory = path(path).getParent();
        while (directory != null && directory.startsWith(mount.root())) {
            if (TrustedFiles.exists(directory)) {
                TrustedFiles.force(directory);
            }
            directory = directory.getParent();
        }
    }

    /**
     * Removes a path with all that lies below, but for what is kept, and then the directories above that are empty.
     *
     * @param kept relative to the path
     */
    void remove(TreePath path, KeptPaths kept) throws IOException {
        clear(path, kept);
        removeEmptyParents(path);
    }

    /**
     * Removes a path with all that lies below, but for what is kept.
     *
     * @param kept relative to the path
     */
    void clear(TreePath path, KeptPaths kept) throws IOException {
        if (!isThere(path)) {
            return;
        }
        makeParentsWritable(path);
        try (Staging staging = Staging.open(mount.root(), owner(), project, new Tally())) {
            try {
                moveAll(path, kept, staging);
            } finally {
                new Workers(1, means.openLimit(), new Stopwatch()).run(worker -> staging.clear(worker, lock), () -> {});
            }
        }
    }

    /** Whether there is something at a path, and nothing but directories above it. */
    private boolean isThere(TreePath path) throws IOException {
        Path directory = mount.root();
        List<byte[]> names = names(path);
        for (byte[] name : names.subList(0, names.size() - 1)) {
            directory = directory.resolve(mount.names().of(name));
            if (!TrustedFiles.isDirectory(directory)) {
                return false;
            }
        }
        return TrustedFiles.exists(path(path));
    }

    private void moveAll(TreePath path, KeptPaths kept, Staging staging) throws IOException {
        Deque<TreePath> left = new ArrayDeque<>(List.of(TreePath.top()));
        while (!left.isEmpty()) {
            TreePath below = left.pop();
            Path place = path(path.resolve(below));
            if (kept.keeps(below.toBytes()) || !TrustedFiles.exists(place)) {
                continue;
            }
            if (kept.reachesInto(below.toBytes()) && TrustedFiles.isDirectory(place)) {
                TrustedFiles.makeWritable(place);
                addEntries(place, below, left);
            } else {
                lock.keep();
                TrustedFiles.makeWritable(place);
                TrustedFiles.move(place, staging.freshPath());
                TrustedFiles.force(parent(place));
            }
        }
    }

    private void addEntries(Path directory, TreePath below, Deque<TreePath> left) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                left.push(below.resolve(TreePath.ofNames(mount.names().bytes(name))));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void removeEmptyParents(TreePath path) throws IOException {
        int names = path.names().size();
        Path directory = path(path);
        for (int i = 0; i < names; i++) {
            lock.keep();
            directory = parent(directory);
            try {
                if (Files.deleteIfExists(directory)) {
                    TrustedFiles.force(parent(directory));
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
