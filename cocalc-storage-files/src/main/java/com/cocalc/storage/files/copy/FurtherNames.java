package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
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
    void make(Worker worker, TreeEntry entry) throws IOException {
        FileState state = entry.state();
        if (!run.hardLinks.isRepeated(state.key())) {
            return;
        }
        HardLinks.Group group = run.hardLinks.group(state.key());
        boolean first = !group.met;
        group.met = true;
        FileState there = files.there(entry.node(), entry.targetName());
        boolean own = there != null && there.key().equals(group.targetKey);
        FileState same = there != null && (own || isSame(worker, entry, there)) ? there : null;
        if (same != null && (own || (group.targetKey == null && files.canHaveModeOf(state, same)))) {
            if (!own) {
                group.targetKey = same.key();
                files.fixMode(worker, entry, same);
            }
            group.add(entry.node(), entry.targetName());
            count(run.tally.unchanged, group, first, true);
            return;
        }
        FileState lost = same == null ? there : null;
        SkipReason kept = lost == null ? null : whyKept(worker, entry, lost);
        if (kept != null) {
            tree.skip(entry, kept);
        }
        if (kept == null && link(worker, group, entry, lost)) {
            count(run.tally.files, group, first, same != null);
        } else {
            group.counted |= first;
        }
    }

    /**
     * Counts a name, but for one: the first pass has counted the name that it met first, most likely the one that this
     * pass meets first. What was copied is the same as the source now, which tells when its threads met another.
     */
    private void count(AtomicLong number, HardLinks.Group group, boolean first, boolean same) {
        if (!group.counted && (run.options.dryRun ? first : same)) {
            group.counted = true;
        } else {
            number.incrementAndGet();
        }
    }

    private boolean isSame(Worker worker, TreeEntry entry, FileState there) throws IOException {
        return there.isFile()
                && ((run.hasWritten(there) && there.size() == entry.state().size())
                        || files.isSame(worker, entry, there));
    }

    private @Nullable SkipReason whyKept(Worker worker, TreeEntry entry, FileState there) throws IOException {
        return files.isNewer(there, entry.state())
                ? SkipReason.NEWER
                : run.inTheWay(worker, entry.node(), entry.targetName(), there);
    }

    /**
     * Makes a name of a file that has others; false if the file cannot be read.
     *
     * @param replaced what the target has there that another content replaces
     */
    private boolean link(Worker worker, HardLinks.Group group, TreeEntry entry, @Nullable FileState replaced)
            throws IOException {
        if (run.options.dryRun) {
            boolean readable = files.isReadable(worker, entry);
            if (readable) {
                group.becomeNew(new Object());
            }
            return readable;
        }
        Path anchor = group.anchor == null ? makeAnchor(worker, group, entry) : group.anchor;
        if (anchor == null) {
            return false;
        }
        files.moveIn(worker, entry.node(), entry.targetName(), run.staging().makeHardLink(anchor), replaced);
        return true;
    }

    /**
     * Copies a file once more, for links to it, and replaces the names that an earlier copy has by them: the JDK makes
     * no link to a file in a directory that somebody else may change, and moving the earlier copy away to link it would
     * leave a gap. Only files that are too small to ask for their number of names come here, and those whose number was
     * wrong.
     */
    private @Nullable Path makeAnchor(Worker worker, HardLinks.Group group, TreeEntry entry) throws IOException {
        Staging staging = run.staging();
        Path anchor = staging.freshName();
        FileState written = files.write(worker, entry, staging.directory(), anchor);
        if (written == null) {
            return null;
        }
        run.tally.moved.addAndGet(-written.size());
        for (HardLinks.Name earlier : group.names) {
            relink(worker, group, earlier, anchor, entry.node());
        }
        group.anchor = anchor;
        group.becomeNew(staging.key(anchor));
        return anchor;
    }

    private void relink(Worker worker, HardLinks.Group group, HardLinks.Name earlier, Path anchor, TreeNode now)
            throws IOException {
        TreeNode directory = earlier.node();
        handles.acquire(worker, directory);
        try {
            FileState there = files.there(directory, earlier.name());
            if (there == null || !there.key().equals(group.targetKey)) {
                return;
            }
            run.keepMode(anchor, there);
            targets.makeUsable(directory);
            files.moveIn(worker, directory, earlier.name(), run.staging().makeHardLink(anchor), null);
            if (!directory.isAtOrAbove(now)) {
                targets.settle(directory);
            }
        } finally {
            handles.release(directory);
        }
    }
}
