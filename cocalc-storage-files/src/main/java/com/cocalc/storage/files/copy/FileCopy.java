package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.StoppedException;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies single files and links. */
public final class FileCopy {

    private static final int MOST_READINGS = 3;

    /** To copy a smaller file twice costs less than to ask for its number of names each time. */
    private static final long WORTH_ASKING = 64 << 10;

    private final CopyRun run;
    private final Handles handles;
    private final TargetDirectories targets;
    private final TreeCopy tree;

    FileCopy(CopyRun run, Handles handles, TargetDirectories targets, TreeCopy tree) {
        this.run = run;
        this.handles = handles;
        this.targets = targets;
        this.tree = tree;
    }

    /** The first name of a file that is met; further ones are left for {@link #link}. */
    void copy(Worker worker, TreeNode node, Path name, Path targetName, FileState state) throws IOException {
        run.tally.seen.incrementAndGet();
        run.current(node);
        if (run.hardLinks.isFirst(state.key())) {
            copyUnlessSame(worker, node, name, targetName, state);
        }
    }

    /** Whether the target has the file afterwards. */
    private boolean copyUnlessSame(Worker worker, TreeNode node, Path name, Path targetName, FileState state)
            throws IOException {
        FileState there = there(node, targetName);
        if (there != null && isNewer(there, state)) {
            tree.skip(node, name, SkipReason.NEWER);
            return false;
        }
        if (there != null && there.isFile() && isSame(worker, node, name, targetName, state, there)) {
            run.tally.unchanged.incrementAndGet();
            fixMode(worker, node, targetName, state, there);
            return true;
        }
        return replace(worker, node, name, targetName, state, there);
    }

    private @Nullable FileState there(TreeNode node, Path targetName) throws IOException {
        OpenDirectory target = node.findTarget();
        return target == null || (node.parent != null && !node.existed) ? null : target.find(targetName);
    }

    private boolean isNewer(FileState there, FileState state) {
        return !run.options.overwritingNewer
                && there.modified().toInstant().getEpochSecond()
                        > state.modified().toInstant().getEpochSecond();
    }

    private boolean isSame(Worker worker, TreeNode node, Path name, Path targetName, FileState state, FileState there)
            throws IOException {
        if (!state.hasSameContentAs(there)) {
            return false;
        }
        if (!run.options.comparingContents) {
            return true;
        }
        SeekableByteChannel source = openSource(worker, node, name);
        if (source == null) {
            return true;
        }
        try (source;
                SeekableByteChannel target =
                        worker.read(node.target(), targetName, () -> tree.targetPlace(node, targetName))) {
            return run.contents.isEqual(
                    worker, FileContents.channel(source), FileContents.channel(target), state.size());
        }
    }

    private void fixMode(Worker worker, TreeNode node, Path targetName, FileState state, FileState there)
            throws IOException {
        if (run.options.keepingModes && !run.options.dryRun && !there.mode().equals(state.mode())) {
            worker.watchedCall(
                    node.target(),
                    targetName,
                    () -> tree.targetPlace(node, targetName),
                    () -> node.target().setMode(targetName, state.mode()));
        }
    }

    private boolean replace(
            Worker worker, TreeNode node, Path name, Path targetName, FileState state, @Nullable FileState there)
            throws IOException {
        if (there != null && there.isDirectory() && !run.mayReplace(worker, node, targetName)) {
            tree.skip(node, name, SkipReason.IN_THE_WAY);
            return false;
        }
        if (run.options.dryRun) {
            run.copied(state.size());
            run.tally.moved.addAndGet(state.size());
            return true;
        }
        if (targets.isLarge(state.size())) {
            targets.place(worker, node);
        }
        FileState written;
        boolean staged;
        node.placing.readLock().lock();
        try {
            staged = node.stagedAs != null;
            if (state.size() >= WORTH_ASKING && run.sourcePaths.mayHaveSeveralNames(node, name)) {
                written = writeForLinks(worker, node, name, targetName, state, there);
            } else if (staged) {
                written = write(worker, node, name, node.target(), targetName, state);
            } else {
                written = writeAndMove(worker, node, name, targetName, state, there);
            }
        } finally {
            node.placing.readLock().unlock();
        }
        if (written == null) {
            return false;
        }
        run.copied(written.size());
        if (staged) {
            targets.staged(worker, node, written.size());
        }
        return true;
    }

