package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.MovedException;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.StoppedException;
import com.cocalc.storage.files.tree.Way;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies one entry of an open directory, with all that it holds, into another open directory.
 *
 * <p>A directory's files come first, in chunks that any worker takes, then its sub-directories one after the other; the
 * newest job is done first, so few directories are begun at a time. Nothing here calls itself, whatever the depth.
 */
public final class TreeCopy {

    /** What a walk over the source is for. */
    enum Pass {
        /** Adds up what is there. */
        COUNT,
        /** Copies all but further names of files that have several. */
        COPY,
        /** Makes those names. */
        LINK
    }

    private static final int CHUNK = 64;
    private final Pass pass;
    private final CopyRun run;
    private final Handles handles;
    private final TargetDirectories targets;
    private final FileCopy files;
    private final FurtherNames furtherNames;

    TreeCopy(Pass pass, CopyRun run) {
        this.pass = pass;
        this.run = run;
        this.handles = new Handles(run.source, run.target);
        this.targets = new TargetDirectories(run, handles);
        this.files = new FileCopy(run, targets, this);
        this.furtherNames = new FurtherNames(run, handles, targets, files, this);
    }

    /** Begins with an entry of the source's directory. */
    void start(Worker worker, Way source, @Nullable Way target, Path name, Path targetName) throws IOException {
        TreeNode anchor = new TreeNode(
                null,
                name,
                new byte[0],
                targetName,
                null,
                source.directory(),
                target == null ? null : target.directory());
        anchor.existed = true;
        handles.adopt(anchor);
        entry(worker, anchor, name, targetName);
    }

    void close() throws IOException {
        handles.closeAll();
    }

    String sourcePlace(TreeNode node, Path name) {
        return run.source.place(run.pathOf(node, name));
    }

    ForeignName inSource(TreeNode node, Path name) {
        return run.source.foreign(run.pathOf(node, name));
    }

    ForeignName inTarget(TreeNode node, Path name) {
        return run.target.foreign(run.pathOf(node, name));
    }

    void skip(TreeNode node, Path name, SkipReason reason) {
        if (pass != Pass.COUNT) {
            run.tally.skip(run.source.at(run.pathOf(node, name)), reason);
        }
    }

    void skip(TreeEntry entry, SkipReason reason) {
        skip(entry.node(), entry.name(), reason);
    }

    /** One name of an open directory. */
    private void entry(Worker worker, TreeNode node, Path name, Path targetName) throws IOException {
        worker.checkStopped();
        try {
            FileState state = look(node, name);
            if (state == null || (node.parent != null && run.excludes(node, name, state.isDirectory()))) {
                return;
            }
            TreeEntry entry = new TreeEntry(node, name, targetName, state);
            switch (state.kind()) {
                case FILE -> file(worker, entry);
                case DIRECTORY -> directory(worker, node, name, targetName);
                case LINK -> link(worker, entry);
                case SPECIAL -> special(worker, entry);
            }
        } catch (StoppedException | MovedException e) {
            throw e;
        } catch (IOException e) {
            throw OperationException.of("copying", sourcePlace(node, name), e);
        }
    }

    private @Nullable FileState look(TreeNode node, Path name) throws IOException {
        try {
            FileState state = node.source().find(name);
            if (state == null) {
                skip(node, name, SkipReason.GONE);
            }
            return state;
        } catch (AccessDeniedException e) {
            // A directory that may be listed and not searched.
            skip(node, name, SkipReason.UNREADABLE);
            return null;
        }
    }

    private void file(Worker worker, TreeEntry entry) throws IOException {
        switch (pass) {
            case COUNT -> run.count(1, entry.state().size());
            case COPY -> files.copy(worker, entry);
            case LINK -> furtherNames.make(worker, entry);
        }
    }

    private void link(Worker worker, TreeEntry entry) throws IOException {
        switch (pass) {
            case COUNT -> run.count(1, 0);
            case COPY -> files.copyLink(worker, entry);
            case LINK -> {}
        }
    }

    private void special(Worker worker, TreeEntry entry) throws IOException {
        switch (pass) {
            case COUNT, LINK -> {}
            case COPY -> files.leaveOut(worker, entry, SkipReason.SPECIAL);
        }
    }

    private void directory(Worker worker, TreeNode node, Path name, Path targetName) throws IOException {
        if (node.parent == null) {
            enter(worker, node, name, targetName, new byte[0]);
        } else {
            node.subdirectories.add(run.names.bytes(name));
        }
    }

