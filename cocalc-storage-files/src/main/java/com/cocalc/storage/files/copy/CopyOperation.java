package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.ByteNames;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.Interrupts;
import com.cocalc.storage.files.tree.Job;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.MovedException;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.files.tree.Way;
import com.cocalc.storage.files.tree.Worker;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One copy from one place to another, from its request to its report. */
public final class CopyOperation {

    /** A third of the shortest time after which a recovery takes a staging directory for abandoned by a lease. */
    private static final Duration USE = Duration.ofSeconds(10);

    private final Place source;
    private final Place target;
    private final CopyOptions options;
    private final CopyMeans means;
    private final Tally tally;
    private final Stopwatch stopwatch = new Stopwatch();
    private volatile @Nullable CopyRun run;
    private volatile @Nullable Staging staging;
    private @Nullable Way sourceWay;
    private @Nullable FileState sourceState;
    private @Nullable Way targetWay;

    /** When the staging directory is to be used again. */
    private Duration useDue = USE;

    /** Whether a thread is left behind that blocks in an open. */
    private boolean abandoned;

    /**
     * Creates an operation.
     *
     * @param tally what it has done, and what the parts of a larger operation did before; limits are for all of them
     */
    public CopyOperation(Place source, Place target, CopyOptions options, CopyMeans means, Tally tally) {
        this.tally = tally;
        this.source = source;
        this.target = target;
        this.options = options;
        this.means = means;
    }

    public void run() {
        run(() -> {});
    }

    /**
     * Copies.
     *
     * @param beforeWriting called when the source is there and within the limits, before anything is written
     */
    public void run(Workers.IoCall beforeWriting) {
        means.openLimit()
                .requireThreads(List.of(source.site().project(), target.site().project()));
        refuseSamePlace();
        try {
            copyAndClose(beforeWriting);
        } catch (MovedException e) {
            throw new OperationException(
                    Problem.FAILED,
                    "copying " + source.text() + " to " + target.text()
                            + " failed: a directory was moved or removed meanwhile; copy again");
        } catch (IOException e) {
            throw OperationException.of("copying to", target.text(), e);
        }
    }

    private void refuseSamePlace() {
        if (source.tree() != target.tree()
                || !source.site().top().equals(target.site().top())) {
            return;
        }
        TreePath from = source.site().path();
        TreePath to = target.site().path();
        if (from.equals(to)) {
            throw new OperationException(
                    Problem.ONTO_ITSELF, source.text() + " must not be copied onto itself; name another target");
        }
        if (from.contains(to)) {
            throw new OperationException(
                    Problem.INTO_ITSELF,
                    source.text() + " must not be copied into itself, but the target is "
                            + ByteNames.quoted(to.toBytes()) + "; name a target outside");
        }
    }

