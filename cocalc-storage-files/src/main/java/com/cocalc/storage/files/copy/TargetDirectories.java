package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target's directories.
 *
 * <p>A directory that the target lacks is filled in the staging directory and moved in when its own files are complete,
 * or so many that they should not be lost in a crash; its files need no rename each. Every other file is written in the
 * staging directory and moved over the old one.
 */
final class TargetDirectories {

    private static final int MOST_STAGED_FILES = 4096;
    private static final long MOST_STAGED_BYTES = 64L << 20;

    static final Set<PosixFilePermission> USABLE = PosixFilePermissions.fromString("rwx------");

    private final CopyRun run;
    private final Handles handles;

    TargetDirectories(CopyRun run, Handles handles) {
        this.run = run;
        this.handles = handles;
    }

    /**
     * Opens a directory's counterpart, or makes it; false if it is missing and nothing shall be made.
     *
     * @param making whether the pass makes directories
     */
    boolean open(Worker worker, TreeNode parent, TreeNode node, boolean making) throws IOException {
        OpenDirectory above = parent.findTarget();
        FileState there = above == null ? null : above.find(node.targetName);
        if (there != null && there.isDirectory() && above != null) {
            OpenDirectory target = enter(worker, above, node);
            if (target == null) {
                return false;
            }
            node.target = target;
            FileState state = target.state();
            node.targetKey = state.key();
            node.existed = true;
            node.modeBefore = state.mode();
            if (run.isSource(state.key())) {
                throw new OperationException(
                        Problem.INTO_ITSELF, run.target.place(node.path()) + " is the source of the copy");
            }
            if (!run.options.dryRun) {
                makeUsable(node);
            }
            return true;
        }
        if (there != null && above != null && !run.mayKeep(above, parent, node.targetName)) {
            skip(node, SkipReason.NO_BACKUP);
            return false;
        }
        if (!making) {
            // A dry run has made none of the new directories, and counts what is in them nevertheless.
            return run.options.dryRun;
        }
        run.tally.directories.incrementAndGet();
        if (run.options.dryRun) {
            return true;
        }
        Staging staging = run.staging();
        Path staged = staging.freshName();
        OpenDirectory made = staging.makeDirectory(staged, run.directoryMode(node));
        node.target = made;
        node.targetKey = made.state().key();
        node.stagedAs = staged;
        return true;
    }

    /** Adds the rights that filling a directory needs; {@link #settle} takes them away again. */
    void makeUsable(TreeNode node) throws IOException {
        Set<PosixFilePermission> mode = node.target().state().mode();
        if (!mode.containsAll(USABLE)) {
            Set<PosixFilePermission> usable = EnumSet.copyOf(USABLE);
            usable.addAll(mode);
            run.keepLock();
            node.target().setOwnMode(usable);
        }
    }

    private @Nullable OpenDirectory enter(Worker worker, OpenDirectory above, TreeNode node) throws IOException {
        try {
            return worker.enter(above, node.targetName, () -> run.target.foreign(node.path()));
        } catch (AccessDeniedException e) {
            skip(node, SkipReason.TARGET_CLOSED);
            return null;
        }
    }

    private void skip(TreeNode node, SkipReason reason) {
        run.tally.skip(run.source.at(node.path()), reason);
    }

    /** Moves a directory that was filled in the staging directory to where it belongs. */
    void place(Worker worker, TreeNode node) throws IOException {
        node.placing.writeLock().lock();
        try {
            Path staged = node.stagedAs;
            TreeNode parent = node.parent;
            if (staged == null || parent == null) {
                return;
            }
            run.force(node.target());
            handles.acquire(worker, parent);
            try {
                moveIn(staged, parent.target(), node);
            } finally {
                handles.release(parent);
            }
            node.stagedAs = null;
        } finally {
            node.placing.writeLock().unlock();
        }
    }

    private void moveIn(Path staged, OpenDirectory above, TreeNode node) throws IOException {
        Staging staging = run.staging();
        run.keepLock();
        FileState there = above.find(node.targetName);
        if (there != null && !there.isDirectory()) {
            run.makeWay(above, node.parent, node.targetName);
        }
        staging.directory().move(staged, above, node.targetName);
    }

    /** Gives a directory the mode and time that it has in the source. */
    void settle(TreeNode node) throws IOException {
        FileState wanted = node.state;
        if (wanted == null) {
            return;
        }
        OpenDirectory target = node.target();
        FileState now = target.state();
        // A new directory was forced before it was moved in, but its sub-directories came after that.
        boolean changed = node.existed || !node.subdirectories.isEmpty();
        if (run.options.keepingTimes && now.modifiedMicros() != wanted.modifiedMicros()) {
            run.keepLock();
            target.setOwnTimes(wanted.modified(), wanted.accessed());
            changed = true;
        }
        Set<PosixFilePermission> before = node.modeBefore;
        Set<PosixFilePermission> mode = run.options.keepingModes || before == null ? run.directoryMode(node) : before;
        if (node.stagedAs != null) {
            // It is moved first: that needs the right to write to it.
            Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
            writable.addAll(mode);
            mode = writable;
        }
        if (!now.mode().equals(mode)) {
            run.keepLock();
            target.setOwnMode(mode);
            changed = true;
        }
        if (changed && node.stagedAs == null) {
            run.force(target);
        }
    }

    /** Counts a file that was written into a directory in the staging directory, and moves that in if it is enough. */
    void staged(Worker worker, TreeNode node, long bytes) throws IOException {
        if (node.stagedFiles.incrementAndGet() >= MOST_STAGED_FILES
                || node.stagedBytes.addAndGet(bytes) >= MOST_STAGED_BYTES) {
            place(worker, node);
        }
    }

    boolean isLarge(long bytes) {
        return bytes >= MOST_STAGED_BYTES;
    }
}
