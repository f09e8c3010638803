package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.rwx.call.OpenHandle;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.Quota;
import com.cocalc.storage.rwx.kernel.OpenHandles;
import com.cocalc.storage.rwx.kernel.Server;
import com.cocalc.storage.rwx.kernel.SubPaths;
import com.cocalc.storage.rwx.kernel.Syscalls;
import com.cocalc.storage.rwx.nio.Accounts;
import com.cocalc.storage.rwx.nio.OpenVolume;
import com.cocalc.storage.rwx.nio.PathTarget;
import com.cocalc.storage.rwx.nio.RwxFileSystem;
import com.cocalc.storage.rwx.nio.RwxPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A shared file system in memory, for any number of mounts at once. */
public final class RwxVolume implements AutoCloseable {
    private final Clock clock;
    private final OpenVolume open;
    private final Interception interception;
    private volatile Server server;

    RwxVolume(Server server, Clock clock, Accounts accounts) {
        this.server = server;
        this.clock = clock;
        this.open = new OpenVolume(accounts);
        this.interception = new Interception(clock instanceof VirtualTime virtual ? virtual : null);
    }

    /**
     * Creates an empty volume that answers as Linux does on one host. Its root directory is owned by root with mode
     * 0755, its clock starts at 2020-01-01T00:00:00Z and advances 1 µs per operation, and its capacity is unlimited.
     *
     * @return the volume
     */
    public static RwxVolume create() {
        return builder().build();
    }

    /**
     * Creates a builder for a volume with other settings.
     *
     * @return a builder with the settings of {@link #create()}
     */
    public static RwxVolumeBuilder builder() {
        return new RwxVolumeBuilder();
    }

    /**
     * Mounts this volume as a file system of its own.
     *
     * @param mount the user, and the part of the volume
     * @return the file system; closing it closes what is open on it and ends the mount, and leaves the files as they
     *     are
     * @throws IllegalArgumentException if the sub-path leads through something other than directories, or is missing
     *     and the server does not let root create it
     * @throws IllegalStateException if the volume is closed
     */
    public FileSystem mount(Mount mount) {
        Objects.requireNonNull(mount, "mount");
        requireOpen();
        return new RwxFileSystem(open, syscalls(mount), mount.toString());
    }

    /** {@return the clock that gives files their times: the one given to the builder, or a {@link VirtualTime}} */
    public Clock clock() {
        return clock;
    }

    /**
     * Returns a new volume with the files that {@link #crash} would leave now. This volume is not changed, so a test
     * can examine many crashes of one run, at each moment of it.
     *
     * @param seed the seed that decides how much is left
     * @return a new volume with a clock of its own, if that is a virtual one, and without faults, latencies, hooks and
     *     recordings
     * @throws IllegalStateException if the volume was not built {@link RwxVolumeBuilder#crashable() crashable}
     */
    public RwxVolume afterCrash(long seed) {
        Clock other = clock instanceof VirtualTime virtual ? virtual.copy() : clock;
        return new RwxVolume(server.afterCrash(seed, ClockTicks.of(other)), other, open.accounts());
    }

    /**
     * Returns the text tree of the volume: one line for each name, sorted by path, with mode, owner, size and path.
     * Directories end in a slash, FIFOs in a bar, links show their target, and a dash replaces a size that has no
     * meaning. If a file has several names, the first one shows its size, and the others have {@code =} in place of the
     * size and point to the first one.
     *
     * <pre>
     * 0755 0:0 - /
     * 0755 2001:2001 - docs/
     * 0644 2001:2001 5 docs/notes
     * 0644 2001:2001 = docs/same -&gt; docs/notes
     * 0777 2001:2001 - docs/today -&gt; notes
     * </pre>
     *
     * @return the lines; {@link #populate(String)} reads them
     */
    public String tree() {
        return snapshot().toString();
    }

    /**
     * {@return a snapshot of names, modes, owners, sizes, targets and contents, without times and extended attributes}
     */
    public VolumeSnapshot snapshot() {
        return VolumeSnapshot.of(this);
    }