    private void copyAndClose(Workers.IoCall beforeWriting) throws IOException {
        try {
            copy(beforeWriting);
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
        close();
    }

    /** What ended the copy is what counts; that tidying up failed as well is beside it. */
    private void closeAfter(Throwable reason) {
        try {
            Interrupts.defer(this::close);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void copy(Workers.IoCall beforeWriting) throws IOException {
        phase(this::openSource, means.threads());
        if (options.isLimited()) {
            pass(TreeCopy.Pass.COUNT, counting());
        }
        beforeWriting.run();
        phase(this::openTarget, means.threads());
        CopyRun prepared = run;
        if (prepared == null) {
            throw new IllegalStateException("a copy was not prepared");
        }
        pass(TreeCopy.Pass.COPY, prepared);
        if (prepared.hardLinks.hasRepeated()) {
            pass(TreeCopy.Pass.LINK, prepared);
        }
        Way made = targetWay;
        if (made != null && !options.dryRun) {
            prepared.force(made.directory());
        }
    }

    private void pass(TreeCopy.Pass which, CopyRun prepared) throws IOException {
        TreeCopy copy = new TreeCopy(which, prepared);
        Way from = opened(sourceWay);
        int threads = which == TreeCopy.Pass.LINK ? 1 : means.threads();
        try {
            phase(worker -> copy.start(worker, from, targetWay, source.lastName(), target.lastName()), threads);
        } finally {
            closeAll(copy::close);
        }
    }

    /**
     * Closes directories. Closing one waits for a thread that opens a name in it, and a thread that cannot be freed
     * would hold up the caller for ever, so then another thread does it.
     */
    private void closeAll(Workers.IoCall close) throws IOException {
        if (!abandoned) {
            close.run();
            return;
        }
        Thread closing = new Thread(
                () -> {
                    try {
                        close.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "cocalc-storage-files-close");
        closing.setDaemon(true);
        closing.start();
    }

    /** What the source is, when it is open. */
    public FileState sourceState() {
        return opened(sourceState);
    }

    private static <T> T opened(@Nullable T way) {
        if (way == null) {
            throw new IllegalStateException("the source is not open");
        }
        return way;
    }

    private void phase(Job first, int threads) throws IOException {
        // A short phase is over before the first look.
        requireWanted();
        Workers workers = new Workers(threads, means.openLimit(), stopwatch);
        try {
            workers.run(first, this::watch);
        } finally {
            abandoned |= workers.hasLostThread();
        }
    }

    private void watch() {
        requireWanted();
        stayInUse();
        ProgressWatch progress = options.progress;
        CopyRun running = run;
        if (progress != null && running != null && tally.isTellingDue()) {
            running.tellProgress(progress);
        }
    }

    /** A comparison of contents may write nothing for longer than a recovery waits. */
    private void stayInUse() {
        Staging own = staging;
        if (own == null || !stopwatch.isPast(useDue)) {
            return;
        }
        useDue = useDue.plus(USE);
        try {
            own.stayInUse();
        } catch (IOException e) {
            throw OperationException.of("writing to the staging directory for", target.text(), e);
        }
    }

    /** Ends the operation if its time is up, it is cancelled, or its lock is lost. */
    public void requireWanted() {
        Duration limit = options.timeLimit;
        if (limit != null && stopwatch.isPast(limit)) {
            throw new OperationException(
                    Problem.TIME_UP,
                    "copying to " + target.text() + " must take at most " + limit
                            + ", but took longer; copy again to go on from there");
        }
        try {
            options.guard.keep();
        } catch (IOException e) {
            throw OperationException.of("renewing the lock of", target.text(), e);
        }
        if (options.cancelled.getAsBoolean()) {
            throw new OperationException(
                    Problem.CANCELLED,
                    "copying to " + target.text() + " was cancelled; copy again to go on from there");
        }
    }

    private void openSource(Worker worker) throws IOException {
        Way way = openParent(worker, source, null);
        if (way == null) {
            throw sourceMissing();
        }
        sourceWay = way;
        FileState state = way.directory().find(source.lastName());
        if (state == null) {
            throw sourceMissing();
        }
        sourceState = state;
    }

    /** What adds up the source: nothing of the target is known, and nothing is written. */
    private CopyRun counting() {
        return new CopyRun(
                source.site(),
                target.site(),
                options,
                source.tree().names(),
                tally,
                opened(sourceWay),
                null,
                null,
                null,
                null);
    }

    /** Opens the target, and refuses what does not go together. */
    private void openTarget(Worker worker) throws IOException {
        FileState from = opened(sourceState);
        Staging own = options.dryRun ? null : openStaging();
        staging = own;
        Way way =
                openParent(worker, target, own == null ? null : (maker, parent, name) -> makeParent(own, parent, name));
        targetWay = way;
        if (way == null && own != null) {
            throw homeMissing();
        }
        Object targetKey = null;
        if (way != null) {
            FileState to = way.directory().find(target.lastName());
            if (to == null && target.isOwnDirectory() && target.firstMade() >= target.given()) {
                throw homeMissing();
            }
            refuseMismatch(from, to);
            refuseInside(way, from);
            targetKey = to == null ? null : to.key();
        }
        run = new CopyRun(
                source.site(),
                target.site(),
                options,
                source.tree().names(),
                tally,
                opened(sourceWay),
                way,
                own,
                from.isDirectory() ? from.key() : null,
                targetKey);
    }

    private Staging openStaging() throws IOException {
        try {
            return Staging.open(
                    target.tree().root(), means.identity(), target.site().project(), tally);
        } catch (AccessDeniedException e) {
            throw new OperationException(
                    Problem.DENIED,
                    "the service must be able to make " + Staging.SERVICE_DIRECTORY + " at the root of its mount, but "
                            + "may not; create it there with mode 0700 for " + means.identity());
        }
    }

    private static @Nullable Way openParent(Worker worker, Place place, MountedTree.@Nullable Maker maker)
            throws IOException {
        return place.tree().open(worker, place.parents(), place::foreign, place.firstMade(), maker);
    }

    private OpenDirectory makeParent(Staging staging, OpenDirectory parent, Path name) throws IOException {
        Path made = staging.freshName();
        Set<PosixFilePermission> mode = staging.withoutUmask(Staging.EVERYTHING);
        OpenDirectory directory = staging.makeDirectory(made, mode);
        try {
            staging.directory().move(made, parent, name);
            if (options.forcing) {
                parent.force(target.tree().names().of(new byte[] {'.'}));
            }
        } catch (IOException e) {
            directory.close();
            throw e;
        }
        return directory;
    }

    private void refuseMismatch(FileState from, @Nullable FileState to) {
        if (to == null) {
            return;
        }
        if (from.key().equals(to.key())) {
            throw new OperationException(
                    Problem.ONTO_ITSELF,
                    source.text() + " and " + target.text()
                            + " must differ, but are the same file; name another target");
        }
        if (from.isDirectory() != to.isDirectory()) {
            throw new OperationException(
                    Problem.OTHER_KIND,
                    target.text() + " must be a " + (from.isDirectory() ? "directory" : "file")
                            + " like the source, but is a " + (to.isDirectory() ? "directory" : "file")
                            + "; name a path " + (to.isDirectory() ? "in it" : "that does not exist"));
        }
    }

    private void refuseInside(Way way, FileState from) {
        for (Way.Step step : way.steps()) {
            if (from.isDirectory() && step.key().equals(from.key())) {
                throw new OperationException(
                        Problem.INTO_ITSELF,
                        target.text() + " must be outside the source, but is inside; name another target");
            }
        }
    }

    private OperationException sourceMissing() {
        return new OperationException(
                Problem.SOURCE_MISSING,
                source.text() + " must exist to be copied, but does not; check project and path");
    }

    private OperationException homeMissing() {
        return new OperationException(
                Problem.HOME_MISSING,
                target.text(target.given()) + " must exist, but does not; start the project once");
    }

    private void close() throws IOException {
        List<@Nullable Way> ways = Arrays.asList(sourceWay, targetWay);
        for (Way way : ways) {
            if (way != null) {
                closeAll(way::close);
            }
        }
        Staging own = staging;
        if (own != null) {
            try (own) {
                if (!own.isGone()) {
                    CopyGuard guard = options.guard.ifPossible();
                    new Workers(1, means.openLimit(), stopwatch).run(worker -> own.clear(worker, guard), () -> {});
                }
                if (own.hasLeft()) {
                    tally.remark("directories that may not be read, in directories that were deleted, are left in "
                            + Staging.SERVICE_DIRECTORY + " at the root of the mount; remove them as root");
                }
            }
        }
    }
}
