package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.StoppedException;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
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
    private final TargetDirectories targets;
    private final TreeCopy tree;

    FileCopy(CopyRun run, TargetDirectories targets, TreeCopy tree) {
        this.run = run;
        this.targets = targets;
        this.tree = tree;
    }

    /** The first name of a file that is met; further ones are left for {@link FurtherNames}. */
    void copy(Worker worker, TreeEntry entry) throws IOException {
        run.tally.seen.incrementAndGet();
        run.current(entry.node());
        if (run.hardLinks.isFirst(entry.state().key())) {
            copyUnlessSame(worker, entry);
        }
    }

    private void copyUnlessSame(Worker worker, TreeEntry entry) throws IOException {
        FileState there = there(entry.node(), entry.targetName());
        if (there != null && isNewer(there, entry.state())) {
            tree.skip(entry, SkipReason.NEWER);
            return;
        }
        boolean same = there != null && there.isFile() && isSame(worker, entry, there);
        if (there != null && same && canHaveModeOf(entry.state(), there)) {
            run.tally.unchanged.incrementAndGet();
            fixMode(worker, entry, there);
        } else {
            replace(worker, entry, there, same ? null : there);
        }
    }

    @Nullable
    FileState there(TreeNode node, Path targetName) throws IOException {
        OpenDirectory target = node.findTarget();
        return target == null || (node.parent != null && !node.existed) ? null : target.find(targetName);
    }

    boolean isNewer(FileState there, FileState state) {
        return !run.options.overwritingNewer
                && there.isFile()
                && there.modified().toInstant().getEpochSecond()
                        > state.modified().toInstant().getEpochSecond();
    }

    boolean isSame(Worker worker, TreeEntry entry, FileState there) throws IOException {
        if (!entry.state().hasSameContentAs(there)) {
            return false;
        }
        if (!run.options.comparingContents) {
            return true;
        }
        SeekableByteChannel source = openSource(worker, entry);
        if (source == null) {
            return false;
        }
        try (source;
                SeekableByteChannel target =
                        worker.read(entry.node().target(), entry.targetName(), () -> inTarget(entry))) {
            return run.contents.isEqual(
                    worker,
                    FileContents.channel(source),
                    FileContents.channel(target),
                    entry.state().size());
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    /** The JDK changes the mode of what it can open for reading alone; anything else is replaced. */
    boolean canHaveModeOf(FileState state, FileState there) {
        return !run.options.keepingModes
                || there.mode().equals(state.mode())
                || there.mode().contains(PosixFilePermission.OWNER_READ);
    }

    void fixMode(Worker worker, TreeEntry entry, FileState there) throws IOException {
        Set<PosixFilePermission> mode = entry.state().mode();
        if (run.options.keepingModes && !run.options.dryRun && !there.mode().equals(mode)) {
            OpenDirectory target = entry.node().target();
            run.keepLock();
            // Opened first: with the new mode it may be impossible.
            try (SeekableByteChannel open = worker.read(target, entry.targetName(), () -> inTarget(entry))) {
                worker.watchedCall(
                        target,
                        entry.targetName(),
                        () -> inTarget(entry),
                        () -> target.setMode(entry.targetName(), mode));
                run.force(FileContents.channel(open));
            }
        }
    }

    /**
     * Puts a copy in place.
     *
     * @param there what the target has
     * @param lost that, if its content is lost
     */
    private void replace(Worker worker, TreeEntry entry, @Nullable FileState there, @Nullable FileState lost)
            throws IOException {
        SkipReason inTheWay = lost == null ? null : run.inTheWay(worker, entry.node(), entry.targetName(), lost);
        if (inTheWay != null) {
            tree.skip(entry, inTheWay);
        } else if (run.options.dryRun) {
            if (isReadable(worker, entry)) {
                run.copied(entry.state().size());
                CopyRun.add(run.tally.moved, entry.state().size());
            }
        } else {
            writeInPlace(worker, entry, there, lost);
        }
    }

    private void writeInPlace(Worker worker, TreeEntry entry, @Nullable FileState there, @Nullable FileState lost)
            throws IOException {
        TreeNode node = entry.node();
        if (targets.isLarge(entry.state().size())) {
            targets.place(worker, node);
        }
        FileState written;
        boolean staged;
        node.placing.readLock().lock();
        try {
            staged = node.stagedAs != null;
            if (entry.state().size() >= WORTH_ASKING && run.sourcePaths.mayHaveSeveralNames(node, entry.name())) {
                written = writeForLinks(worker, entry, there, lost);
            } else if (staged) {
                written = write(worker, entry, node.target(), entry.targetName());
            } else {
                written = writeAndMove(worker, entry, there, lost);
            }
        } finally {
            node.placing.readLock().unlock();
        }
        if (written != null) {
            run.copied(written.size());
            if (staged) {
                targets.staged(worker, node, written.size());
            }
        }
    }

    /** Whether a file can be opened; if not, that is reported. */
    boolean isReadable(Worker worker, TreeEntry entry) throws IOException {
        try (SeekableByteChannel source = openSource(worker, entry)) {
            return source != null;
        }
    }

    private @Nullable FileState writeAndMove(
            Worker worker, TreeEntry entry, @Nullable FileState there, @Nullable FileState lost) throws IOException {
        Path temporary = run.staging().freshName();
        FileState written = write(worker, entry, run.staging().directory(), temporary);
        if (written != null) {
            run.keepMode(temporary, there);
            moveIn(worker, entry.node(), entry.targetName(), temporary, lost);
        }
        return written;
    }

    /** Writes a file that stays in the staging directory for further names, and moves a first name of it in. */
    private @Nullable FileState writeForLinks(
            Worker worker, TreeEntry entry, @Nullable FileState there, @Nullable FileState lost) throws IOException {
        Staging staging = run.staging();
        Path anchor = staging.freshName();
        FileState written = write(worker, entry, staging.directory(), anchor);
        if (written != null) {
            run.keepMode(anchor, there);
            moveIn(worker, entry.node(), entry.targetName(), staging.makeHardLink(anchor), lost);
            HardLinks.Group group = run.hardLinks.group(written.key());
            group.anchor = anchor;
            group.targetKey = staging.key(anchor);
        }
        return written;
    }

    /** Moves what is finished over what is there. */
    void moveIn(Worker worker, TreeNode node, Path targetName, Path temporary, @Nullable FileState there)
            throws IOException {
        Staging staging = run.staging();
        try {
            run.keepLock();
            if (there != null) {
                run.backup(worker, node, targetName, there, () -> tree.inTarget(node, targetName));
                if (there.isDirectory()) {
                    run.clearWay(worker, node.target(), targetName);
                }
            }
            staging.directory().move(temporary, node.target(), targetName);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw OperationException.of(
                    "writing", tree.inTarget(node, targetName).text(), e);
        }
    }

    /**
     * Writes the content under a name that nobody else sees, until it did not change meanwhile; null if it never held
     * still, is gone, or is there already.
     */
    @Nullable
    FileState write(Worker worker, TreeEntry entry, OpenDirectory where, Path temporary) throws IOException {
        FileState state = entry.state();
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            SeekableByteChannel source = openSource(worker, entry);
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
                    later = entry.node().source().find(entry.name());
                    // The size of what is open: the name may have been that of another file when it was opened.
                    whole = moved == state.size() && in.size() == moved && later != null && state.isStill(later);
                    if (whole) {
                        run.staging().finish(where, temporary, mode, run.options.keepingTimes ? state : null);
                        run.force(out);
                        return state;
                    }
                }
            } catch (FileAlreadyExistsException e) {
                // A listing has a name twice whose file is replaced meanwhile: the first one is the copy.
                return null;
            } finally {
                if (made && !whole) {
                    where.deleteFile(temporary);
                }
            }
            run.tally.moved.addAndGet(-moved);
            if (later == null) {
                tree.skip(entry, SkipReason.GONE);
                return null;
            }
            if (!later.isFile()) {
                break;
            }
            state = later;
        }
        tree.skip(entry, SkipReason.CHANGING);
        return null;
    }

    private @Nullable SeekableByteChannel openSource(Worker worker, TreeEntry entry) throws IOException {
        OpenDirectory directory = entry.node().source();
        try {
            return worker.read(directory, entry.name(), () -> tree.inSource(entry.node(), entry.name()));
        } catch (AccessDeniedException e) {
            tree.skip(entry, SkipReason.UNREADABLE);
        } catch (NoSuchFileException e) {
            tree.skip(entry, SkipReason.GONE);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            // A link took the place of the file, or the file system failed.
            FileState now = directory.find(entry.name());
            if (now != null && now.isFile()) {
                throw e;
            }
            tree.skip(entry, SkipReason.GONE);
        }
        return null;
    }

    private ForeignName inTarget(TreeEntry entry) {
        return tree.inTarget(entry.node(), entry.targetName());
    }

    /** Leaves out what is there and cannot be copied, and what an earlier copy made of that name. */
    void leaveOut(Worker worker, TreeEntry entry, SkipReason reason) throws IOException {
        TreeNode node = entry.node();
        Path targetName = entry.targetName();
        tree.skip(entry, reason);
        FileState there = there(node, targetName);
        if (there == null || !run.options.droppingLeftOut || run.options.dryRun) {
            return;
        }
        if (run.keepsInTarget(run.pathOf(node, entry.name()), entry.name(), there.isDirectory())
                || (there.isDirectory() && !run.mayReplace(worker, node, targetName, there))) {
            return;
        }
        run.keepLock();
        if (there.isDirectory()) {
            run.clearWay(worker, node.target(), targetName);
        } else {
            run.makeWay(node.target(), node, targetName);
        }
        run.tally.deleted.incrementAndGet();
    }

    void copyLink(Worker worker, TreeEntry entry) throws IOException {
        run.tally.seen.incrementAndGet();
        TreeNode node = entry.node();
        FileState state = entry.state();
        if (run.sourcePaths.isTooDeep(node, entry.name())) {
            tree.skip(entry, SkipReason.LINK_TOO_DEEP);
            return;
        }
        FileState there = there(node, entry.targetName());
        Path text = run.sourcePaths.read(node, entry.name(), state.key());
        if (text == null) {
            tree.skip(entry, SkipReason.GONE);
            return;
        }
        byte[] path = run.pathOf(node, entry.name());
        LinkRule.Decision decision = run.options.linkRule.decide(worker, path, run.names.textBytes(text));
        if (decision != LinkRule.Decision.KEEP) {
            if (decision == LinkRule.Decision.LEAVE_OUT) {
                leaveOut(worker, entry, SkipReason.LINK_LEADS_OUT);
            }
            return;
        }
        FileState same = there != null
                        && there.kind() == FileState.Kind.LINK
                        && there.size() == state.size()
                        && run.says(node, entry.targetName(), there, text)
                ? there
                : null;
        if (same != null && (!run.options.keepingTimes || same.modifiedMicros() == state.modifiedMicros())) {
            run.tally.unchanged.incrementAndGet();
            return;
        }
        // A link that lacks nothing but its time is replaced, and needs no backup.
        replaceLink(worker, entry, text, same == null ? there : null);
    }

    private void replaceLink(Worker worker, TreeEntry entry, Path text, @Nullable FileState lost) throws IOException {
        TreeNode node = entry.node();
        SkipReason inTheWay = lost == null ? null : run.inTheWay(worker, node, entry.targetName(), lost);
        if (inTheWay != null) {
            tree.skip(entry, inTheWay);
            return;
        }
        if (!run.options.dryRun) {
            Path temporary = run.staging().makeLink(text, run.options.keepingTimes ? entry.state() : null, run.tally);
            node.placing.readLock().lock();
            try {
                moveIn(worker, node, entry.targetName(), temporary, lost);
            } finally {
                node.placing.readLock().unlock();
            }
        }
        run.tally.links.incrementAndGet();
    }
}