    /**
     * Creates what a text tree shows, as root. In place of its size a file may have its contents as a JSON string:
     * {@code 0644 2001:2001 "hello" docs/notes}; a file with a size contains zeros. A line with {@code =} adds a name
     * to a file of an earlier line, or to one that existed before. Missing parents are created, owned by root with mode
     * 0755. Hooks, recordings and faults do not apply.
     *
     * @param tree lines as {@link #tree()} prints them
     * @throws IllegalArgumentException if a line has another form, or its file cannot be created
     * @throws IllegalStateException if the volume is closed
     */
    public void populate(String tree) {
        Objects.requireNonNull(tree, "tree");
        requireOpen();
        new VolumeFiller(this).fill(tree);
        server.forceAll();
    }

    /**
     * Copies the contents of a directory of another file system to the root of this volume: directories, files with all
     * their names below the directory, links and FIFOs, with modes and owners if that file system has them, but without
     * times and extended attributes. The root gets the mode and the owner of the directory. Blocks of zeros become
     * holes. Everything is {@linkplain #sync() forced}. Hooks, recordings and faults of this volume do not apply.
     *
     * @param directory the directory
     * @throws IOException if something could not be read, exists in the volume, or is a socket or device
     * @throws IllegalStateException if the volume is closed
     */
    public void populate(Path directory) throws IOException {
        Objects.requireNonNull(directory, "directory");
        requireOpen();
        new VolumeFiller(this).fill(directory);
        server.forceAll();
    }

    /**
     * Copies the contents of this volume to a directory of another file system: directories, files (with their holes
     * and all their names) and links, with modes if that file system has them. Owners, times, extended attributes and
     * the mode of the root are not copied.
     *
     * @param directory an existing directory
     * @throws IOException if something could not be written
     * @throws IllegalArgumentException if the directory is on this volume, so that the copy would include itself
     */
    public void copyTo(Path directory) throws IOException {
        if (directory instanceof RwxPath path
                && new PathTarget(path, true).stat().dev() == server.number()) {
            throw new IllegalArgumentException("directory must not be on the volume that is copied, but " + directory
                    + " is; copy into a directory of the disk or of another volume");
        }
        VolumeExport.copy(server, Objects.requireNonNull(directory, "directory"));
    }

    /**
     * Makes operations of all mounts fail by a rule from now on, in addition to earlier rules.
     *
     * @param fault the rule
     */
    public void inject(Fault fault) {
        intercept().inject(Objects.requireNonNull(fault, "fault"));
    }

    /** Removes all faults that were injected. */
    public void heal() {
        interception.heal();
    }

