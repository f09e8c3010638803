package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.files.copy.CopyMeans;
import com.cocalc.storage.files.copy.CopyOperation;
import com.cocalc.storage.files.copy.Recovery;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.Site;
import com.cocalc.storage.files.tree.TreePath;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The files of projects, as a service sees them: copies between projects that are safe while their owners change them.
 *
 * <p>Services and projects run as the same user, so permissions protect nothing between them, and an owner can swap any
 * name below the home directory for a link or a FIFO between any two steps of a copy. So each directory is held open,
 * each name is looked up in an open directory and never followed, and new files are made in a private directory
 * {@code .cocalc-storage} at the root of the service's mount and moved in when they are complete.
 *
 * <p>What is kept: mode (nine bits), times (to the microsecond), links as links, hard links inside the copied tree,
 * holes, and names of any bytes. What is made belongs to the service. Set-uid, set-gid and sticky bits, device nodes,
 * FIFOs, sockets, extended attributes and access control lists are not copied.
 *
 * <p>Immutable and safe for use by several threads. Each operation runs its own threads.
 */
public final class ProjectFiles {

    private final ServiceVolumes service;
    private final StorageMount mount;
    private final MountedTree projects;
    private final CopyMeans means;

    private ProjectFiles(ServiceVolumes service, StorageMount mount, MountedTree projects, CopyMeans means) {
        this.service = service;
        this.mount = mount;
        this.projects = projects;
        this.means = means;
    }

    /**
     * Returns the files that a service sees in its own container.
     *
     * @param service the volumes of the service that runs here
     * @return the files
     * @throws FilesException if the mount is missing, or its file system cannot do what safety needs
     */
    public static ProjectFiles of(ServiceVolumes service) {
        return of(service, FileSystems.getDefault());
    }

    /**
     * Returns the files that a service sees in a container.
     *
     * @param service the volumes of the service
     * @param container the container's file system
     * @return the files
     * @throws FilesException if the mount is missing, or its file system cannot do what safety needs
     */
    public static ProjectFiles of(ServiceVolumes service, FileSystem container) {
        return below(service, container.getPath("/"));
    }

    /**
     * Returns the files that a service sees where a directory stands for the root of its container: in a test, or where
     * an operator has mounted the claim elsewhere.
     *
     * @param service the volumes of the service
     * @param root what stands for {@code /}; nobody but the service may change it
     * @return the files
     * @throws FilesException if the mount is missing, or its file system cannot do what safety needs
     */
    public static ProjectFiles below(ServiceVolumes service, Path root) {
        requireNonNull(service, "service");
        requireNonNull(root, "root");
        StorageMount mount = service.mounts().stream()
                .filter(seen -> seen.mountPath().equals(ServiceVolumes.PROJECTS_PATH))
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException(
                        service.service() + " must mount the projects to copy files; use manage-copy"));
        MountedTree projects =
                new MountedTree(root.resolve(mount.mountPath().toString().substring(1)));
        try {
            projects.requireSafe(mount.mountPath());
        } catch (OperationException e) {
            throw new FilesException(e, null);
        }
        return new ProjectFiles(service, mount, projects, CopyMeans.of(service.identity()));
    }

    /**
     * Returns the same files, with another number of threads for each operation.
     *
     * @param number from 1 to 256; a network file system with slow answers wants more. The default is 4
     * @return the changed files
     */
    public ProjectFiles withThreads(int number) {
        return new ProjectFiles(service, mount, projects, means.withThreads(number));
    }

    /**
     * Returns the same files, with another limit for opening a file. Opening a FIFO takes until somebody opens its
     * other end; an operation that meets this ends with {@link Problem#BLOCKED}. If the FIFO has lost its name by then,
     * a thread stays behind. With 8 of them that wait for FIFOs of one project, further operations on its files are
     * refused until one returns; with 64, all operations.
     *
     * @param limit how long opening may take; the default is 10 seconds
     * @return the changed files
     */
    public ProjectFiles withOpenLimit(Duration limit) {
        return new ProjectFiles(service, mount, projects, means.withOpenLimit(limit));
    }

    /**
     * Copies a file, a link, or a directory with everything in it. What happens where source and target meet is in
     * {@link CopyRequest}.
     *
     * <p>Each file appears under its name whole. When a copy ends early, for whatever reason, files that were copied
     * stay, no file is half there, and another copy goes on from there. An interrupt ends the copy and leaves the
     * thread interrupted.
     *
     * @param request what to copy
     * @return what was done
     * @throws FilesException if nothing was copied, or not all; single files that could not be read are in the report
     *     instead
     */
    public CopyReport copy(CopyRequest request) {
        Tally tally = new Tally();
        try {
            requireWritable();
            new CopyOperation(
                            place(request.source(), request.sourcePath()),
                            place(request.target(), request.targetPath()),
                            request.options(),
                            means,
                            tally)
                    .run();
        } catch (OperationException e) {
            throw new FilesException(e, tally);
        }
        return new CopyReport(tally);
    }

    private void requireWritable() {
        if (mount.access() != Access.READ_WRITE) {
            throw new OperationException(
                    Problem.DENIED,
                    service.service() + " must mount the projects read-write to copy, but mounts them read-only; "
                            + "use manage-copy");
        }
    }

    /**
     * Deletes what operations have left behind that ended in a crash of their process or node.
     *
     * @param unused for how long nothing may have changed in what is deleted, by the clock of the file system; longer
     *     than any pause of a running operation, an hour for example
     */
    public void recover(Duration unused) {
        if (unused.isNegative()) {
            throw InvalidValueException.of(
                    "time without a change", "not be negative", unused.toString(), "use an hour, for example");
        }
        try {
            Recovery.recover(projects, unused, means.openLimit());
        } catch (OperationException e) {
            throw new FilesException(e, null);
        }
    }

    private Place place(ProjectId project, FilePath path) {
        TreePath home = TreePath.parse(service.home(project)
                .toString()
                .substring(mount.mountPath().toString().length() + 1));
        int given = home.names().size();
        TreePath inProject = path.inTree();
        return new Place(projects, home.resolve(inProject).names(), given, given, new Site(project, inProject));
    }

    /** Returns the service and its mount in words. */
    @Override
    public String toString() {
        return "files of " + service.service() + " at " + mount.mountPath() + ", " + means.threads() + " threads";
    }
}
