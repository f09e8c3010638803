package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.ByteNames;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes what the target has and the source lacks. */
public final class MissingFiles {

    /** How many levels of directories are open when what is excluded must stay. */
    private static final int MOST_LEVELS = 200;

    private final CopyRun run;

    MissingFiles(CopyRun run) {
        this.run = run;
    }

    void delete(Worker worker, TreeNode node) throws IOException {
        OpenDirectory target = node.target();
        try (OpenDirectory listed = target.again(run.dot())) {
            Iterator<Path> names = listed.names();
            while (OpenDirectory.hasNext(names)) {
                worker.checkStopped();
                Path name = names.next();
                byte[] path = node.pathOf(run.names.bytes(name));
                try {
                    FileState source = node.source().find(name);
                    if (source == null || run.excludes(node, name, source.isDirectory())) {
                        deleteOne(worker, node, name, path);
                    }
                } catch (AccessDeniedException e) {
                    // What may not be searched may have the name, and what may not be opened is not deleted.
                    run.tally.skip(run.target.at(path), SkipReason.NOT_DELETED);
                }
            }
        }
    }

    private void deleteOne(Worker worker, TreeNode node, Path name, byte[] path) throws IOException {
        OpenDirectory target = node.target();
        FileState state = target.find(name);
        if (state == null || run.keepsInTarget(path, name, state.isDirectory())) {
            return;
        }
        if (state.isDirectory() && run.holdsSource(state.key())) {
            run.tally.skip(run.target.at(path), SkipReason.HOLDS_THE_SOURCE);
            return;
        }
        run.keepLock();
        if (!state.isDirectory() && !run.mayKeep(target, node, name)) {
            run.tally.skip(run.target.at(path), SkipReason.NO_BACKUP);
        } else if (!state.isDirectory()) {
            makeWay(target, node, name, mode());
            run.tally.deleted.incrementAndGet();
        } else if (run.keepsNothingIn(path)) {
            discard(worker, target, name, path, state);
            run.tally.deleted.incrementAndGet();
        } else {
            Emptying emptying = new Emptying(worker, path, mode());
            if (!emptying.empty(target, name)) {
                run.tally.skip(run.target.at(path), SkipReason.NOT_DELETED);
            }
            run.tally.deleted.addAndGet(emptying.deleted);
        }
    }

    /** Whether something happens. */
    private enum Mode {
        DELETE,
        PRETEND
    }

    private Mode mode() {
        return run.options.dryRun ? Mode.PRETEND : Mode.DELETE;
    }

    /** Whether a directory could be deleted with all that it holds, as nothing in there is excluded or kept. */
    boolean wouldGo(Worker worker, OpenDirectory parent, Path name, byte[] path) throws IOException {
        return new Emptying(worker, path, Mode.PRETEND).empty(parent, name);
    }

    private void makeWay(OpenDirectory directory, @Nullable TreeNode node, Path name, Mode mode) throws IOException {
        if (mode == Mode.DELETE) {
            run.makeWay(directory, node, name);
        }
    }

    private void discard(Worker worker, OpenDirectory target, Path name, byte[] path, FileState state)
            throws IOException {
        if (!run.options.dryRun) {
            run.staging().discard(worker, target, name);
        } else if (!state.mode().contains(PosixFilePermission.OWNER_WRITE)) {
            // Discarding it would give it the right to be moved first.
            worker.enter(target, name, () -> run.target.foreign(path)).close();
        }
    }

    /** A directory whose contents must be looked at one by one. */
    private static final class Level {
        final Path name;
        final byte[] path;
        final OpenDirectory directory;
        final Iterator<Path> names;

        /** The mode that it had, if it needed more rights to be emptied. */
        final @Nullable Set<PosixFilePermission> modeBefore;

        boolean kept;

        /** How many entries of directories in it went; the directory itself counts for all of them if it goes. */
        long deleted;