    /**
     * Makes each operation of a kind advance the virtual clock, in addition to the microsecond that each operation
     * except closing takes. No thread sleeps.
     *
     * @param operation the kind
     * @param duration the time that an operation takes; zero for none
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if the clock of the volume is not a {@link VirtualTime}
     */
    public void latency(Operation operation, Duration duration) {
        Objects.requireNonNull(operation, "operation");
        intercept().setLatency(operation, Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Sets a hook that is called before each operation of all mounts, on the thread that is about to perform it. The
     * hook's own operations on the volume, which stand for another process, are not hooked or recorded and do not fail.
     * If the hook throws, the caller gets the exception and the operation is not performed, except that closing closes.
     *
     * <p>In a container, an operation belongs to the volume to which the text of its path leads: for a path through a
     * symbolic link into another mount, the hooks, recordings, faults and latencies of the link's own volume apply.
     *
     * @param hook the hook, which replaces the previous one; one that does nothing removes it
     */
    public void beforeEachOperation(Consumer<OperationEvent> hook) {
        intercept().setHook(Objects.requireNonNull(hook, "hook"));
    }

    /**
     * Starts recording the operations of all mounts.
     *
     * @return the recording, to be closed at the end
     */
    public Recording record() {
        return intercept().record(Integer.MAX_VALUE);
    }

    /**
     * Starts recording the operations of all mounts and keeps only the last ones, for tests that may run long.
     *
     * @param operations the number of operations that are kept, at least 1
     * @return the recording, to be closed at the end
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Recording recordLast(int operations) {
        if (operations < 1) {
            throw InvalidValueException.of(
                    "operations",
                    "be at least 1",
                    Integer.toString(operations),
                    "record() keeps all of them, and nothing keeps none");
        }
        return intercept().record(operations);
    }

    /**
     * Restarts the server. Everything that is open becomes stale: every use of it except closing fails with ESTALE.
     * Files do not change.
     */
    public void restartServer() {
        server.restart();
    }

    /**
     * Crashes like a host that loses power, and starts again with what is on its disk. Every use of file systems that
     * were mounted before, and of what is open on them, fails with ESTALE, except closing. A new mount shows what is
     * left:
     *
     * <ul>
     *   <li>what was forced, in directories that were forced;
     *   <li>the first of the operations on each directory since it was forced;
     *   <li>the first of the changes of each file's size and attributes since it was forced, and any of the blocks of
     *       4,096 bytes that were written to it.
     * </ul>
     *
     * <p>{@code docs/fake-file-system.md} describes this in full, and what {@code FileChannel.force} does. No other
     * thread may change the volume at the same time; a hook may call this method before an operation, which then fails.
     * Faults, latencies, hooks and recordings stay.
     *
     * @param seed the seed that decides how much is left; the same operations and the same seed leave the same files.
     *     One seed in eight loses everything that was not forced, and one in eight loses nothing
     * @throws IllegalStateException if the volume was not built {@link RwxVolumeBuilder#crashable() crashable}
     */
    public void crash(long seed) {
        server = server.crash(seed);
    }

    /**
     * Ends all waits for the other end of a FIFO, as if that end had been opened and closed: a reader then finds the
     * end of the data, and a writer finds no reader. On Linux only opening the other end ends such a wait; an interrupt
     * does not.
     */
    public void releaseFifos() {
        server.releaseFifos();
    }

    /**
     * Forces everything to the disk, as {@code sync} on the host does. No other thread may change the volume at the
     * same time.
     */
    public void sync() {
        server.forceAll();
    }

    /**
     * Limits the space and the inodes below a directory, as a project quota of XFS does. Writing and creating beyond
     * the limits fails with EDQUOT, and renaming or linking a file into the directory from outside fails with EXDEV, so
     * {@code Files.move} copies. Existing files count, and a file that is moved out still counts. Each file counts
     * against one quota; with nested directories this is the quota of the last call that covers the file, so limit the
     * outer directory first. Another call for the same directory replaces its limits. The
     * {@link java.nio.file.FileStore} of the directory shows what is left of its quota.
     *
     * @param subPath the directory, created as the kubelet creates it if it is missing; the limit of the whole volume
     *     is the builder's {@link RwxVolumeBuilder#capacity capacity}
     * @param bytes the largest size of all files together, in blocks of 4,096 bytes, rounded up; {@code Long.MAX_VALUE}
     *     for no limit
     * @param inodes the largest number of files, directories and links, including additional hard links and the
     *     directory itself; {@code Long.MAX_VALUE} for no limit
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public void quota(String subPath, long bytes, long inodes) {
        RwxVolumeBuilder.requirePositive("bytes", bytes);
        RwxVolumeBuilder.requirePositive("inodes", inodes);
        Quota quota = Quota.of(bytes, inodes);
        server.limit(SubPaths.ofTest(server, Mount.asRoot().subPath(subPath).attachment()), quota);
    }

    /** {@return whether this volume keeps track of open files and directories} */
    public boolean tracesHandles() {
        return server.handles() != null;
    }

    /**
     * Returns the handles of the open files and directories.
     *
     * @return the handles, in no order
     * @throws IllegalStateException if the volume does not keep track of them
     */
    public List<OpenHandle> openHandles() {
        OpenHandles handles = server.handles();
        if (handles == null) {
            throw new IllegalStateException(
                    "open handles must be traced to be listed, but this volume does not trace them; "
                            + "build it with RwxVolume.builder().traceHandles()");
        }
        return handles.list();
    }

    /** Returns the interception, which is called before each operation from now on. */
    private Interception intercept() {
        server.listen(interception);
        return interception;
    }

    /**
     * Closes the volume, the file systems of its mounts, and everything that is open on them. A container that mounts
     * the volume below its root stays open, and what it sees of the volume is stale. The contents of the volume can
     * still be read, for example with {@link #tree()}.
     */
    @Override
    public void close() {
        server.leave();
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void requireOpen() {
        if (!open.isOpen()) {
            throw new IllegalStateException("the volume is closed; create another one, or close it later");
        }
    }

    /** Returns the state that the file systems of the mounts share. */
    OpenVolume open() {
        return open;
    }

    Server server() {
        return server;
    }

    Syscalls syscalls(Mount mount) {
        return server.syscalls(mount.attachment());
    }
}
