package com.cocalc.storage.rwx;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/** What all mounts of a volume talk to: its inodes, what they may use, and what is in the way of those who use them. */
final class Server {
    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private final long number = NUMBERS.getAndIncrement();
    private final StampedLock structure = new StampedLock();
    private final Inodes inodes;
    private final FileLocks locks = new FileLocks();
    private final Clock clock;
    private final @Nullable VirtualTime virtualTime;
    private final Space space;
    private final DirectoryNode root;
    private final @Nullable Disk disk;
    private final @Nullable OpenHandles handles;
    private final boolean isNfs;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Interception interception;
    private volatile boolean isGone;

    /** With an empty root. */
    Server(RwxVolumeBuilder settings) {
        clock = settings.clock;
        virtualTime = clock instanceof VirtualTime virtual ? virtual : null;
        isNfs = settings.isNfs;
        handles = settings.isTracing ? new OpenHandles() : null;
        space = new Space(settings.maxPages, settings.maxInodes);
        space.inodes().take(1);
        InodeNumbers numbers = new InodeNumbers(0);
        root = new DirectoryNode(numbers.next(), settings.rootMode, 0, 0, now(), null);
        root.holders = 1;
        disk = settings.isCrashable ? new Disk(root) : null;
        inodes = new Inodes(numbers, space, disk);
    }

    /** As it comes up again after a crash. */
    private Server(Server before, Clock clock, Survivors survivors) {
        this.clock = clock;
        virtualTime = clock instanceof VirtualTime virtual ? virtual : null;
        isNfs = before.isNfs;
        handles = before.handles == null ? null : new OpenHandles();
        space = before.space.unused();
        survivors.takeFrom(space);
        root = survivors.root();
        disk = new Disk(root);
        inodes = new Inodes(new InodeNumbers(before.inodes.lastNumber()), space, disk);
        survivors.quotas().forEach(disk::limit);
    }

    /**
     * Another server, with what is left on this one's disk if it crashes now.
     *
     * @throws IllegalStateException if it has no disk
     */
    Server afterCrash(long seed, Clock clockOfOther) {
        return new Server(this, clockOfOther, requireDisk().survivors(seed));
    }

    /**
     * Loses its memory: nobody gets an answer any more, but of the server that comes up in its place.
     *
     * @throws IllegalStateException if it has no disk
     */
    Server crash(long seed) {
        Server next = afterCrash(seed, clock);
        next.interception = interception;
        leave();
        return next;
    }

    /** Nobody gets an answer from it any more. */
    void leave() {
        intercept();
        isGone = true;
        locks.wake();
    }

    boolean isGone() {
        return isGone;
    }

    private Disk requireDisk() {
        if (disk == null) {
            throw new IllegalStateException("a volume must keep apart what was forced to be able to crash, but this one"
                    + " does not; build it with RwxVolume.builder().crashable()");
        }
        return disk;
    }

    /** Unique in this JVM: the device number. */
    long number() {
        return number;
    }

    DirectoryNode root() {
        return root;
    }

    /** Written by what changes the result of walks, validated by walks. */
    StampedLock structure() {
        return structure;
    }

    FileLocks locks() {
        return locks;
    }

    Space space() {
        return space;
    }

    Inodes inodes() {
        return inodes;
    }

    /** What would survive a crash, or null if nobody asked. */
    @Nullable
    Disk disk() {
        return disk;
    }

    /** fsync(2), or fdatasync(2) without attributes. */
    void force(Inode node, boolean isWithAttributes) {
        if (disk != null) {
            synchronized (node) {
                disk.force(node, isWithAttributes);
            }
        }
    }

    void limit(DirectoryNode directory, Quota quota) {
        quota.assignTo(directory);
        if (disk != null) {
            disk.limit(directory, quota);
        }
    }

    /** Forces all that there is, as sync(2). */
    void forceAll() {
        if (disk != null) {
            disk.forceAll(root);
        }
    }

    Clock clock() {
        return clock;
    }

    /** The time of an operation that starts now, in ns since 1970. */
    long tick() {
        return tick(1);
    }

    /** The time of the last of as many operations. */
    long tick(int operations) {
        return virtualTime != null ? virtualTime.tick(operations) : now();
    }

    private long now() {
        if (virtualTime != null) {
            return virtualTime.now();
        }
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** The stack traces of what is open, or null if nobody asked for them. */
    @Nullable
    OpenHandles handles() {
        return handles;
    }

    /** How often the server was restarted: what was opened before is stale. */
    int starts() {
        return starts.get();
    }

    void restart() {
        starts.incrementAndGet();
    }

    /** Whether anything happens before operations. Usually it does not, and then it costs nothing. */
    boolean isIntercepted() {
        return interception != null;
    }

    synchronized Interception intercept() {
        Interception now = interception;
        if (now == null) {
            now = new Interception(virtualTime);
            interception = now;
        }
        return now;
    }

    /** What a test asked for, before an operation. */
    void before(Operation operation, byte[] path, Syscalls system) throws ErrnoException {
        Interception now = interception;
        if (now != null && isToBeAsked(operation) && !system.isOfTest()) {
            now.before(new OperationEvent(operation, ByteText.withSurrogates(path), system.toString()));
            // A hook may have crashed it.
            isToBeAsked(operation);
        }
    }

    /** Of a server that is gone, closing asks nothing, and nothing else works. */
    private boolean isToBeAsked(Operation operation) throws ErrnoException {
        if (isGone && operation != Operation.CLOSE) {
            throw Errno.ESTALE.exception();
        }
        return !isGone;
    }

    Syscalls syscalls(Mount mount) {
        return new Syscalls(table(mount), mount.toString());
    }

    /** What the test itself does to the volume: nobody is told of it, and nothing is in its way. */
    Syscalls syscallsOfTest(Mount mount) {
        return Syscalls.ofTest(table(mount), mount.toString());
    }

    private MountTable table(Mount mount) {
        return new MountTable(attach(mount, null, null, ""), List.of());
    }

    /** Attaches a part of this volume, which stays until the volume is gone. */
    MountPoint attach(Mount mount, @Nullable MountPoint below, @Nullable DirectoryNode covered, String path) {
        DirectoryNode directory = SubPaths.ofMount(this, mount);
        synchronized (directory) {
            directory.holders++;
        }
        return new MountPoint(
                isNfs ? new NfsClient() : new Object(),
                this,
                directory,
                mount.credentials(),
                mount.isReadOnly(),
                below,
                covered,
                path);
    }
}
