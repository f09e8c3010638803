package com.cocalc.storage.testkit.rwx;

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
    private final Accounts accounts;
    private volatile Server server;
    private volatile boolean isOpen = true;

    RwxVolume(RwxVolumeBuilder settings) {
        accounts = settings.accounts;
        server = new Server(settings);
    }

    private RwxVolume(Accounts accounts, Server server) {
        this.accounts = accounts;
        this.server = server;
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
     * @param mount who mounts, and what
     * @return the file system; closing it leaves the volume as it is
     * @throws IllegalArgumentException if the sub-path leads through something else than directories, or is missing and
     *     the server does not let root make it
     */
    public FileSystem mount(Mount mount) {
        Objects.requireNonNull(mount, "mount");
        return new RwxFileSystem(this, syscalls(mount), mount.toString());
    }

    /**
     * The clock that times of files come from.
     *
     * @return the clock given to the builder, or a {@link VirtualTime}
     */
    public Clock clock() {
        return server.clock();
    }

    /**
     * Makes operations of all mounts fail by this rule from now on, beside the rules that are there.
     *
     * @param fault the rule
     */
    public void inject(Fault fault) {
        server.intercept().inject(Objects.requireNonNull(fault, "fault"));
    }

    /** Forgets all faults that were injected. */
    public void heal() {
        server.intercept().heal();
    }

    /**
     * Lets each operation of a kind take this long on the virtual clock. Nobody sleeps.
     *
     * @param operation the kind
     * @param duration how long
     * @throws IllegalStateException if the volume has another clock than a {@link VirtualTime}
     */
    public void latency(Operation operation, Duration duration) {
        Objects.requireNonNull(operation, "operation");
        server.intercept().setLatency(operation, Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Calls this before each operation of all mounts, on the thread that is about to perform it. What the hook does
     * with the volume is neither hooked nor recorded nor made to fail: it is somebody else.
     *
     * @param hook what to do; replaces the hook before
     */
    public void beforeEachOperation(Consumer<OperationEvent> hook) {
        server.intercept().setHook(Objects.requireNonNull(hook, "hook"));
    }

    /**
     * Starts to record the operations of all mounts.
     *
     * @return the recording, to be closed at the end
     */
    public Recording record() {
        return server.intercept().record(Integer.MAX_VALUE);
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
        return server.intercept().record(operations);
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
     * Another volume, with what {@link #crash} would leave now. This one goes on undisturbed, so that a test can look
     * at many crashes of one run, and at each moment of it.
     *
     * @param seed what decides how much is left
     * @return a new volume with a clock of its own, if that is a virtual one, and without faults, latencies, hooks and
     *     recordings
     * @throws IllegalStateException if the volume was not built {@link RwxVolumeBuilder#crashable() crashable}
     */
    public RwxVolume afterCrash(long seed) {
        Clock now = server.clock();
        Clock clock = now instanceof VirtualTime virtual ? virtual.copy() : now;
        return new RwxVolume(accounts, server.afterCrash(seed, clock));
    }

    /** Forces all that there is, as {@code sync} on the host does. Nobody else may change the volume meanwhile. */
    public void sync() {
        server.forceAll();
    }

    /**
     * Prints all that is there, a line for each name, sorted by path: mode, owner, size, path. Directories end in a
     * slash, links show their target, and a dash stands for a size that says nothing. Hard links show as files of their
     * own.
     *
     * <pre>
     * 0755 0:0 - /
     * 0755 2001:2001 - docs/
     * 0644 2001:2001 5 docs/notes
     * 0777 2001:2001 - docs/today -&gt; notes
     * </pre>
     *
     * @return the lines; {@link #populate(String)} reads them
     */
    public String tree() {
        return snapshot().toString();
    }

    /**
     * Remembers names, modes, owners, sizes, targets and contents as they are now.
     *
     * @return the snapshot
     */
    public VolumeSnapshot snapshot() {
        return VolumeSnapshot.of(this);
    }

    /**
     * Makes what a text tree shows, as root. In place of its size a file may have its contents as a JSON string:
     * {@code 0644 2001:2001 "hello" docs/notes}; with a size it is zeros. Parents that are missing are made, 0755 of
     * root.
     *
     * @param tree lines as {@link #tree()} prints them
     * @throws IllegalArgumentException if a line is none, or cannot be made
     */
    public void populate(String tree) {
        new VolumeFiller(this).fill(Objects.requireNonNull(tree, "tree"));
        server.forceAll();
    }

    /**
     * Copies the contents of a directory of another file system to the root of this volume: directories, files and
     * links, with modes and owners where that file system has them. The root gets those of the directory. Everything is
     * {@linkplain #sync() forced}.
     *
     * @param directory the directory
     * @throws IOException if something could not be read, or exists in the volume
     */
    public void populate(Path directory) throws IOException {
        new VolumeFiller(this).fill(Objects.requireNonNull(directory, "directory"));
        server.forceAll();
    }

    /**
     * Copies all that is there into a directory of another file system: directories, files (with their holes) and
     * links, with modes where that file system has them. Owners are not copied, and a hard link becomes a file of its
     * own.
     *
     * @param directory an existing directory
     * @throws IOException if something could not be written
     */
    public void copyTo(Path directory) throws IOException {
        VolumeExport.copy(server.root(), Objects.requireNonNull(directory, "directory"));
    }

    /**
     * Limits what lies below a directory, as a project quota of XFS does: writing and creating beyond it is EDQUOT, and
     * renaming or linking something into it from outside is EXDEV. What is there already counts.
     *
     * @param subPath the directory, made as the kubelet does where it is missing
     * @param bytes the most that files may hold together, in blocks of 4,096 bytes, rounded up
     * @param inodes the most files, directories and links, further hard links and the directory itself included
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public void quota(String subPath, long bytes, long inodes) {
        Quota quota = Quota.of(bytes, inodes);
        server.limit(SubPaths.ofMount(server, Mount.asRoot().subPath(subPath)), quota);
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

    /** Closes the volume: the file systems of its mounts are closed with it, and whatever is open on them. */
    @Override
    public void close() {
        isOpen = false;
        server.leave();
        try {
            MountedFileSystems.closeAll(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOpen() {
        return isOpen;
    }

    Accounts accounts() {
        return accounts;
    }

    Server server() {
        return server;
    }

    Syscalls syscalls(Mount mount) {
        return server.syscalls(mount);
    }
}
