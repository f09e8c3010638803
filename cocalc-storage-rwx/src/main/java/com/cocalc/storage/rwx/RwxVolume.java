package com.cocalc.storage.rwx;

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

/** A shared file system in memory that any number of mounts show at once. */
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
     * An empty volume that answers as Linux on one host: its root is 0755 of root, its clock starts at
     * 2020-01-01T00:00:00Z and advances 1 µs per operation, and it never fills up.
     *
     * @return the volume
     */
    public static RwxVolume create() {
        return builder().build();
    }

    /**
     * Starts a volume with other settings.
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
     * @return the file system; closing it leaves the volume as it is
     * @throws IllegalArgumentException if the sub-path leads through something else than directories, or is missing and
     *     the server does not let root make it
     * @throws IllegalStateException if the volume is closed
     */
    public FileSystem mount(Mount mount) {
        Objects.requireNonNull(mount, "mount");
        requireOpen();
        return new RwxFileSystem(open, syscalls(mount), mount.toString());
    }

    /**
     * The clock that times of files come from.
     *
     * @return the clock given to the builder, or a {@link VirtualTime}
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Another volume, with what {@link #crash} would leave now. This one goes on undisturbed, so that a test can look
     * at many crashes of one run, and at each moment of it.
     *
     * @param seed what decides how much is left
     * @return a new volume with a clock of its own, if that is a virtual one, and without faults, latencies, hooks and
     *     recordings
     * @throws IllegalStateException if the volume was not built {@link RwxVolumeBuilder#crashable() crashable}
     */
    public RwxVolume afterCrash(long seed) {
        Clock other = clock instanceof VirtualTime virtual ? virtual.copy() : clock;
        return new RwxVolume(server.afterCrash(seed, ClockTicks.of(other)), other, open.accounts());
    }

    /**
     * Prints all that is there, a line for each name, sorted by path: mode, owner, size, path. Directories end in a
     * slash, FIFOs in a bar, links show their target, and a dash stands for a size that says nothing. Of several names
     * of one file, the first shows it, and the others have {@code =} in place of the size and lead to the first one.
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
     * Remembers names, modes, owners, sizes, targets and contents as they are now, but neither times nor extended
     * attributes.
     *
     * @return the snapshot
     */
    public VolumeSnapshot snapshot() {
        return VolumeSnapshot.of(this);
    }

    /**
     * Makes what a text tree shows, as root. In place of its size a file may have its contents as a JSON string:
     * {@code 0644 2001:2001 "hello" docs/notes}; with a size it is zeros. A line with {@code =} gives a further name to
     * a file of an earlier line, or that was there before. Parents that are missing are made, 0755 of root. This is the
     * test's own doing: no hook, recording or fault meets it.
     *
     * @param tree lines as {@link #tree()} prints them
     * @throws IllegalArgumentException if a line is none, or cannot be made
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
     * their names below it, links and FIFOs, with modes and owners where that file system has them, but without times
     * and extended attributes. The root gets those of the directory. Blocks of zeros become holes. Everything is
     * {@linkplain #sync() forced}. No hook, recording or fault of this volume meets it.
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
     * Copies all that is there into a directory of another file system: directories, files (with their holes and all
     * their names) and links, with modes where that file system has them. Owners, times, extended attributes and the
     * mode of the root are not copied.
     *
     * @param directory an existing directory
     * @throws IOException if something could not be written
     * @throws IllegalArgumentException if the directory is on this volume: the copy would copy itself
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
     * Makes operations of all mounts fail by this rule from now on, beside the rules that are there.
     *
     * @param fault the rule
     */
    public void inject(Fault fault) {
        intercept().inject(Objects.requireNonNull(fault, "fault"));
    }

    /** Forgets all faults that were injected. */
    public void heal() {
        interception.heal();
    }

    /**
     * Lets each operation of a kind take this long on the virtual clock, beside the microsecond that each operation but
     * closing takes. Nobody sleeps.
     *
     * @param operation the kind
     * @param duration how long; zero for none
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if the volume has another clock than a {@link VirtualTime}
     */
    public void latency(Operation operation, Duration duration) {
        Objects.requireNonNull(operation, "operation");
        intercept().setLatency(operation, Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Calls this before each operation of all mounts, on the thread that is about to perform it. What the hook does
     * with the volume is neither hooked nor recorded nor made to fail: it stands for another process. What it throws
     * goes to the caller, and the operation does not take place, but closing closes.
     *
     * <p>In a container, the hooks, recordings, faults and latencies of that volume are asked that a path leads to by
     * its text alone: a symbolic link into another mount counts where the link is.
     *
     * @param hook what to do; replaces the hook before, and one that does nothing ends it
     */
    public void beforeEachOperation(Consumer<OperationEvent> hook) {
        intercept().setHook(Objects.requireNonNull(hook, "hook"));
    }

    /**
     * Starts to record the operations of all mounts.
     *
     * @return the recording, to be closed at the end
     */
    public Recording record() {
        return intercept().record(Integer.MAX_VALUE);
    }

    /**
     * Starts to record the operations of all mounts, and keeps the last ones alone: for tests that may run long.
     *
     * @param operations how many are kept, at least 1
     * @return the recording, to be closed at the end
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Recording recordLast(int operations) {
        if (operations < 1) {
            throw new IllegalArgumentException("operations must be at least 1, but was " + operations
                    + "; record() keeps all of them, and nothing keeps none");
        }
        return intercept().record(operations);
    }

    /**
     * Restarts the server: whatever is open is stale, and every use but closing it is ESTALE. Files are as they were.
     */
    public void restartServer() {
        server.restart();
    }

    /**
     * Crashes as a host that loses power, and starts again with what its disk has. File systems mounted before are
     * dead: every use of them and of what is open on them, but closing it, is ESTALE. Mount anew to see what is left:
     *
     * <ul>
     *   <li>what was forced, in directories that were forced;
     *   <li>of the operations on each directory since it was forced, the first ones;
     *   <li>of the changes of each file's size and attributes since it was forced, the first ones, and of the blocks of
     *       4,096 bytes that were written to it, any.
     * </ul>
     *
     * <p>All of it, and what {@code FileChannel.force} does, is in {@code docs/fake-file-system.md}. Nobody else may
     * change the volume meanwhile; a hook may call this before an operation, which then fails. Faults, latencies, hooks
     * and recordings stay.
     *
     * @param seed what decides how much is left; the same operations and the same seed leave the same. One seed in
     *     eight loses all that was not forced, one in eight nothing
     * @throws IllegalStateException if the volume was not built {@link RwxVolumeBuilder#crashable() crashable}
     */
    public void crash(long seed) {
        server = server.crash(seed);
    }

    /**
     * Ends all waits for the other end of a FIFO, as if it had been opened and closed: a reader then finds the end of
     * the data, and a writer finds no reader. On Linux only opening the other end does that, not even an interrupt.
     */
    public void releaseFifos() {
        server.releaseFifos();
    }

    /** Forces all that there is, as {@code sync} on the host does. Nobody else may change the volume meanwhile. */
    public void sync() {
        server.forceAll();
    }

    /**
     * Limits what lies below a directory, as a project quota of XFS does: writing and creating beyond it is EDQUOT, and
     * renaming or linking something into it from outside is EXDEV, so that {@code Files.move} copies. What is there
     * already counts, and what moves out counts on. Each file counts against one quota: of nested directories, against
     * that of the last call that covers it, so limit the outer one first. A further call for a directory replaces its
     * limits. The {@link java.nio.file.FileStore} of a directory shows what its quota leaves.
     *
     * @param subPath the directory, made as the kubelet does where it is missing; of the whole volume, the builder's
     *     {@link RwxVolumeBuilder#capacity capacity} is the limit
     * @param bytes the most that files may hold together, in blocks of 4,096 bytes, rounded up; {@code Long.MAX_VALUE}
     *     for no limit
     * @param inodes the most files, directories and links, further hard links and the directory itself included;
     *     {@code Long.MAX_VALUE} for no limit
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public void quota(String subPath, long bytes, long inodes) {
        RwxVolumeBuilder.requirePositive("bytes", bytes);
        RwxVolumeBuilder.requirePositive("inodes", inodes);
        Quota quota = Quota.of(bytes, inodes);
        server.limit(SubPaths.ofTest(server, Mount.asRoot().subPath(subPath).attachment()), quota);
    }

    /**
     * Returns whether it keeps track of what is open.
     *
     * @return whether it was built with {@link RwxVolumeBuilder#traceHandles()}
     */
    public boolean tracesHandles() {
        return server.handles() != null;
    }

    /**
     * Lists what is open.
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

    /** From now on it is asked before each operation. */
    private Interception intercept() {
        server.listen(interception);
        return interception;
    }

    /**
     * Closes the volume: the file systems of its mounts are closed with it, and whatever is open on them. A container
     * that has it below its root stays open, and what it sees of the volume is stale. What the volume holds can still
     * be looked at.
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
            throw new IllegalStateException("the volume is closed; make another one, or close it later");
        }
    }

    /** What its file systems have in common. */
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
