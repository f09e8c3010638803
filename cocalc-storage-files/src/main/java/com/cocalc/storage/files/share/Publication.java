package com.cocalc.storage.files.share;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.CopyOperation;
import com.cocalc.storage.files.copy.CopyOptions;
import com.cocalc.storage.files.copy.KeptPaths;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.Interrupts;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.files.tree.TrustedFiles;
import java.io.IOException;
import java.nio.file.Path;

/** What is done to one share while its lock is held. */
public final class Publication {

    private final SharesView view;
    private final ProjectId project;
    private final ShareLock lock;
    private final ShareTree tree;
    private final Exchange exchange;

    public Publication(SharesView view, ProjectId project, ShareLock lock) {
        this.view = view;
        this.project = project;
        this.lock = lock;
        this.tree = new ShareTree(view.shares(), view.means(), view.shareNames(project), project, lock);
        this.exchange = new Exchange(view.store(), tree, project, lock);
    }

    /**
     * How something is published.
     *
     * @param options of the copy
     * @param wholeTree whether the tree is exchanged
     * @param followingLinks whether links out of the tree are followed
     */
    public record Wish(CopyOptions options, boolean wholeTree, boolean followingLinks) {}

    /** Copies what a project has at a path to the same path of its share. */
    public void publish(TreePath path, Wish wish, Tally tally) throws IOException {
        recover();
        ShareRecord record = view.store().read(project);
        CopyOptions options = options(path, wish.options, record);
        if (wish.wholeTree) {
            exchange(path, options, wish, record, tally);
            return;
        }
        try {
            copy(path, options, wish, record, tally);
        } catch (OperationException e) {
            if (e.problem() != Problem.OTHER_KIND) {
                throw e;
            }
            // A file in place of a directory or the reverse: there is no one rename for that either.
            exchange(path, options, wish, record, tally);
        }
    }

    private CopyOptions options(TreePath path, CopyOptions wanted, ShareRecord record) {
        CopyOptions.Builder options = wanted.toBuilder();
        options.overwritingNewer = true;
        options.deletingMissing = true;
        options.droppingLeftOut = true;
        options.openingDirectories = true;
        options.linkRule = new InnerLinks(path.names().size() - record.depthOfOutermost(path));
        options.kept = othersBelow(path, record);
        options.guard = lock;
        return options.build();
    }

    private static KeptPaths othersBelow(TreePath path, ShareRecord record) {
        return new KeptPaths(record.paths().stream()
                        .filter(other -> !other.equals(path) && path.contains(other))
                        .toList())
                .below(path);
    }

    private void copy(TreePath path, CopyOptions options, Wish wish, ShareRecord record, Tally tally)
            throws IOException {
        Place source = view.source(project, path);
        run(path, tree.at(path), options, wish, tally, operation -> {
            FileState state = operation.sourceState();
            requirePublishable(source, state);
            prepareDirectoriesAbove(path);
            if (TrustedFiles.exists(tree.path(path))
                    && TrustedFiles.isDirectory(tree.path(path)) != state.isDirectory()) {
                throw otherKind(source);
            }
            if (!record.shows(path)) {
                view.store().write(project, record.with(path), lock);
            }
        });
        tree.forceParents(path);
    }