        Level(Path name, byte[] path, OpenDirectory directory, @Nullable Set<PosixFilePermission> modeBefore) {
            this.name = name;
            this.path = path;
            this.directory = directory;
            this.names = directory.names();
            this.modeBefore = modeBefore;
        }
    }

    /** Deletes a directory but for what is excluded or kept as a backup. */
    private final class Emptying {
        private final Worker worker;
        private final byte[] top;
        private final Mode mode;
        private final Deque<Level> levels = new ArrayDeque<>();

        /** How many entries of directories went, each with what it held. */
        long deleted;

        Emptying(Worker worker, byte[] top, Mode mode) {
            this.worker = worker;
            this.top = top;
            this.mode = mode;
        }

        /** True if the directory itself is gone. */
        boolean empty(OpenDirectory parent, Path name) throws IOException {
            enter(parent, name, top);
            try {
                while (true) {
                    Level level = levels.element();
                    if (OpenDirectory.hasNext(level.names)) {
                        step(level);
                        continue;
                    }
                    levels.pop();
                    boolean gone = leave(level, levels.isEmpty() ? parent : levels.element().directory);
                    long less = gone ? 1 : level.deleted;
                    if (levels.isEmpty()) {
                        deleted = less;
                        return gone;
                    }
                    levels.element().kept |= !gone;
                    levels.element().deleted += less;
                }
            } finally {
                for (Level level : levels) {
                    level.directory.close();
                }
            }
        }

        private void enter(OpenDirectory parent, Path name, byte[] path) throws IOException {
            OpenDirectory directory = worker.enter(parent, name, () -> run.target.foreign(top));
            try {
                Set<PosixFilePermission> before = directory.state().mode();
                boolean usable = mode == Mode.PRETEND || before.containsAll(TargetDirectories.USABLE);
                if (!usable) {
                    Set<PosixFilePermission> more = EnumSet.copyOf(TargetDirectories.USABLE);
                    more.addAll(before);
                    directory.setOwnMode(more);
                }
                levels.push(new Level(name, path, directory, usable ? null : before));
            } catch (IOException e) {
                directory.close();
                throw e;
            }
        }

        private void step(Level level) throws IOException {
            worker.checkStopped();
            Path name = level.names.next();
            FileState state = level.directory.find(name);
            if (state == null) {
                return;
            }
            byte[] path = ByteNames.join(level.path, run.names.bytes(name));
            if (run.keepsInTarget(path, name, state.isDirectory())) {
                level.kept = true;
            } else if (!state.isDirectory()) {
                level.kept |= run.options.keepingBackups;
                if (run.mayKeep(level.directory, null, name)) {
                    makeWay(level.directory, null, name, mode);
                    level.deleted++;
                } else {
                    run.tally.skip(run.target.at(path), SkipReason.NO_BACKUP);
                }
            } else if (levels.size() >= MOST_LEVELS) {
                level.kept = true;
            } else {
                enterOrKeep(level, name, path);
            }
        }

        private void enterOrKeep(Level level, Path name, byte[] path) throws IOException {
            try {
                enter(level.directory, name, path);
            } catch (AccessDeniedException e) {
                // Nothing can be said of what is in it, and the others go.
                level.kept = true;
            }
        }

        /** True if the directory is gone, or would be. */
        private boolean leave(Level level, OpenDirectory parent) throws IOException {
            try (OpenDirectory directory = level.directory) {
                boolean gone = !level.kept && (mode == Mode.PRETEND || remove(parent, level.name));
                Set<PosixFilePermission> before = level.modeBefore;
                if (!gone && before != null) {
                    directory.setOwnMode(before);
                }
                if (!gone && mode == Mode.DELETE) {
                    // The source lacks it, so nobody else does.
                    run.force(directory);
                }
                return gone;
            }
        }
    }

    private static boolean remove(OpenDirectory parent, Path name) throws IOException {
        try {
            parent.deleteDirectory(name);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
