package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.files.copy.CopyMeans;
import com.cocalc.storage.files.copy.CopyOptions;
import com.cocalc.storage.files.copy.Recovery;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.share.Publication;
import com.cocalc.storage.files.share.ShareBusyException;
import com.cocalc.storage.files.share.ShareLock;
import com.cocalc.storage.files.share.ShareLocks;
import com.cocalc.storage.files.share.SharesView;
import com.cocalc.storage.files.tree.OperationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shares of projects: what their owners publish for visitors, copied out of the projects.
 *
 * <pre>{@code
 * ProjectId project = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
 * Shares shares = Shares.of(ServiceVolumes.forService(StorageService.MANAGE_SHARE));
 * CopyReport report = shares.publish(PublicPath.of(project, FilePath.parse("talks")));
 * }</pre>
 *
 * <p>A public path appears in the project's share under the path that it has in the project. What did not change is not
 * copied again, what the owner removed disappears, and a file is the old or the new one for a visitor at any moment.
 * All that is copied is on the disk when {@link #publish} returns.
 *
 * <p>The owner may change the project's files at the same time; see {@link ProjectFiles} for what that cannot do. A
 * symbolic link is published if it cannot lead out of the published tree, and left out otherwise, so a share never
 * shows another project or the host. Publications of one share may overlap: each of them shows its files until it is
 * unpublished itself.
 *
 * <p>Immutable and safe for use by several threads and hosts: a share has one publisher at a time, and a second one is
 * refused with {@link Problem#BUSY}.
 */
public final class Shares {

    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);

    /** Where a file system fails, it may fail for each of a million shares. */
    private static final int MOST_SUPPRESSED = 10;

    private final SharesView view;
    private final Settings settings;

    private Shares(SharesView view, Settings settings) {
        this.view = view;
        this.settings = settings;
    }

    /** What can be chosen. */
    private record Settings(Publication.Wish wish, Duration lease, Clock clock) {}

    /**
     * Returns the shares that a service sees in its own container.
     *
     * @param service the volumes of the service that runs here, usually manage-share
     * @return the shares
     * @throws FilesException if a mount is missing, or its file system cannot do what safety needs
     * @throws UnsupportedOperationException if the service does not mount the projects, and the shares read-write
     */
    public static Shares of(ServiceVolumes service) {
        return of(service, FileSystems.getDefault());
    }

    /**
     * Returns the shares that a service sees in a container.
     *
     * @param service the volumes of the service
     * @param container the container's file system
     * @return the shares
     * @throws FilesException if a mount is missing, or its file system cannot do what safety needs
     * @throws UnsupportedOperationException if the service does not mount the projects, and the shares read-write
     */
    public static Shares of(ServiceVolumes service, FileSystem container) {
        return below(service, container.getPath("/"));
    }

    /**
     * Returns the shares that a service sees where a directory stands for the root of its container.
     *
     * @param service the volumes of the service
     * @param root what stands for {@code /}; nobody but the service may change it
     * @return the shares
     * @throws FilesException if a mount is missing, or its file system cannot do what safety needs
     * @throws UnsupportedOperationException if the service does not mount the projects, and the shares read-write
     */
    public static Shares below(ServiceVolumes service, Path root) {
        requireNonNull(service, "service");
        requireNonNull(root, "root");
        requireMount(service, ServiceVolumes.PROJECTS_PATH, Access.READ_ONLY);
        requireMount(service, ServiceVolumes.SHARES_PATH, Access.READ_WRITE);
        SharesView view = SharesView.of(service, root, CopyMeans.of(service.identity()));
        try {
            view.projects().requireSafe(ServiceVolumes.PROJECTS_PATH);
            view.shares().requireSafe(ServiceVolumes.SHARES_PATH);
        } catch (OperationException e) {
            throw new FilesException(e, null);
        }
        CopyOptions.Builder options = CopyOptions.builder();
        options.forcing = true;
        return new Shares(
                view,
                new Settings(new Publication.Wish(options.build(), false, false), DEFAULT_LEASE, Clock.systemUTC()));
    }

    private static void requireMount(ServiceVolumes service, MountPath path, Access access) {
        boolean mounted = service.mounts().stream()
                .anyMatch(mount -> mount.mountPath().equals(path)
                        && (access == Access.READ_ONLY || mount.access() == Access.READ_WRITE));
        if (!mounted) {
            throw new UnsupportedOperationException(service.service() + " must mount " + path
                    + (access == Access.READ_ONLY ? "" : " read-write") + " to publish shares; use manage-share");
        }
    }

    /**
     * Returns the same shares, with another number of threads for each operation.
     *
     * @param number from 1 to 256; the default is 4
     * @return the changed shares
     */
    public Shares withThreads(int number) {
        return with(view.means().withThreads(number));
    }

    /**
     * Returns the same shares, with another limit for opening a file of a project, which a FIFO would delay for ever.
     *
     * @param limit how long opening may take; the default is 10 seconds
     * @return the changed shares
     */
    public Shares withOpenLimit(Duration limit) {
        return with(view.means().withOpenLimit(limit));
    }

    private Shares with(CopyMeans means) {
        return new Shares(
                new SharesView(view.service(), view.projects(), view.shares(), view.store(), means), settings);
    }

    /**
     * Returns the same shares, which replace a published tree as a whole: a visitor sees the old one or the new one,
     * not some files of each.
     *
     * <p>The new tree is complete before the old one is removed; unchanged files are hard links to the files of the old
     * tree. The exchange takes two renames, and between them the path does not exist. After a crash at that moment
     * {@link #recover} or the next publication of the share restores the path.
     *
     * @return the changed shares
     */
    public Shares wholeTree() {
        return wishing(new Publication.Wish(settings.wish.options(), true, settings.wish.followingLinks()));
    }

    /**
     * Returns the same shares, which follow links that lead out of the published tree to a file or directory in the
     * same home: visitors see a copy of it under the name of the link. What leads out of the home, to nothing or in
     * circles is left out as otherwise, and so are links after the first 10,000. The published path itself is no link
     * either way.
     *
     * @return the changed shares
     */
    public Shares followingLinks() {
        return wishing(new Publication.Wish(settings.wish.options(), settings.wish.wholeTree(), true));
    }

    /**
     * Returns the same shares, which compare the contents of files whose size and time of modification are equal, where
     * otherwise these two are believed.
     *
     * @return the changed shares
     */
    public Shares comparingContents() {
        return with(options -> options.comparingContents = true);
    }

    /**
     * Returns the same shares, with limits for each publication. A project that has more at the published path is
     * refused before anything is written.
     *
     * @param maxFiles the number of files, links and directories
     * @param maxBytes the sum of the sizes of files
     * @return the changed shares
     */
    public Shares limitedTo(long maxFiles, long maxBytes) {
        if (maxFiles < 0 || maxBytes < 0) {
            throw InvalidValueException.of(
                    "limit of a publication",
                    "not be negative",
                    maxFiles + " files and " + maxBytes + " bytes",
                    "use Long.MAX_VALUE for no limit");
        }
        return with(options -> {
            options.maxFiles = maxFiles;
            options.maxBytes = maxBytes;
        });
    }

    /**
     * Returns the same shares, with another policy for what must be on the disk.
     *
     * @param policy the policy; the default is {@link ForcePolicy#EVERYTHING}
     * @return the changed shares
     */
    public Shares forcing(ForcePolicy policy) {
        requireNonNull(policy, "policy");
        return with(options -> options.forcing = policy == ForcePolicy.EVERYTHING);
    }

    /**
     * Returns the same shares, whose publications tell how far they are.
     *
     * @param listener called at a bounded rate
     * @return the changed shares
     */
    public Shares tellingProgressTo(CopyListener listener) {
        requireNonNull(listener, "listener");
        return with(options -> options.progress = CopyProgress.telling(listener));
    }

    /**
     * Returns the same shares, whose publications can be cancelled.
     *
     * @param cancellation what ends them
     * @return the changed shares
     */
    public Shares cancelledBy(Cancellation cancellation) {
        requireNonNull(cancellation, "cancellation");
        return with(options -> options.cancelled = cancellation::isCancelled);
    }

    private Shares with(Consumer<CopyOptions.Builder> change) {
        CopyOptions.Builder options = settings.wish.options().toBuilder();
        change.accept(options);
        return wishing(
                new Publication.Wish(options.build(), settings.wish.wholeTree(), settings.wish.followingLinks()));
    }

    private Shares wishing(Publication.Wish wish) {
        return new Shares(view, new Settings(wish, settings.lease, settings.clock));
    }

    /**
     * Returns the same shares, with another lease. A publisher renews its lock as it works; one that has not done so
     * for the length of the lease, by the clock of the file system, is taken for dead, and the next one breaks its
     * lock. All publishers of an installation need the same lease.
     *
     * @param lease at least 30 seconds, for the memory of NFS clients; the default is 5 minutes
     * @return the changed shares
     */
    public Shares withLease(Duration lease) {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw InvalidValueException.of(
                    "lease of a share's lock", "be at least " + SHORTEST_LEASE, lease.toString(), "use a few minutes");
        }
        return new Shares(view, new Settings(settings.wish, lease, settings.clock));
    }

    /**
     * Returns the same shares, which tell by another clock when to renew a lock. It is compared with itself only: the
     * clocks of several publishers need not agree.
     *
     * @param clock the clock; the default is that of the system
     * @return the changed shares
     */
    public Shares withClock(Clock clock) {
        requireNonNull(clock, "clock");
        return new Shares(view, new Settings(settings.wish, settings.lease, clock));
    }

    /**
     * Brings what visitors see of a public path to what the project has there now; removes it if the path is disabled.
     *
     * <p>When this ends early, for whatever reason, no file is half there, and the next publication goes on from there.
     *
     * @param path what to publish
     * @return what was done; what was left out, such as links that lead out of the tree, is in it
     * @throws FilesException if nothing was published, or not all; with {@link Problem#BUSY} if another publisher is at
     *     work on the share
     */
    public CopyReport publish(PublicPath path) {
        requireNonNull(path, "path");
        Tally tally = new Tally();
        locked(path.project(), "publishing", path.path(), tally, publication -> {
            if (path.isDisabled()) {
                publication.unpublish(path.path().inTree());
            } else {
                publication.publish(path.path().inTree(), settings.wish, tally);
            }
        });
        return new CopyReport(tally);
    }

    /**
     * Removes what visitors see of a public path, but for what other publications of the share show. Does nothing if
     * they see nothing there.
     *
     * @param path what to remove; whether it is disabled does not matter
     * @throws FilesException if it was not removed, or not all of it
     */
    public void unpublish(PublicPath path) {
        requireNonNull(path, "path");
        locked(
                path.project(),
                "unpublishing",
                path.path(),
                null,
                publication -> publication.unpublish(path.path().inTree()));
    }

    /**
     * Returns what is published of a project.
     *
     * @param project the project
     * @return its public paths, in the order of their bytes; none is disabled
     * @throws FilesException if the record of the share cannot be read
     */
    public List<PublicPath> published(ProjectId project) {
        requireNonNull(project, "project");
        try {
            return view.store().read(project).paths().stream()
                    .map(path -> PublicPath.of(project, FilePath.of(path)))
                    .toList();
        } catch (IOException e) {
            throw failed("reading the record of", place(project, FilePath.home()), e);
        }
    }

    /**
     * Ends what publishers have left behind that ended in a crash of their process or node: exchanges of whole trees,
     * locks and staging directories. Shares at which a publisher is at work are left alone, and so is everything that
     * is younger than the lease. What cannot be ended, such as a share whose record is damaged, keeps nothing else from
     * being ended.
     *
     * @throws FilesException if something could not be ended; of the others, the first ten are suppressed in it
     */
    public void recover() {
        // Before the exchanges: clearing those touches files that the staging directory has further names of.
        try {
            Recovery.recover(view.shares(), settings.lease, view.means().openLimit());
        } catch (OperationException e) {
            throw new FilesException(e, null);
        }
        Set<ProjectId> projects = new TreeSet<>();
        try {
            projects.addAll(view.store().projects());
            locks().clear();
        } catch (IOException e) {
            throw failed("listing", "what publishers have noted", e);
        }
        FilesException failed = null;
        int more = 0;
        for (ProjectId project : projects) {
            try {
                locked(project, "recovering", FilePath.home(), null, Publication::recover);
            } catch (FilesException e) {
                if (e.problem() == Problem.BUSY) {
                    continue;
                }
                if (failed == null) {
                    failed = e;
                } else if (++more <= MOST_SUPPRESSED) {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void makeStore() throws IOException {
        try {
            view.store().make();
        } catch (AccessDeniedException e) {
            throw new OperationException(
                    Problem.DENIED,
                    "the service must be able to write to its mount " + ServiceVolumes.SHARES_PATH
                            + ", but may not; give that directory to "
                            + view.means().identity() + ", a kubelet makes it for root");
        }
    }

    private ShareLocks locks() {
        return new ShareLocks(view.store().locks(), settings.lease, settings.clock);
    }

    @FunctionalInterface
    private interface Work {
        void on(Publication publication) throws IOException;
    }

    private void locked(ProjectId project, String doing, FilePath path, @Nullable Tally done, Work work) {
        String place = place(project, path);
        try {
            makeStore();
            try (ShareLock lock = locks().acquire(project)) {
                work.on(new Publication(view, project, lock));
            }
        } catch (OperationException e) {
            throw new FilesException(e, done);
        } catch (ShareBusyException e) {
            throw new FilesException(
                    new OperationException(
                            Problem.BUSY,
                            doing + " " + place
                                    + " must wait, but another publisher is at work on the share; try again, "
                                    + "a publisher that died is forgotten after " + settings.lease),
                    done);
        } catch (IOException e) {
            throw new FilesException(OperationException.of(doing, place, e), done);
        }
    }

    private String place(ProjectId project, FilePath path) {
        return view.target(project, path.inTree()).text();
    }

    private static FilesException failed(String doing, String place, IOException e) {
        return new FilesException(OperationException.of(doing, place, e), null);
    }

    /** Returns the service and the way it publishes in words. */
    @Override
    public String toString() {
        return "shares of " + view.service().service() + (settings.wish.wholeTree() ? ", whole trees" : "") + ", "
                + view.means().threads() + " threads";
    }
}
