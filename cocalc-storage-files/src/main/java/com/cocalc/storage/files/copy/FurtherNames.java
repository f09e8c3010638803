package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the names of files that have several, on the second pass over a tree. */
final class FurtherNames {

    private final CopyRun run;
    private final Handles handles;
    private final TargetDirectories targets;
    private final FileCopy files;
    private final TreeCopy tree;

    FurtherNames(CopyRun run, Handles handles, TargetDirectories targets, FileCopy files, TreeCopy tree) {
        this.run = run;
        this.handles = handles;
        this.targets = targets;
        this.files = files;
        this.tree = tree;
    }

    /** Makes a name, if the file has several. One thread makes the pass. */
    void make(Worker worker, TreeNode node, Path name, Path targetName, FileState state) throws IOException {
        if (!run.hardLinks.isRepeated(state.key())) {
            return;
        }
        HardLinks.Group group = run.hardLinks.group(state.key());
        FileState there = files.there(node, targetName);
        if (there != null && there.key().equals(group.targetKey)) {
            unchanged(group);
        } else if (there != null && files.isNewer(there, state)) {
            tree.skip(node, name, SkipReason.NEWER);
        } else if (there != null && there.isDirectory() && !run.mayReplace(worker, node, targetName)) {
            tree.skip(node, name, SkipReason.IN_THE_WAY);
        } else {
            boolean same =
                    there != null && there.isFile() && files.isSame(worker, node, name, targetName, state, there);
            if (same && group.targetKey == null && there != null) {
                group.node = node;
                group.name = targetName;
                group.targetKey = there.key();
                files.fixMode(worker, node, targetName, state, there);
                unchanged(group);
            } else {
                if (run.options.dryRun || linkTo(worker, group, node, name, targetName, state, same ? null : there)) {
                    linked(group, same);
                }
            }
        }
    }

    /** Counts a name that is the target's file already. One name of each file was counted on the first pass. */
    private void unchanged(HardLinks.Group group) {
        if (group.counted) {
            run.tally.unchanged.incrementAndGet();
        }
        group.counted = true;
    }

    /** Counts a name that was linked, but for the one that was copied on the first pass. */
    private void linked(HardLinks.Group group, boolean same) {
        if (group.counted || !(same || run.options.dryRun)) {
            run.tally.files.incrementAndGet();
        } else {
            group.counted = true;
        }
    }

    /**
     * Makes a name of a file that has others; false if the file cannot be read.
     *
     * @param replaced what the target has there that another content replaces
     */
    private boolean linkTo(
            Worker worker,
            HardLinks.Group group,
            TreeNode node,
            Path name,
            Path targetName,
            FileState state,
            @Nullable FileState replaced)
            throws IOException {
        Path anchor = group.anchor == null ? makeAnchor(worker, group, node, name, state) : group.anchor;
        if (anchor == null) {
            return false;
        }
        files.moveIn(worker, node, targetName, run.staging().makeHardLink(anchor), replaced);
        return true;
    }

    /**
     * Copies a file once more, for links to it, and replaces an earlier copy by one: the JDK makes no link to a file in
     * a directory that somebody else may change, and moving the earlier copy away to link it would leave a gap. Only
     * files that are too small to ask for their number of names come here, and those whose number was wrong.
     */
    private @Nullable Path makeAnchor(Worker worker, HardLinks.Group group, TreeNode node, Path name, FileState state)
            throws IOException {
        Staging staging = run.staging();
        Path anchor = staging.freshName();
        FileState written = files.write(worker, node, name, staging.directory(), anchor, state);
        if (written == null) {
            return null;
        }
        run.tally.moved.addAndGet(-written.size());
        TreeNode first = group.node;
        Path firstName = group.name;
        if (first != null && firstName != null) {
            handles.acquire(worker, first);
            try {
                FileState there = files.there(first, firstName);
                if (there != null && there.key().equals(group.targetKey)) {
                    files.moveIn(worker, first, firstName, staging.makeHardLink(anchor), null);
                    targets.settle(first);
                }
            } finally {
                handles.release(first);
            }
        }
        group.anchor = anchor;
        group.targetKey = staging.key(anchor);
        return anchor;
    }
}
