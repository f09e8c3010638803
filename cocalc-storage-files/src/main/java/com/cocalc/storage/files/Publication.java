package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;
import java.io.IOException;
import java.util.Arrays;

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

    /** Copies what a project has at a path to the same path of its share. */
    CopyReport publish(FilePath path, CopyOptions wanted, boolean wholeTree) throws IOException {
        recover();
        ShareRecord record = view.store().read(project);
        CopyOptions options = options(path, wanted, record);
        if (wholeTree) {
            return exchange(path, options, record);
        }
        try {
            return copy(path, options, record);
        } catch (FilesException e) {
            if (e.problem() == FilesException.Problem.OTHER_KIND) {
                // A file in place of a directory or the reverse: there is no one rename for that either.
                return exchange(path, options, record);
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
                .filter(other -> !other.equals(path) && path.contains(other))
                .map(other -> FilePath.ofNames(below(path, other)))
                .toList());
    }

    private static byte[] below(FilePath path, FilePath other) {
        byte[] whole = other.toBytes();
        int start = path.isHome() ? 0 : path.toBytes().length + 1;
        return Arrays.copyOfRange(whole, start, whole.length);
    }

    private CopyReport copy(FilePath path, CopyOptions options, ShareRecord record) throws IOException {
        Place source = view.source(project, path);
        CopyOperation operation = new CopyOperation(source, view.target(project, path), options, view.means());
        CopyReport report = operation.run(() -> {
            requirePublishable(source, operation.sourceState());
            if (ShareTree.exists(tree.path(path))
                    && ShareTree.isDirectory(tree.path(path))
                            != operation.sourceState().isDirectory()) {
                throw otherKind(source);
            }
            if (!record.shows(path)) {
                view.store().write(project, record.with(path));
            }
        });
        tree.forceParents(path);
        return report;
    }

    private CopyReport exchange(FilePath path, CopyOptions options, ShareRecord record) throws IOException {
        Place source = view.source(project, path);
        CopyOperation operation =
                new CopyOperation(source, view.exchangeTarget(project, path), options, view.means());
        try {
            CopyReport report = operation.run(() -> begin(path, source, operation.sourceState(), options, record));
            exchange.finish(path);
            exchange.clear(view.means().openLimit());
            return report;
        } catch (IOException | RuntimeException e) {
            abandon(e);
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
