package com.cocalc.storage.rwx;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What a test can do to a volume, and see of those who use it. */
abstract sealed class TroubledVolume permits RwxVolume {
    private volatile Server server;

    TroubledVolume(Server server) {
        this.server = server;
    }

    final Server server() {
        return server;
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
        server.intercept().setLatency(operation, Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Calls this before each operation of all mounts, on the thread that is about to perform it. What the hook does
     * with the volume is neither hooked nor recorded nor made to fail: it is somebody else. What it throws goes to who
     * called, and the operation does not take place, but closing closes.
     *
     * <p>In a container, the hooks, recordings, faults and latencies of that volume are asked that a path leads to by
     * its text alone: a symbolic link into another mount counts where the link is.
     *
     * @param hook what to do; replaces the hook before, and one that does nothing ends it
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
        Quota quota = Quota.of(bytes, inodes);
        server.limit(SubPaths.ofTest(server, subPath), quota);
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
}