    private @Nullable FileState writeAndMove(
            Worker worker, TreeNode node, Path name, Path targetName, FileState state, @Nullable FileState there)
            throws IOException {
        Staging staging = run.staging();
        Path temporary = staging.freshName();
        FileState written = write(worker, node, name, staging.directory(), temporary, state);
        if (written != null) {
            moveIn(worker, node, targetName, temporary, there);
        }
        return written;
    }

    /** Writes a file that stays in the staging directory for further names, and moves a first name of it in. */
    private @Nullable FileState writeForLinks(
            Worker worker, TreeNode node, Path name, Path targetName, FileState state, @Nullable FileState there)
            throws IOException {
        Staging staging = run.staging();
        Path anchor = staging.freshName();
        FileState written = write(worker, node, name, staging.directory(), anchor, state);
        if (written != null) {
            moveIn(worker, node, targetName, staging.makeHardLink(anchor), there);
            HardLinks.Group group = run.hardLinks.group(written.key());
            group.anchor = anchor;
            group.targetKey = staging.key(anchor);
        }
        return written;
    }

    /** Moves what is finished over what is there. */
    private void moveIn(Worker worker, TreeNode node, Path targetName, Path temporary, @Nullable FileState there)
            throws IOException {
        Staging staging = run.staging();
        try {
            run.keepLock();
            if (there != null) {
                run.backup(worker, node, targetName, there, () -> tree.targetPlace(node, targetName));
                if (there.isDirectory()) {
                    run.clearWay(worker, node.target(), targetName);
                }
            }
            staging.directory().move(temporary, node.target(), targetName);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw OperationException.of("writing", tree.targetPlace(node, targetName), e);
        }
    }