    private void exchange(TreePath path, CopyOptions options, Wish wish, ShareRecord record, Tally tally)
            throws IOException {
        ShareTree newTree = new ShareTree(view.shares(), view.means(), view.exchangeNames(project), project, lock);
        try {
            run(path, newTree, options, wish, tally, operation -> begin(path, operation, options, record));
            exchange.finish(path);
            exchange.clear(view.means().openLimit());
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    /** What is done when it is known that the source is there, what it is, and that it is not too much. */
    @FunctionalInterface
    private interface Beginning {
        void with(CopyOperation operation) throws IOException;
    }

    private void run(TreePath path, ShareTree to, CopyOptions options, Wish wish, Tally tally, Beginning beginning)
            throws IOException {
        tally.countAnew();
        Place source = view.source(project, path);
        Place target = to.place(TreePath.top(), path);
        if (!wish.followingLinks) {
            CopyOperation operation = new CopyOperation(source, target, options, view.means(), tally);
            operation.run(() -> beginning.with(operation));
            return;
        }
        if (options.isLimited()) {
            plan(path, options);
        }
        FollowedLinks links = new FollowedLinks(view, project, options, tally, to);
        CopyOperation operation = new CopyOperation(source, target, links.ruling(path), view.means(), tally);
        operation.run(() -> beginning.with(operation));
        links.copyAll(operation::requireWanted);
    }

    /** Adds up what would be published with what links lead to. */
    private void plan(TreePath path, CopyOptions options) throws IOException {
        Place source = view.source(project, path);
        // Nothing is there before an exchange, so everything counts.
        ShareTree nowhere = new ShareTree(view.shares(), view.means(), view.exchangeNames(project), project, lock);
        CopyOptions.Builder dry = options.toBuilder();
        dry.dryRun = true;
        dry.progress = null;
        Tally tally = new Tally();
        FollowedLinks links = new FollowedLinks(view, project, dry.build(), tally, nowhere);
        try {
            CopyOperation operation = new CopyOperation(
                    source, nowhere.place(TreePath.top(), path), links.ruling(path), view.means(), tally);
            operation.run();
            links.copyAll(operation::requireWanted);
        } catch (OperationException e) {
            if (e.problem() == Problem.TOO_MUCH) {
                throw new OperationException(
                        Problem.TOO_MUCH,
                        source.text() + " must have at most " + options.limits("and")
                                + " with what its links lead to, but has more; nothing was published");
            }
            throw e;
        }
    }

    private void begin(TreePath path, CopyOperation operation, CopyOptions options, ShareRecord record)
            throws IOException {
        Place source = view.source(project, path);
        FileState state = operation.sourceState();
        requirePublishable(source, state);
        prepareDirectoriesAbove(path);
        boolean there = TrustedFiles.exists(tree.path(path));
        boolean same = there && TrustedFiles.isDirectory(tree.path(path)) == state.isDirectory();
        if (there && !same && record.showsMoreBelow(path)) {
            throw new OperationException(
                    Problem.OTHER_KIND,
                    source.text() + " must be a directory, as others are published below it, but is a file; "
                            + "unpublish those first");
        }
        if (same) {
            exchange.beginWithOld(path, options.kept, operation::requireWanted);
        } else {
            exchange.begin();
        }
    }

    /** Tidies up after a failure, if the share is still this publisher's. */
    private void abandon(Exception reason) {
        try {
            Interrupts.defer(() -> {
                lock.keep();
                exchange.recover(view.means().openLimit());
            });
        } catch (IOException | RuntimeException e) {
            // The next publication or recovery does it.
            reason.addSuppressed(e);
        }
    }

    private static OperationException otherKind(Place source) {
        return new OperationException(Problem.OTHER_KIND, source.text() + " is of another kind than what is published");
    }

    private static void requirePublishable(Place source, FileState state) {
        if (!state.isDirectory() && !state.isFile()) {
            String what = state.kind() == FileState.Kind.LINK ? "a symbolic link" : "a FIFO, socket or device";
            throw new OperationException(
                    Problem.NOT_PUBLISHABLE,
                    source.text() + " must be a file or directory to be published, but is " + what
                            + "; publish a file or directory itself");
        }
    }

    /** Refuses a link on the way to a path, which leads to files of another publication. */
    private void prepareDirectoriesAbove(TreePath path) throws IOException {
        TreePath above = TreePath.top();
        for (byte[] name : path.names()) {
            Path directory = tree.path(above);
            if (TrustedFiles.exists(directory) && !TrustedFiles.isDirectory(directory)) {
                throw new OperationException(
                        Problem.NOT_A_DIRECTORY,
                        view.target(project, above).text() + " must be a directory, but visitors see a file or link "
                                + "there; publish what is published above it anew");
            }
            above = above.resolve(TreePath.ofNames(name));
        }
        tree.makeParentsWritable(path);
    }

    /** Removes what visitors see of a path, but for what other publications show. */
    public void unpublish(TreePath path) throws IOException {
        recover();
        ShareRecord record = view.store().read(project);
        // Also what is not noted, as after a damaged record was removed: nothing of it is shown on purpose.
        if (!record.showsAbove(path)) {
            tree.remove(path, othersBelow(path, record));
        }
        if (record.shows(path)) {
            view.store().write(project, record.without(path), lock);
        }
    }

    /** Ends what a crash has left. */
    public void recover() throws IOException {
        exchange.recover(view.means().openLimit());
    }
}