    /** Opens a directory on both sides and lists it. */
    private void enter(Worker worker, TreeNode parent, Path name, Path targetName, byte[] bytes) throws IOException {
        OpenDirectory source = openSource(worker, parent, name);
        if (source == null) {
            return;
        }
        TreeNode node;
        try {
            FileState state = source.state();
            if (run.isTarget(state.key())) {
                skip(parent, name, SkipReason.HOLDS_THE_TARGET);
                source.close();
                return;
            }
            node = new TreeNode(parent, name, bytes, targetName, state, source, null);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
        parent.outstanding.incrementAndGet();
        handles.adopt(node);
        boolean listed = false;
        try {
            listed = openTarget(worker, parent, node);
            if (listed) {
                list(worker, node);
            }
        } catch (MovedException e) {
            skip(parent, name, SkipReason.GONE);
        }
        chunkDone(worker, node);
    }

    private @Nullable OpenDirectory openSource(Worker worker, TreeNode parent, Path name) throws IOException {
        try {
            return worker.enter(parent.source(), name, () -> inSource(parent, name));
        } catch (AccessDeniedException e) {
            skip(parent, name, SkipReason.UNREADABLE);
        } catch (NoSuchFileException e) {
            skip(parent, name, SkipReason.GONE);
        } catch (FileSystemException e) {
            FileState now = parent.source().find(name);
            if (now != null && now.isDirectory()) {
                throw e;
            }
            skip(parent, name, SkipReason.GONE);
        }
        return null;
    }

    private boolean openTarget(Worker worker, TreeNode parent, TreeNode node) throws IOException {
        if (pass == Pass.COUNT) {
            run.count(1, 0);
            return true;
        }
        return targets.open(worker, parent, node, pass == Pass.COPY);
    }

    private void list(Worker worker, TreeNode node) throws IOException {
        Iterator<Path> names = node.source().names();
        List<Path> chunk = new ArrayList<>(CHUNK);
        while (OpenDirectory.hasNext(names)) {
            chunk.add(names.next());
            if (chunk.size() == CHUNK) {
                give(worker, node, chunk);
                chunk = new ArrayList<>(CHUNK);
            }
        }
        if (!chunk.isEmpty()) {
            chunk(worker, node, chunk);
        }
        if (pass == Pass.COPY && run.options.deletingMissing && node.existed && node.findTarget() != null) {
            run.missing.delete(worker, node);
        }
    }

    private void give(Worker worker, TreeNode node, List<Path> chunk) throws IOException {
        if (worker.workers().threads() == 1 || worker.workers().isBusy()) {
            chunk(worker, node, chunk);
            return;
        }
        node.outstanding.incrementAndGet();
        worker.workers().submit(other -> {
            chunk(other, node, chunk);
            chunkDone(other, node);
        });
    }

    private void chunk(Worker worker, TreeNode node, List<Path> chunk) throws IOException {
        handles.acquire(worker, node);
        try {
            for (Path name : chunk) {
                entry(worker, node, name, name);
            }
        } finally {
            handles.release(node);
        }
    }

    /** One chunk, or the listing, or one directory is done. */
    private void chunkDone(Worker worker, TreeNode first) throws IOException {
        TreeNode node = first;
        while (node != null && node.parent != null && node.outstanding.decrementAndGet() == 0) {
            if (!node.entered) {
                node.entered = true;
                if (filesDone(worker, node)) {
                    return;
                }
            }
            finish(worker, node);
            node = node.parent;
        }
    }

    /** The directory's own files are complete; true if sub-directories follow. */
    private boolean filesDone(Worker worker, TreeNode node) throws IOException {
        boolean more = !node.subdirectories.isEmpty();
        if (node.stagedAs != null) {
            if (!more) {
                targets.settle(node);
            }
            targets.place(worker, node);
        }
        handles.release(node);
        if (more) {
            node.outstanding.incrementAndGet();
            worker.workers().submit(other -> nextSubdirectory(other, node));
        }
        return more;
    }

    private void nextSubdirectory(Worker worker, TreeNode node) throws IOException {
        byte[] bytes = node.subdirectories.poll();
        if (bytes != null) {
            node.outstanding.incrementAndGet();
            worker.workers().submit(other -> nextSubdirectory(other, node));
            Path name = run.names.of(bytes);
            try {
                handles.acquire(worker, node);
            } catch (MovedException e) {
                skip(node, name, SkipReason.GONE);
                chunkDone(worker, node);
                return;
            }
            try {
                enter(worker, node, name, name, bytes);
            } catch (StoppedException | MovedException e) {
                throw e;
            } catch (IOException e) {
                throw OperationException.of("copying", sourcePlace(node, name), e);
            } finally {
                handles.release(node);
            }
        }
        chunkDone(worker, node);
    }

    private void finish(Worker worker, TreeNode node) throws IOException {
        if (pass != Pass.COUNT && node.targetKey != null && !run.options.dryRun) {
            try {
                handles.acquire(worker, node);
                try {
                    targets.settle(node);
                } finally {
                    handles.release(node);
                }
            } catch (MovedException e) {
                skip(node, run.names.of(new byte[] {'.'}), SkipReason.GONE);
            }
        }
        handles.finish(node);
    }
}
