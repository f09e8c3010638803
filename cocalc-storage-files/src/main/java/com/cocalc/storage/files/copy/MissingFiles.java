package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.ByteNames;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

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
                if (node.source().find(name) != null) {
                    continue;
                }
                byte[] path = node.pathOf(run.names.bytes(name));
                try {
                    deleteOne(worker, target, name, path);
                } catch (AccessDeniedException e) {
                    run.tally.skip(run.target.at(path), SkipReason.NOT_DELETED);
                }
            }
        }
    }

    private void deleteOne(Worker worker, OpenDirectory target, Path name, byte[] path) throws IOException {
        FileState state = target.find(name);
        if (state == null || run.keepsInTarget(path, name, state.isDirectory())) {
            return;
        }
        run.keepLock();
        if (run.options.dryRun) {
            run.tally.deleted.incrementAndGet();
        } else if (!state.isDirectory()) {
            run.makeWay(target, name, state);
            run.tally.deleted.incrementAndGet();
        } else if (run.keepsNothingIn(path)) {
            run.staging().discard(worker, target, name);
            run.tally.deleted.incrementAndGet();
        } else if (deleteInside(worker, target, name, path)) {
            run.tally.deleted.incrementAndGet();
        } else {
            run.tally.skip(run.target.at(path), SkipReason.NOT_DELETED);
        }
    }

    /** A directory whose contents must be looked at one by one. */
    private static final class Level {
        final Path name;
        final byte[] path;
        final OpenDirectory directory;
        final Iterator<Path> names;
        boolean kept;

        Level(Path name, byte[] path, OpenDirectory directory) {
            this.name = name;
            this.path = path;
            this.directory = directory;
            this.names = directory.names();
        }
    }

    /** Deletes a directory but for what is excluded or kept as a backup; true if the directory itself is gone. */
    private boolean deleteInside(Worker worker, OpenDirectory parent, Path first, byte[] firstPath) throws IOException {
        Deque<Level> levels = new ArrayDeque<>();
        Supplier<ForeignName> foreign = () -> run.target.foreign(firstPath);
        levels.push(new Level(first, firstPath, worker.enter(parent, first, foreign)));
        try {
            while (true) {
                Level level = levels.element();
                if (OpenDirectory.hasNext(level.names)) {
                    step(worker, levels, level, foreign);
                    continue;
                }
                levels.pop();
                level.directory.close();
                boolean gone = !level.kept && remove(levels.isEmpty() ? parent : levels.element().directory, level);
                if (levels.isEmpty()) {
                    return gone;
                }
                levels.element().kept |= !gone;
            }
        } finally {
            for (Level level : levels) {
                level.directory.close();
            }
        }
    }

    private void step(Worker worker, Deque<Level> levels, Level level, Supplier<ForeignName> foreign)
            throws IOException {
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
            run.makeWay(level.directory, name, state);
            level.kept |= run.options.keepingBackups;
        } else if (levels.size() >= MOST_LEVELS) {
            level.kept = true;
        } else {
            levels.push(new Level(name, path, worker.enter(level.directory, name, foreign)));
        }
    }

    private static boolean remove(OpenDirectory parent, Level level) throws IOException {
        try {
            parent.deleteDirectory(level.name);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
