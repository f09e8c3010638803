package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageMount;
import java.io.IOException;
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

    private static final int DEFAULT_THREADS = 4;
    private static final int MOST_THREADS = 256;
    private static final Duration DEFAULT_OPEN_LIMIT = Duration.ofSeconds(10);

    private final ServiceVolumes service;
    private final Path root;
    private final MountedTree projects;
    private final MountPath mountPath;
    private final Access access;
    private final int threads;
    private final Duration openLimit;

    private ProjectFiles(ServiceVolumes service, Path root, int threads, Duration openLimit) {
        this.service = service;
        this.root = root;
        this.threads = threads;
        this.openLimit = openLimit;
        StorageMount mount = service.mounts().stream()
                .filter(seen -> seen.mountPath().equals(ServiceVolumes.PROJECTS_PATH))
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException(
                        service.service() + " must mount the projects to copy files; use manage-copy"));
        this.mountPath = mount.mountPath();
        this.access = mount.access();
        this.projects = new MountedTree(inside(root, mountPath.toString()));
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
        ProjectFiles files =
                new ProjectFiles(service, requireNonNull(root, "root"), DEFAULT_THREADS, DEFAULT_OPEN_LIMIT);
        try (OpenDirectory mount = OpenDirectory.ofTrusted(files.projects.root())) {
            mount.state();
        } catch (UnsafeFileSystemException e) {
            throw new FilesException(
                    FilesException.Problem.UNSAFE,
                    "the file system at " + files.mountPath + " must hold directories open for safe access, but "
                            + e.getMessage() + "; use Linux and the JDK's own file system");
        } catch (IOException e) {
            throw FilesException.of("opening", "the mount " + files.mountPath, e);
        }
        return files;
    }

    /**
     * Returns the same files, with another number of threads for each operation.
     *
     * @param number from 1 to 256; a network file system with slow answers wants more. The default is 4
     * @return the changed files
     */
    public ProjectFiles withThreads(int number) {
        if (number < 1 || number > MOST_THREADS) {
            throw InvalidValueException.of(
                    "number of threads",
                    "be from 1 to " + MOST_THREADS,
                    Integer.toString(number),
                    "use 1 for one file after the other");
        }
        return new ProjectFiles(service, root, number, openLimit);
    }

    /**
     * Returns the same files, with another limit for opening a file. Opening a FIFO takes until somebody opens its
     * other end; an operation that meets this ends with {@link FilesException.Problem#BLOCKED}.
     *
     * @param limit how long opening may take; the default is 10 seconds
     * @return the changed files
     */
    public ProjectFiles withOpenLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw InvalidValueException.of("limit for opening", "be positive", limit.toString(), "use a few seconds");
        }
        return new ProjectFiles(service, root, threads, limit);
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
        if (access != Access.READ_WRITE) {
            throw new FilesException(
                    FilesException.Problem.DENIED,
                    service.service() + " must mount the projects read-write to copy, but mounts them read-only; "
                            + "use manage-copy");
        }
        return new CopyOperation(
                        place(request.source(), request.sourcePath()),
                        place(request.target(), request.targetPath()),
                        request.options(),
                        new CopyMeans(threads, openLimit, service.identity()))
                .run();
    }

    /**
     * Deletes what operations have left behind that ended in a crash of their process or node.
     *
     * @param unused for how long nothing may have changed in what is deleted, by the clock of the file system; longer
     *     than any pause of a running operation, an hour for example
     */
    public void recover(Duration unused) {
        Recovery.recover(projects, unused, openLimit);
    }

    private Place place(ProjectId project, FilePath path) {
        FilePath home = home(project);
        int given = home.names().size();
        return new Place(projects, home.resolve(path).names(), given, given, new Site(project, path));
    }

    /** The names from the mount's root to a project's home. */
    private FilePath home(ProjectId project) {
        ContainerPath home = service.home(project);
        return FilePath.parse(home.toString().substring(mountPath.toString().length() + 1));
    }

    private static Path inside(Path root, String containerPath) {
        return root.resolve(containerPath.substring(1));
    }

    /** Returns the service and its mount in words. */
    @Override
    public String toString() {
        return "files of " + service.service() + " at " + mountPath + ", " + threads + " threads";
    }
}
