package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One copy between projects, from its request to its report. */
final class CopyOperation {

    private final ProjectFiles files;
    private final CopyRequest request;
    private final CopyOptions options;
    private final MountedTree tree;
    private final Tally tally = new Tally();
    private final Stopwatch stopwatch = new Stopwatch();
    private @Nullable CopyRun run;
    private @Nullable Staging staging;
    private @Nullable Way sourceWay;
    private @Nullable Way targetWay;

    CopyOperation(ProjectFiles files, CopyRequest request) {
        this.files = files;
        this.request = request;
        this.options = request.options();
        this.tree = files.projects();
    }

    CopyReport run() {
        refuseSamePlace();
        try {
            try {
                copy();
            } finally {
                close();
            }
        } catch (FilesException e) {
            throw e.with(new CopyReport(tally));
        } catch (MovedException e) {
            throw new FilesException(
                            FilesException.Problem.FAILED,
                            "copying " + source().place(new byte[0]) + " to " + target().place(new byte[0])
                                    + " failed: a directory was moved or removed meanwhile; copy again")
                    .with(new CopyReport(tally));
        } catch (IOException e) {
            throw FilesException.of("copying to", target().place(new byte[0]), e)
                    .with(new CopyReport(tally));
        }
        return new CopyReport(tally);
    }

    private Site source() {
        return new Site(request.source(), request.sourcePath());
    }

    private Site target() {
        return new Site(request.target(), request.targetPath());
    }

    private void refuseSamePlace() {
        if (!request.source().equals(request.target())) {
            return;
        }
        if (request.sourcePath().equals(request.targetPath())) {
            throw new FilesException(
                    FilesException.Problem.ONTO_ITSELF,
                    source().place(new byte[0]) + " must not be copied onto itself; name another target");
        }
        if (request.sourcePath().contains(request.targetPath())) {
            throw new FilesException(
                    FilesException.Problem.INTO_ITSELF,
                    source().place(new byte[0]) + " must not be copied into itself, but the target is "
                            + ByteNames.quoted(request.targetPath().toBytes()) + "; name a target outside");
        }
    }

    private void copy() throws IOException {
        phase(this::prepare, files.threads());
        CopyRun prepared = run;
        if (prepared == null) {
            throw new IllegalStateException("a copy was not prepared");
        }
        if (options.isLimited()) {
            pass(TreeCopy.Pass.COUNT, prepared);
        }
        pass(TreeCopy.Pass.COPY, prepared);
        if (prepared.hardLinks.hasRepeated()) {
            pass(TreeCopy.Pass.LINK, prepared);
        }
    }

    private void pass(TreeCopy.Pass which, CopyRun prepared) throws IOException {
        TreeCopy copy = new TreeCopy(which, prepared);
        Way source = sourceWay;
        if (source == null) {
            throw new IllegalStateException("the source is not open");
        }
        Path name = lastName(request.source(), request.sourcePath());
        Path targetName = lastName(request.target(), request.targetPath());
        int threads = which == TreeCopy.Pass.LINK ? 1 : files.threads();
        try {
            phase(worker -> copy.start(worker, source, targetWay, name, targetName), threads);
        } finally {
            copy.close();
        }
    }

    private void phase(Job first, int threads) throws IOException {
        new Workers(threads, files.openLimit(), stopwatch).run(first, this::watch);
    }

    private void watch() {
        Duration limit = options.timeLimit;
        if (limit != null && stopwatch.isPast(limit)) {
            throw new FilesException(
                    FilesException.Problem.TIME_UP,
                    "copying to " + target().place(new byte[0]) + " must take at most " + limit
                            + ", but took longer; copy again to go on from there");
        }
        Cancellation cancellation = options.cancellation;
        if (cancellation != null && cancellation.isCancelled()) {
            throw new FilesException(
                    FilesException.Problem.CANCELLED,
                    "copying to " + target().place(new byte[0]) + " was cancelled; copy again to go on from there");
        }
        CopyListener listener = options.listener;
        CopyRun running = run;
        if (listener != null && running != null) {
            listener.progressed(running.progress());
        }
    }

    private List<byte[]> names(ProjectId project, FilePath path) {
        return files.home(project).resolve(path).names();
    }

    private Path lastName(ProjectId project, FilePath path) {
        List<byte[]> names = names(project, path);
        return tree.names().of(names.get(names.size() - 1));
    }