    /**
     * Writes the content under a name that nobody else sees, until it did not change meanwhile; null if it never held
     * still, or is gone.
     */
    private @Nullable FileState write(
            Worker worker, TreeNode node, Path name, OpenDirectory where, Path temporary, FileState first)
            throws IOException {
        FileState state = first;
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            SeekableByteChannel source = openSource(worker, node, name);
            if (source == null) {
                return null;
            }
            boolean whole = false;
            boolean made = false;
            long moved = 0;
            Set<PosixFilePermission> mode = run.fileMode(state);
            FileState later = null;
            try (source) {
                FileChannel in = FileContents.channel(source);
                try (SeekableByteChannel target = run.staging().create(where, temporary, mode)) {
                    made = true;
                    FileChannel out = FileContents.channel(target);
                    moved = run.contents.copy(worker, in, out, state.size());
                    later = node.source().find(name);
                    whole = moved == state.size() && later != null && state.isStill(later);
                    if (whole && run.options.forcing) {
                        out.force(true);
                    }
                }
                if (whole) {
                    run.staging().finish(where, temporary, mode, run.options.keepingTimes ? state : null);
                    return state;
                }
            } finally {
                if (made && !whole) {
                    where.deleteFile(temporary);
                }
            }
            run.tally.moved.addAndGet(-moved);
            if (later == null) {
                tree.skip(node, name, SkipReason.GONE);
                return null;
            }
            if (!later.isFile()) {
                break;
            }
            state = later;
        }
        tree.skip(node, name, SkipReason.CHANGING);
        return null;
    }

    private @Nullable SeekableByteChannel openSource(Worker worker, TreeNode node, Path name) throws IOException {
        try {
            return worker.read(node.source(), name, () -> tree.sourcePlace(node, name));
        } catch (AccessDeniedException e) {
            tree.skip(node, name, SkipReason.UNREADABLE);
        } catch (NoSuchFileException e) {
            tree.skip(node, name, SkipReason.GONE);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            // A link took the place of the file, or the file system failed.
            FileState now = node.source().find(name);
            if (now != null && now.isFile()) {
                throw e;
            }
            tree.skip(node, name, SkipReason.GONE);
        }
        return null;
    }

    /** Leaves out what is there and cannot be copied, and what an earlier copy made of that name. */
    void leaveOut(Worker worker, TreeNode node, Path name, Path targetName, SkipReason reason) throws IOException {
        tree.skip(node, name, reason);
        FileState there = there(node, targetName);
        if (there == null || !run.options.droppingLeftOut || run.options.dryRun) {
            return;
        }
        byte[] path = node.parent == null ? new byte[0] : node.pathOf(run.names.bytes(name));
        if (run.keepsInTarget(path, name, there.isDirectory())
                || (there.isDirectory() && !run.mayReplace(worker, node, targetName))) {
            return;
        }
        run.keepLock();
        if (there.isDirectory()) {
            run.clearWay(worker, node.target(), targetName);
        } else {
            run.makeWay(node.target(), targetName, there);
        }
        run.tally.deleted.incrementAndGet();
    }

    void copyLink(Worker worker, TreeNode node, Path name, Path targetName, FileState state) throws IOException {
        run.tally.seen.incrementAndGet();
        if (run.sourcePaths.isTooDeep(node, name)) {
            tree.skip(node, name, SkipReason.LINK_TOO_DEEP);
            return;
        }
        FileState there = there(node, targetName);
        Path text = run.sourcePaths.read(node, name, state.key());
        if (text == null) {
            tree.skip(node, name, SkipReason.GONE);
            return;
        }
        byte[] path = node.parent == null ? new byte[0] : node.pathOf(run.names.bytes(name));
        LinkRule.Decision decision = run.options.linkRule.decide(worker, path, run.names.textBytes(text));
        if (decision != LinkRule.Decision.KEEP) {
            if (decision == LinkRule.Decision.LEAVE_OUT) {
                leaveOut(worker, node, name, targetName, SkipReason.LINK_LEADS_OUT);
            }
            return;
        }
        if (there != null && there.kind() == FileState.Kind.LINK && there.hasSameContentAs(state)) {
            run.tally.unchanged.incrementAndGet();
            return;
        }
        if (there != null && there.isDirectory() && !run.mayReplace(worker, node, targetName)) {
            tree.skip(node, name, SkipReason.IN_THE_WAY);
            return;
        }
        if (!run.options.dryRun) {
            Path temporary = run.staging().makeLink(text, run.options.keepingTimes ? state : null, run.tally);
            node.placing.readLock().lock();
            try {
                moveIn(worker, node, targetName, temporary, there);
            } finally {
                node.placing.readLock().unlock();
            }
        }
        run.tally.links.incrementAndGet();
    }

    /** A name of a file that may have several, on the second pass. One thread makes it. */
    void link(Worker worker, TreeNode node, Path name, Path targetName, FileState state) throws IOException {
        if (!run.hardLinks.isRepeated(state.key())) {
            return;
        }
        HardLinks.Group group = run.hardLinks.group(state.key());
        FileState there = there(node, targetName);
        if (there != null && there.key().equals(group.targetKey)) {
            unchanged(group);
        } else if (there != null && isNewer(there, state)) {
            tree.skip(node, name, SkipReason.NEWER);
        } else if (there != null && there.isDirectory() && !run.mayReplace(worker, node, targetName)) {
            tree.skip(node, name, SkipReason.IN_THE_WAY);
        } else {
            boolean same = there != null && there.isFile() && isSame(worker, node, name, targetName, state, there);
            if (same && group.targetKey == null && there != null) {
                group.node = node;
                group.name = targetName;
                group.targetKey = there.key();
                fixMode(worker, node, targetName, state, there);
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
        moveIn(worker, node, targetName, run.staging().makeHardLink(anchor), replaced);
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
        FileState written = write(worker, node, name, staging.directory(), anchor, state);
        if (written == null) {
            return null;
        }
        run.tally.moved.addAndGet(-written.size());
        TreeNode first = group.node;
        Path firstName = group.name;
        if (first != null && firstName != null) {
            handles.acquire(worker, first);
            try {
                FileState there = there(first, firstName);
                if (there != null && there.key().equals(group.targetKey)) {
                    moveIn(worker, first, firstName, staging.makeHardLink(anchor), null);
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
