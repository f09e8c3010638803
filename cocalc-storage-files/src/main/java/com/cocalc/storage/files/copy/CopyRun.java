package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.exclude.Exclusion;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.PathNames;
import com.cocalc.storage.files.tree.Site;
import com.cocalc.storage.files.tree.Way;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all parts of one copy share. */
public final class CopyRun {

    private static final int LONGEST_NAME = 255;

    final Site source;
    final Site target;
    final CopyOptions options;
    final PathNames names;
    final Tally tally;
    final TreePaths sourcePaths;
    private final @Nullable TreePaths targetPaths;
    final HardLinks hardLinks = new HardLinks();
    final FileContents contents;
    final MissingFiles missing = new MissingFiles(this);
    private final @Nullable Staging staging;
    private final @Nullable Exclusion exclusion;
    private final Path dot;
    private final @Nullable Object targetKey;
    private final @Nullable Object sourceKey;
    private final Way sourceWay;
    private volatile @Nullable TreeNode current;

    CopyRun(
            Site source,
            Site target,
            CopyOptions options,
            PathNames names,
            Tally tally,
            Way sourceWay,
            @Nullable Way targetWay,
            @Nullable Staging staging,
            @Nullable Object sourceKey,
            @Nullable Object targetKey) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.names = names;
        this.tally = tally;
        this.sourcePaths = TreePaths.ofSource(sourceWay, names);
        this.targetPaths = targetWay == null ? null : TreePaths.ofTarget(targetWay, names);
        this.contents = new FileContents(new Pace(options.bytesPerSecond), tally.moved);
        this.staging = staging;
        this.exclusion = Exclusion.of(options.excludes);
        this.dot = names.of(new byte[] {'.'});
        this.sourceKey = sourceKey;
        this.sourceWay = sourceWay;
        this.targetKey = targetKey;
    }

    Staging staging() {
        if (staging == null) {
            throw new IllegalStateException("a dry run writes nothing");
        }
        return staging;
    }

    Path dot() {
        return dot;
    }

    boolean excludes(TreeNode node, Path name, boolean directory) {
        return exclusion != null && exclusion.excludes(node.pathOf(names.bytes(name)), directory);
    }

    /** The path of an entry, relative to the root of the copied tree. */
    byte[] pathOf(TreeNode node, Path name) {
        return node.parent == null ? new byte[0] : node.pathOf(names.bytes(name));
    }

    /** Whether a directory of the target that the source lacks goes with all that it holds. */
    boolean keepsNothingIn(byte[] path) {
        return exclusion == null
                && !options.keepingBackups
                && !options.kept.reachesInto(path)
                && !options.kept.keeps(path);
    }

    /** Whether something stays in the target, though the source lacks it. */
    boolean keepsInTarget(byte[] path, Path name, boolean directory) {
        return (exclusion != null && exclusion.excludes(path, directory)) || options.kept.keeps(path) || isBackup(name);
    }

    /** Whether a link of the target says this. */
    boolean says(TreeNode node, Path targetName, FileState there, Path text) throws IOException {
        TreePaths paths = targetPaths;
        return paths != null && text.equals(paths.read(node, targetName, there.key()));
    }

    /**
     * Whether this operation has written what is there, as far as its time tells: where times are kept, size and time
     * say whether a file is the same.
     */
    boolean hasWritten(FileState there) {
        return !options.keepingTimes && staging != null && there.modified().compareTo(staging.started()) >= 0;
    }

    /** To be called before each change that others see. */
    void keepLock() throws IOException {
        options.guard.keep();
    }

    boolean isTarget(Object key) {
        return key.equals(targetKey);
    }

    boolean isSource(Object key) {
        return key.equals(sourceKey);
    }

    /** Whether a directory is the source or has it below, so that the source would go with it. */
    boolean holdsSource(Object key) {
        return isSource(key)
                || sourceWay.steps().stream().anyMatch(step -> step.key().equals(key));
    }

    /** Adds to what the source has, and ends the operation when it is too much. */
    void count(long files, long bytes) {
        long allFiles = tally.countedFiles.addAndGet(files);
        long allBytes = add(tally.countedBytes, bytes);
        if (allFiles > options.maxFiles || allBytes > options.maxBytes) {
            throw new OperationException(
                    Problem.TOO_MUCH,
                    source.place(new byte[0]) + " must have at most " + options.limits("and")
                            + ", but has more; nothing was copied");
        }
    }

    /** Adds up to the largest number: two sparse files may have more bytes than it says. */
    static long add(AtomicLong sum, long bytes) {
        return sum.accumulateAndGet(bytes, (one, other) -> one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other);
    }

    void copied(long bytes) {
        long allFiles = tally.files.incrementAndGet();
        long allBytes = add(tally.bytes, bytes);
        if (allFiles > options.maxFiles || allBytes > options.maxBytes) {
            throw new OperationException(
                    Problem.TOO_MUCH,
                    source.place(new byte[0]) + " grew beyond " + options.limits("or") + " while it was copied");
        }
    }

    void current(TreeNode node) {
        current = node;
    }

    void tellProgress(ProgressWatch watch) {
        TreeNode node = current;
        watch.progressed(tally.seen.get(), tally.moved.get(), node == null ? source.path() : source.at(node.path()));
    }

    Set<PosixFilePermission> fileMode(FileState state) {
        return options.keepingModes ? state.mode() : staging().withoutUmask(state.mode());
    }

    /** Without modes, a file that is replaced keeps its own. */
    void keepMode(Path staged, @Nullable FileState there) throws IOException {
        if (!options.keepingModes && there != null && there.isFile()) {
            try (SeekableByteChannel open = staging().directory().read(staged)) {
                staging().directory().setMode(staged, there.mode());
                force(FileContents.channel(open));
            }
        }
    }

    Set<PosixFilePermission> directoryMode(TreeNode node) {
        FileState state = node.state;
        if (state == null) {
            throw new IllegalStateException("the first directory is not copied");
        }
        Set<PosixFilePermission> mode =
                options.keepingModes ? state.mode() : staging().withoutUmask(state.mode());
        if (!options.openingDirectories) {
            return mode;
        }
        Set<PosixFilePermission> open = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
        open.addAll(mode);
        return open;
    }

    void force(FileChannel file) throws IOException {
        if (options.forcing) {
            file.force(true);
        }
    }

    void force(OpenDirectory directory) throws IOException {
        if (options.forcing) {
            directory.force(dot);
        }
    }

    /** Why what is there may not go for a file or link; null if it may. */
    @Nullable
    SkipReason inTheWay(Worker worker, TreeNode node, Path name, FileState there) throws IOException {
        if (there.isDirectory()) {
            return mayReplace(worker, node, name, there) ? null : SkipReason.IN_THE_WAY;
        }
        return mayKeep(node.target(), node, name) ? null : SkipReason.NO_BACKUP;
    }

    /** Whether a directory of the target may go for a file: if it is empty, or all that is missing goes. */
    boolean mayReplace(Worker worker, TreeNode node, Path name, FileState there) throws IOException {
        if (holdsSource(there.key())) {
            return false;
        }
        byte[] path = pathOf(node, name);
        if (options.deletingMissing && keepsNothingIn(path) && there.mode().contains(PosixFilePermission.OWNER_WRITE)) {
            return true;
        }
        try (OpenDirectory directory = worker.enter(node.target(), name, () -> target.foreign(path))) {
            Iterator<Path> entries = directory.names();
            return !OpenDirectory.hasNext(entries)
                    || (options.deletingMissing && missing.wouldGo(worker, node.target(), name, path));
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    /** Takes a directory out of the way. */
    void clearWay(Worker worker, OpenDirectory directory, Path name) throws IOException {
        staging().discard(worker, directory, name);
    }

    /**
     * Takes something that is no directory out of the way.
     *
     * @param node the directory in which it is, if the source has it too
     */
    void makeWay(OpenDirectory directory, @Nullable TreeNode node, Path name) throws IOException {
        Path backup = options.keepingBackups ? findBackupName(node, name) : null;
        if (backup == null) {
            directory.deleteFile(name);
        } else {
            directory.move(name, directory, backup);
        }
    }

    /** Whether something that is no directory can be kept as a backup, or needs not. */
    boolean mayKeep(OpenDirectory directory, @Nullable TreeNode node, Path name) throws IOException {
        if (!options.keepingBackups) {
            return true;
        }
        Path backup = findBackupName(node, name);
        FileState kept = backup == null ? null : directory.find(backup);
        return backup != null && (kept == null || !kept.isDirectory());
    }

    /** The name with a tilde, or with more where the source has that name itself; null if it would be too long. */
    private @Nullable Path findBackupName(@Nullable TreeNode node, Path name) throws IOException {
        byte[] bytes = names.bytes(name);
        while (bytes.length < LONGEST_NAME) {
            bytes = Arrays.copyOf(bytes, bytes.length + 1);
            bytes[bytes.length - 1] = '~';
            Path backup = names.of(bytes);
            if (node == null || !isCopied(node, backup)) {
                return backup;
            }
        }
        return null;
    }

    private boolean isCopied(TreeNode node, Path name) throws IOException {
        FileState state = node.parent == null ? null : node.source().find(name);
        return state != null && !excludes(node, name, state.isDirectory());
    }

    private boolean isBackup(Path name) {
        byte[] bytes = names.bytes(name);
        return options.keepingBackups && bytes[bytes.length - 1] == '~';
    }

    /**
     * Keeps a file that will be replaced as {@code name~}, as a copy: renaming it would leave a moment without the
     * file. What is no file, or may not be read, is renamed.
     */
    void backup(Worker worker, TreeNode node, Path name, FileState there, Supplier<ForeignName> foreign)
            throws IOException {
        if (!options.keepingBackups || there.isDirectory()) {
            return;
        }
        OpenDirectory directory = node.target();
        Path backup = findBackupName(node, name);
        if (backup == null) {
            return;
        }
        if (!there.isFile() || !there.mode().contains(PosixFilePermission.OWNER_READ)) {
            directory.move(name, directory, backup);
            return;
        }
        Path copy = staging().freshName();
        EnumSet<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(there.mode());
        try (SeekableByteChannel old = worker.read(directory, name, foreign);
                SeekableByteChannel kept = staging().create(staging().directory(), copy, mode)) {
            FileChannel out = FileContents.channel(kept);
            long copied = contents.copy(worker, FileContents.channel(old), out, there.size());
            tally.moved.addAndGet(-copied);
            staging().finish(staging().directory(), copy, mode, there);
            force(out);
        }
        staging().directory().move(copy, directory, backup);
    }
}
