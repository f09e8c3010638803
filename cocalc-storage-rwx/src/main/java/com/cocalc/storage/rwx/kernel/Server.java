package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Quota;
import com.cocalc.storage.rwx.disk.Space;
import com.cocalc.storage.rwx.disk.Tree;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The server of a volume, to which all its mounts talk: its tree, its locks and FIFOs, and the hooks that are asked
 * before calls.
 */
public final class Server {
    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private final long number = NUMBERS.getAndIncrement();
    private final VolumeLock lock = new VolumeLock();
    private final Settings settings;
    private final Tree tree;
    private final FileLocks locks = new FileLocks(this);
    private final Watches watches = new Watches();
    private final Pipes pipes = new Pipes();
    private final @Nullable OpenHandles handles;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable CallListener listener;
    private volatile boolean isGone;

    /**
     * What a volume is built with.
     *
     * @param maxPages the most pages, {@link com.cocalc.storage.rwx.disk.Budget#UNLIMITED} for no limit; likewise of
     *     inodes
     */
    public record Settings(
            Ticks time,
            int rootMode,
            long maxPages,
            long maxInodes,
            boolean isTracing,
            boolean isNfs,
            boolean isCrashable) {
        Settings with(Ticks other) {
            return new Settings(other, rootMode, maxPages, maxInodes, isTracing, isNfs, isCrashable);
        }
    }

    /** With an empty root. */
    public Server(Settings settings) {
        this.settings = settings;
        handles = settings.isTracing ? new OpenHandles() : null;
        Space space = new Space(settings.maxPages, settings.maxInodes);
        tree = new Tree(space, settings.rootMode, settings.time.now(), settings.isCrashable, watches);
    }

    /** As it comes up again after a crash. */
    private Server(Settings settings, Tree before, long seed) {
        this.settings = settings;
        handles = settings.isTracing ? new OpenHandles() : null;
        tree = before.afterCrash(seed, watches);
    }

    /**
     * Another server, with what is left on this one's disk if it crashes now.
     *
     * @throws IllegalStateException if it does not keep apart what was forced
     */
    public Server afterCrash(long seed, Ticks timeOfOther) {
        lock.lock();
        try {
            return new Server(settings.with(timeOfOther), tree, seed);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Loses its memory: nobody gets an answer any more, but of the server that comes up in its place.
     *
     * @throws IllegalStateException if it does not keep apart what was forced
     */
    public Server crash(long seed) {
        Server next = afterCrash(seed, settings.time);
        next.listener = listener;
        leave();
        return next;
    }

    /** Nobody gets an answer from it any more. */
    public void leave() {
        lock.lock();
        try {
            isGone = true;
            watches.endAll();
            lock.signalChange();
        } finally {
            lock.unlock();
        }
    }

    boolean isGone() {
        return isGone;
    }

    /** Unique in this JVM: the device number. */
    public long number() {
        return number;
    }

    public Tree tree() {
        return tree;
    }

    public DirectoryNode root() {
        return tree.root();
    }

    /** The lock of the volume. */
    public VolumeLock lock() {
        return lock;
    }

    FileLocks locks() {
        return locks;
    }

    Watches watches() {
        return watches;
    }

    /** The FIFOs that are open. */
    Pipes pipes() {
        return pipes;
    }

    /** Lets all go on that wait for the other end of a FIFO, as if it had been opened and closed. */
    public void releaseFifos() {
        lock.lock();
        try {
            pipes.release();
            lock.signalChange();
        } finally {
            lock.unlock();
        }
    }

    public void limit(DirectoryNode directory, Quota quota) {
        lock.lock();
        try {
            tree.limit(directory, quota);
        } finally {
            lock.unlock();
        }
    }

    /** Forces all that there is, as sync(2). */
    public void forceAll() {
        lock.lock();
        try {
            tree.forceAll();
        } finally {
            lock.unlock();
        }
    }

    /** The time of an operation that starts now, in ns since 1970. */
    long tick() {
        return settings.time.next();
    }

    /** The open handles with their stack traces, or null if they are not recorded. */
    @Nullable
    public OpenHandles handles() {
        return handles;
    }

    /** How often the server was restarted: what was opened before is stale. */
    int starts() {
        return starts.get();
    }

    public void restart() {
        lock.lock();
        try {
            starts.incrementAndGet();
            lock.signalChange();
        } finally {
            lock.unlock();
        }
    }

    /** Sets the listener that is asked before each system call. */
    public void listen(CallListener newListener) {
        listener = newListener;
    }

    /** Returns whether a listener is asked before operations. Without one the question costs nothing. */
    boolean isAsking() {
        return listener != null || isGone;
    }

    /** Asks, before an operation, and refuses all but closing of a server that is gone. */
    void before(Operation operation, byte[] path, Syscalls system) throws ErrnoException {
        CallListener now = listener;
        if (now != null && isToBeAsked(operation) && !system.isOfTest()) {
            now.before(new OperationEvent(operation, ByteText.withSurrogates(path), system.toString()));
        }
        // A hook may have crashed it.
        isToBeAsked(operation);
    }

    /** Of a server that is gone, closing asks nothing, and nothing else works. */
    private boolean isToBeAsked(Operation operation) throws ErrnoException {
        if (isGone && operation != Operation.CLOSE) {
            throw ErrnoException.of(Errno.ESTALE);
        }
        return !isGone;
    }

    public Syscalls syscalls(Attachment mount) {
        return new Syscalls(table(mount), mount.description());
    }

    /** Performs what the test itself does to the volume: without hooks, recordings and faults. */
    public Syscalls syscallsOfTest(Attachment mount) {
        return Syscalls.ofTest(table(mount), mount.description());
    }

    private MountTable table(Attachment mount) {
        return new MountTable(attach(mount, null, null, ""), List.of());
    }

    /** Attaches a part of this volume, which stays until {@link MountPoint#detach}. */
    public MountPoint attach(Attachment mount, @Nullable MountPoint below, @Nullable Inode covered, String path) {
        Inode part = SubPaths.ofMount(this, mount, covered);
        lock.lock();
        try {
            tree.hold(part);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(
                    "subPath \"" + mount.subPath() + "\" was removed while it was being mounted; mount it again", e);
        } finally {
            lock.unlock();
        }
        return new MountPoint(
                settings.isNfs ? new NfsClient() : new Object(),
                this,
                part,
                mount.user(),
                mount.isReadOnly(),
                below,
                covered,
                path);
    }
}
