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
    private final TargetDirectories targets;
    private final TreeCopy tree;

    FileCopy(CopyRun run, TargetDirectories targets, TreeCopy tree) {
        this.run = run;
        this.targets = targets;
        this.tree = tree;
    }

    /** The first name of a file that is met; further ones are left for {@link FurtherNames}. */
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
        FileState same =
                there != null && there.isFile() && isSame(worker, node, name, targetName, state, there) ? there : null;
        if (same != null && canHaveModeOf(state, same)) {
            run.tally.unchanged.incrementAndGet();
            fixMode(worker, node, targetName, state, same);
            return true;
        }
        return replace(worker, node, name, targetName, state, there, same == null ? there : null);
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

    boolean isSame(Worker worker, TreeNode node, Path name, Path targetName, FileState state, FileState there)
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
                        worker.read(node.target(), targetName, () -> tree.inTarget(node, targetName))) {
            return run.contents.isEqual(
                    worker, FileContents.channel(source), FileContents.channel(target), state.size());
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

    void fixMode(Worker worker, TreeNode node, Path targetName, FileState state, FileState there) throws IOException {
        if (run.options.keepingModes && !run.options.dryRun && !there.mode().equals(state.mode())) {
            worker.watchedCall(
                    node.target(),
                    targetName,
                    () -> tree.inTarget(node, targetName),
                    () -> node.target().setMode(targetName, state.mode()));
        }
    }

    /**
     * Puts a copy in place.
     *
     * @param there what the target has
     * @param lost that, if its content is lost
     */
    private boolean replace(
            Worker worker,
            TreeNode node,
            Path name,
            Path targetName,
            FileState state,
            @Nullable FileState there,
            @Nullable FileState lost)
            throws IOException {
        SkipReason inTheWay = lost == null ? null : run.inTheWay(worker, node, targetName, lost);
        if (inTheWay != null) {
            tree.skip(node, name, inTheWay);
            return false;
        }
        if (run.options.dryRun) {
            if (!isReadable(worker, node, name)) {
                return false;
            }
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
                written = writeForLinks(worker, node, name, targetName, state, there, lost);
            } else if (staged) {
                written = write(worker, node, name, node.target(), targetName, state);
            } else {
                written = writeAndMove(worker, node, name, targetName, state, there, lost);
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

    /** Whether a file can be opened; if not, that is reported. */
    boolean isReadable(Worker worker, TreeNode node, Path name) throws IOException {
        try (SeekableByteChannel source = openSource(worker, node, name)) {
            return source != null;
        }
    }

    private @Nullable FileState writeAndMove(
            Worker worker,
            TreeNode node,
            Path name,
            Path targetName,
            FileState state,
            @Nullable FileState there,
            @Nullable FileState lost)
            throws IOException {
        Staging staging = run.staging();
        Path temporary = staging.freshName();
        FileState written = write(worker, node, name, staging.directory(), temporary, state);
        if (written != null) {
            run.keepMode(temporary, there);
            moveIn(worker, node, targetName, temporary, lost);
        }
        return written;
    }

    /** Writes a file that stays in the staging directory for further names, and moves a first name of it in. */
    private @Nullable FileState writeForLinks(
            Worker worker,
            TreeNode node,
            Path name,
            Path targetName,
            FileState state,
            @Nullable FileState there,
            @Nullable FileState lost)
            throws IOException {
        Staging staging = run.staging();
        Path anchor = staging.freshName();
        FileState written = write(worker, node, name, staging.directory(), anchor, state);
        if (written != null) {
            run.keepMode(anchor, there);
            moveIn(worker, node, targetName, staging.makeHardLink(anchor), lost);
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
     * still, or is gone.
     */
    @Nullable
    FileState write(Worker worker, TreeNode node, Path name, OpenDirectory where, Path temporary, FileState first)
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
                    // The size of what is open: the name may have been that of another file when it was opened.
                    whole = moved == state.size() && in.size() == moved && later != null && state.isStill(later);
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
            return worker.read(node.source(), name, () -> tree.inSource(node, name));
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
        FileState same = there != null
                        && there.kind() == FileState.Kind.LINK
                        && there.size() == state.size()
                        && run.says(node, targetName, there, text)
                ? there
                : null;
        if (same != null && (!run.options.keepingTimes || same.modifiedMicros() == state.modifiedMicros())) {
            run.tally.unchanged.incrementAndGet();
            return;
        }
        // A link that lacks nothing but its time is replaced, and needs no backup.
        FileState replaced = same == null ? there : null;
        SkipReason inTheWay = replaced == null ? null : run.inTheWay(worker, node, targetName, replaced);
        if (inTheWay != null) {
            tree.skip(node, name, inTheWay);
            return;
        }
        if (!run.options.dryRun) {
            Path temporary = run.staging().makeLink(text, run.options.keepingTimes ? state : null, run.tally);
            node.placing.readLock().lock();
            try {
                moveIn(worker, node, targetName, temporary, replaced);
            } finally {
                node.placing.readLock().unlock();
            }
        }
        run.tally.links.incrementAndGet();
    }
}