    /** Opens both sides, and refuses what does not go together. */
    private void prepare(Worker worker) throws IOException {
        Way source = openParent(worker, source(), null, 0);
        if (source == null) {
            throw sourceMissing();
        }
        sourceWay = source;
        FileState from = source.directory().find(lastName(request.source(), request.sourcePath()));
        if (from == null) {
            throw sourceMissing();
        }
        Staging own = options.dryRun ? null : openStaging();
        staging = own;
        int homeNames = files.home(request.target()).names().size();
        Way target = openParent(
                worker,
                target(),
                own == null ? null : (maker, parent, name) -> makeParent(own, parent, name),
                homeNames);
        targetWay = target;
        if (target == null && own != null) {
            throw homeMissing();
        }
        Object targetKey = null;
        if (target != null) {
            FileState to = target.directory().find(lastName(request.target(), request.targetPath()));
            if (to == null && request.targetPath().isHome()) {
                throw homeMissing();
            }
            refuseMismatch(from, to);
            refuseInside(target, from);
            targetKey = to == null ? null : to.key();
        }
        run = new CopyRun(
                source(),
                target(),
                options,
                tree.names(),
                tally,
                source,
                own,
                from.isDirectory() ? from.key() : null,
                targetKey);
    }

    private Staging openStaging() throws IOException {
        try {
            return Staging.open(tree.root(), files.service().identity(), tally);
        } catch (AccessDeniedException e) {
            throw new FilesException(
                    FilesException.Problem.DENIED,
                    "the service must be able to make " + Staging.SERVICE_DIRECTORY + " at the root of its mount, but "
                            + "may not; create it there with mode 0700 for " + files.service().identity());
        }
    }

    private @Nullable Way openParent(
            Worker worker, Site site, MountedTree.@Nullable Maker maker, int firstMade) throws IOException {
        List<byte[]> names = names(site.project(), site.path());
        int home = files.home(site.project()).names().size();
        return tree.open(
                worker,
                names.subList(0, names.size() - 1),
                depth -> depth <= home
                        ? "the home directory of project " + site.project()
                        : new Site(site.project(), FilePath.home()).place(joined(names.subList(home, depth))),
                firstMade,
                maker);
    }

    private static byte[] joined(List<byte[]> names) {
        byte[] path = new byte[0];
        for (byte[] name : names) {
            path = ByteNames.join(path, name);
        }
        return path;
    }

    private static OpenDirectory makeParent(Staging staging, OpenDirectory parent, Path name) throws IOException {
        Path made = staging.freshName();
        Set<PosixFilePermission> mode = staging.withoutUmask(Staging.EVERYTHING);
        OpenDirectory directory = staging.makeDirectory(made, mode);
        try {
            staging.directory().move(made, parent, name);
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
            throw new FilesException(
                    FilesException.Problem.ONTO_ITSELF,
                    source().place(new byte[0]) + " and " + target().place(new byte[0])
                            + " must differ, but are the same file; name another target");
        }
        if (from.isDirectory() != to.isDirectory()) {
            throw new FilesException(
                    FilesException.Problem.OTHER_KIND,
                    target().place(new byte[0]) + " must be a " + (from.isDirectory() ? "directory" : "file")
                            + " like the source, but is a " + (to.isDirectory() ? "directory" : "file")
                            + "; name a path " + (to.isDirectory() ? "in it" : "that does not exist"));
        }
    }

    private void refuseInside(Way target, FileState from) {
        for (Way.Step step : target.steps()) {
            if (from.isDirectory() && step.key().equals(from.key())) {
                throw new FilesException(
                        FilesException.Problem.INTO_ITSELF,
                        target().place(new byte[0]) + " must be outside the source, but is inside; name another target");
            }
        }
    }

    private FilesException sourceMissing() {
        return new FilesException(
                FilesException.Problem.SOURCE_MISSING,
                source().place(new byte[0]) + " must exist to be copied, but does not; check project and path");
    }

    private FilesException homeMissing() {
        return new FilesException(
                FilesException.Problem.HOME_MISSING,
                "the home directory of project " + request.target()
                        + " must exist, but does not; start the project once");
    }

    private void close() throws IOException {
        List<@Nullable Way> ways = Arrays.asList(sourceWay, targetWay);
        for (Way way : ways) {
            if (way != null) {
                way.close();
            }
        }
        Staging own = staging;
        if (own != null) {
            new Workers(1, files.openLimit(), stopwatch).run(own::clear, () -> {});
            own.close();
        }
    }
}
