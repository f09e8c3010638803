package com.cocalc.storage.files.share;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.KeptPaths;
import com.cocalc.storage.files.copy.Staging;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OpenLimit;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.files.tree.TrustedFiles;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Puts a whole new tree in the place of an old one.
 *
 * <p>Java cannot exchange two names at once, so the old tree is moved aside and the new one moved in: between these two
 * renames visitors see nothing at the path. The record of the share names the path before the first rename and until
 * after the second, so whoever finds it there after a crash knows what to do.
 */
public final class Exchange {

    private final ShareStore store;
    private final ShareTree tree;
    private final ProjectId project;
    private final ShareLock lock;
    private final Path directory;
    private final Path newTree;
    private final Path oldTree;

    Exchange(ShareStore store, ShareTree tree, ProjectId project, ShareLock lock) {
        this.store = store;
        this.tree = tree;
        this.project = project;
        this.lock = lock;
        this.directory = store.exchange(project);
        this.newTree = directory.resolve("new");
        this.oldTree = directory.resolve("old");
    }

    /**
     * Begins a new tree with all that the old one has.
     *
     * @param path what it will replace
     * @param kept what the old one has and the source lacks, and what stays nevertheless
     * @param wanted called again and again, ends this with an exception
     */
    void beginWithOld(TreePath path, KeptPaths kept, Runnable wanted) throws IOException {
        begin();
        // The copy forces what it touches; what others publish is not touched by it.
        SecondTree.make(
                tree.path(path),
                newTree,
                kept.paths().isEmpty() ? SecondTree.Lasting.LATER : SecondTree.Lasting.FORCED,
                tree.owner(),
                wanted);
    }

    /** Begins a new tree with nothing. */
    void begin() throws IOException {
        store.makeExchange(project);
    }

    /** Puts the new tree in place, and notes the path as published. */
    void finish(TreePath path) throws IOException {
        tree.makeParents(path);
        TrustedFiles.force(directory);
        lock.keep();
        store.write(project, store.read(project).exchanging(path), lock);
        moveIn(path);
        settle(path, true);
    }

    private void moveIn(TreePath path) throws IOException {
        Path place = tree.path(path);
        boolean aside =
                TrustedFiles.exists(place) && (TrustedFiles.isDirectory(place) || TrustedFiles.isDirectory(newTree));
        TrustedFiles.makeWritable(place);
        Set<PosixFilePermission> mode = TrustedFiles.makeWritable(newTree);
        // Opened before the lock is looked at: if another publisher takes over right after that, this directory is
        // gone, and the one that has its name by then is not touched.
        try (OpenDirectory own = OpenDirectory.ofTrusted(directory);
                OpenDirectory above = OpenDirectory.ofTrusted(tree.parent(path))) {
            lock.keep();
            exchange(own, above, place.getFileName(), aside);
        }
        if (mode != null) {
            Files.setPosixFilePermissions(place, mode);
        }
    }

    private void exchange(OpenDirectory own, OpenDirectory above, Path name, boolean aside) throws IOException {
        Path old = oldTree.getFileName();
        if (aside) {
            above.move(name, own, old);
        }
        // Nothing may come between these two: visitors see a gap.
        try {
            own.move(newTree.getFileName(), above, name);
        } catch (IOException e) {
            if (aside) {
                moveBack(own, old, above, name, e);
            }
            throw e;
        }
    }

    private static void moveBack(OpenDirectory own, Path old, OpenDirectory above, Path name, IOException reason) {
        try {
            own.move(old, above, name);
        } catch (IOException e) {
            // The record names the exchange, so the next publication or recovery ends it.
            reason.addSuppressed(e);
        }
    }

    private void settle(TreePath path, boolean published) throws IOException {
        if (TrustedFiles.isDirectory(directory)) {
            TrustedFiles.force(directory);
        }
        tree.forceParents(path);
        lock.keep();
        ShareRecord record = store.read(project).exchanged();
        store.write(project, published ? record.with(path) : record, lock);
    }

    /** Ends an exchange that a crash has left: with the new tree if the old one was moved aside, else with the old. */
    void recover(OpenLimit openLimit) throws IOException {
        TreePath path = store.read(project).exchange().orElse(null);
        if (path != null) {
            if (!TrustedFiles.exists(tree.path(path)) && TrustedFiles.exists(oldTree)) {
                tree.makeParentsWritable(path);
                TrustedFiles.move(TrustedFiles.exists(newTree) ? newTree : oldTree, tree.path(path));
            }
            settle(path, isInPlace(tree.path(path)));
        }
        clear(openLimit);
    }

    /** Whether the new tree is where it belongs. A crash may leave a file that was moved with both of its names. */
    private boolean isInPlace(Path place) throws IOException {
        return TrustedFiles.exists(place) && (!TrustedFiles.exists(newTree) || TrustedFiles.areSame(place, newTree));
    }

    /** Deletes what is left of both trees. */
    void clear(OpenLimit openLimit) throws IOException {
        if (!TrustedFiles.isDirectory(directory)) {
            Files.deleteIfExists(directory);
        } else {
            Staging left = Staging.abandoned(directory);
            try {
                new Workers(1, openLimit, new Stopwatch()).run(worker -> left.clear(worker, lock), () -> {});
            } finally {
                left.close();
            }
        }
    }
}
