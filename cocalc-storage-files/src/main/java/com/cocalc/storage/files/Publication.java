package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;
import java.io.IOException;

/** What is done to one share while its lock is held. */
final class Publication {

    private final SharesView view;
    private final ProjectId project;
    private final ShareLock lock;
    private final ShareTree tree;
    private final Exchange exchange;

    Publication(SharesView view, ProjectId project, ShareLock lock) {
        this.view = view;
        this.project = project;
        this.lock = lock;
        this.tree = new ShareTree(view.shares(), view.shareNames(project), lock);
        this.exchange = new Exchange(view.store(), tree, project, lock);
    }

    /**
     * How something is published.
     *
     * @param options of the copy
     * @param wholeTree whether the tree is exchanged
     * @param followingLinks whether links out of the tree are followed
     */
    record Wish(CopyOptions options, boolean wholeTree, boolean followingLinks) {}

    /** Copies what a project has at a path to the same path of its share. */
    CopyReport publish(FilePath path, Wish wish) throws IOException {
        recover();
        ShareRecord record = view.store().read(project);
        CopyOptions options = options(path, wish.options, record);
        if (wish.wholeTree) {
            return exchange(path, options, wish, record);
        }
        try {
            return copy(path, options, wish, record);
        } catch (FilesException e) {
            if (e.problem() == FilesException.Problem.OTHER_KIND) {
                // A file in place of a directory or the reverse: there is no one rename for that either.
                return exchange(path, options, wish, record);
            }
            throw e;
        }
    }

    private CopyOptions options(FilePath path, CopyOptions wanted, ShareRecord record) {
        CopyOptions.Builder options = wanted.toBuilder();
        options.overwritingNewer = true;
        options.deletingMissing = true;
        options.droppingLeftOut = true;
        options.linkRule = new InnerLinks(0);
        options.kept = othersBelow(path, record);
        options.lock = lock;
        return options.build();
    }

    private static KeptPaths othersBelow(FilePath path, ShareRecord record) {
        return new KeptPaths(record.paths().stream()
                        .filter(other -> !other.equals(path))
                        .toList())
                .below(path);
    }

    private CopyReport copy(FilePath path, CopyOptions options, Wish wish, ShareRecord record) throws IOException {
        Place source = view.source(project, path);
        CopyReport report = run(path, tree.at(path), options, wish, state -> {
            requirePublishable(source, state);
            if (ShareTree.exists(tree.path(path)) && ShareTree.isDirectory(tree.path(path)) != state.isDirectory()) {
                throw otherKind(source);
            }
            if (!record.shows(path)) {
                view.store().write(project, record.with(path));
            }
        });
        tree.forceParents(path);
        return report;
    }

    private CopyReport exchange(FilePath path, CopyOptions options, Wish wish, ShareRecord record) throws IOException {
        Place source = view.source(project, path);
        ShareTree newTree = new ShareTree(view.shares(), view.exchangeNames(project), lock);
        try {
            CopyReport report = run(path, newTree, options, wish, state -> begin(path, source, state, options, record));
            exchange.finish(path);
            exchange.clear(view.means().openLimit());
            return report;
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    /** What is done when it is known that the source is there, what it is, and that it is not too much. */
    @FunctionalInterface
    private interface Beginning {
        void with(FileState source) throws IOException;
    }

    private CopyReport run(FilePath path, ShareTree to, CopyOptions options, Wish wish, Beginning beginning)
            throws IOException {
        Tally tally = new Tally();
        Place source = view.source(project, path);
        Place target = to.place(FilePath.home(), project, path);
        if (!wish.followingLinks) {
            CopyOperation operation = new CopyOperation(source, target, options, view.means(), tally);
            return operation.run(() -> beginning.with(operation.sourceState()));
        }
        if (options.isLimited()) {
            plan(path, options);
        }
        FollowedLinks links = new FollowedLinks(view, project, options, tally, to);
        CopyOperation operation = new CopyOperation(source, target, links.ruling(path), view.means(), tally);
        operation.run(() -> beginning.with(operation.sourceState()));
        links.copyAll();
        return new CopyReport(tally);
    }

    /** Adds up what would be published with what links lead to. */
    private void plan(FilePath path, CopyOptions options) throws IOException {
        Place source = view.source(project, path);
        // Nothing is there before an exchange, so everything counts.
        ShareTree nowhere = new ShareTree(view.shares(), view.exchangeNames(project), lock);
        CopyOptions.Builder dry = options.toBuilder();
        dry.dryRun = true;
        dry.listener = null;
        Tally tally = new Tally();
        FollowedLinks links = new FollowedLinks(view, project, dry.build(), tally, nowhere);
        try {
            new CopyOperation(
                            source,
                            nowhere.place(FilePath.home(), project, path),
                            links.ruling(path),
                            view.means(),
                            tally)
                    .run();
            links.copyAll();
        } catch (FilesException e) {
            if (e.problem() == FilesException.Problem.TOO_MUCH) {
                throw new FilesException(
                        FilesException.Problem.TOO_MUCH,
                        source.text() + " must have at most " + options.limits("and")
                                + " with what its links lead to, but has more; nothing was published");
            }
            throw e;
        }
    }

    private void begin(FilePath path, Place source, FileState state, CopyOptions options, ShareRecord record)
            throws IOException {
        requirePublishable(source, state);
        boolean there = ShareTree.exists(tree.path(path));
        boolean same = there && ShareTree.isDirectory(tree.path(path)) == state.isDirectory();
        if (there && !same && record.showsMoreBelow(path)) {
            throw new FilesException(
                    FilesException.Problem.OTHER_KIND,
                    source.text() + " must be a directory, as others are published below it, but is a file; "
                            + "unpublish those first");
        }
        if (same) {
            exchange.beginWithOld(path, options.kept);
        } else {
            exchange.begin();
        }
    }

    /** Tidies up after a failure, if the share is still this publisher's. */
    private void abandon(Exception reason) {
        try {
            lock.keep();
            exchange.recover(view.means().openLimit());
        } catch (IOException | RuntimeException e) {
            // The next publication or recovery does it.
            reason.addSuppressed(e);
        }
    }

    private static FilesException otherKind(Place source) {
        return new FilesException(
                FilesException.Problem.OTHER_KIND, source.text() + " is of another kind than what is published");
    }

    private static void requirePublishable(Place source, FileState state) {
        if (!state.isDirectory() && !state.isFile()) {
            String what = state.kind() == FileState.Kind.LINK ? "a symbolic link" : "a FIFO, socket or device";
            throw new FilesException(
                    FilesException.Problem.NOT_PUBLISHABLE,
                    source.text() + " must be a file or directory to be published, but is " + what
                            + "; publish a file or directory itself");
        }
    }

    /** Removes what visitors see of a path, but for what other publications show. */
    void unpublish(FilePath path) throws IOException {
        recover();
        ShareRecord record = view.store().read(project);
        if (!record.shows(path)) {
            return;
        }
        if (!record.showsAbove(path)) {
            tree.remove(
                    path,
                    othersBelow(path, record),
                    view.means().identity(),
                    view.means().openLimit());
        }
        view.store().write(project, record.without(path));
    }

    /** Ends what a crash has left. */
    void recover() throws IOException {
        exchange.recover(view.means().openLimit());
        view.store().clear(project);
    }
}
