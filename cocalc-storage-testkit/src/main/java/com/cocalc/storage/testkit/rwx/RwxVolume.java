package com.cocalc.storage.testkit.rwx;

import java.nio.file.FileSystem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/** A shared file system in memory that any number of mounts show at once. */
public final class RwxVolume implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private final long number = NUMBERS.getAndIncrement();
    private final StampedLock structure = new StampedLock();
    private final AtomicLong inodes = new AtomicLong(1);
    private final FileLocks locks = new FileLocks();
    private final Clock clock;
    private final @Nullable VirtualTime virtualTime;
    private final Space space;
    private final DirectoryNode root;
    private final Accounts accounts;
    private volatile boolean isOpen = true;

    private RwxVolume(Builder builder) {
        clock = builder.clock;
        accounts = builder.accounts;
        virtualTime = clock instanceof VirtualTime virtual ? virtual : null;
        space = new Space(builder.maxPages, builder.maxInodes);
        space.inodes().take(1);
        root = new DirectoryNode(nextIno(), builder.rootMode, 0, 0, now(), null);
        root.holders = 1;
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
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Mounts this volume as a file system of its own.
     *
     * @param mount who mounts, and what
     * @return the file system; closing it leaves the volume as it is
     * @throws IllegalArgumentException if the sub-path leads through something else than directories
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
        return clock;
    }

    Syscalls syscalls(Mount mount) {
        return new Syscalls(new MountTable(attach(mount, null, null, ""), List.of()), mount.toString());
    }

    /** Attaches a part of this volume, which stays until the volume is gone. */
    MountPoint attach(Mount mount, @Nullable MountPoint below, @Nullable DirectoryNode covered, String path) {
        DirectoryNode directory = SubPaths.make(this, mount.subPath());
        synchronized (directory) {
            directory.holders++;
        }
        return new MountPoint(
                new Object(), this, directory, mount.credentials(), mount.isReadOnly(), below, covered, path);
    }

    Accounts accounts() {
        return accounts;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Closes the volume: the file systems of its mounts are closed with it. */
    @Override
    public void close() {
        isOpen = false;
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

    long nextIno() {
        return inodes.getAndIncrement();
    }

    /** The time of an operation that starts now, in ns since 1970. */
    long tick() {
        return virtualTime != null ? virtualTime.tick() : now();
    }

    private long now() {
        if (virtualTime != null) {
            return virtualTime.now();
        }
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    StatFs statfs(MountPoint mount) {
        Budget pages = space.pages();
        Budget count = space.inodes();
        long total = pages.limit() == Budget.UNLIMITED ? Long.MAX_VALUE : pages.limit() * Pages.SIZE;
        return new StatFs(
                this,
                total,
                Math.max(0, total - pages.used() * Pages.SIZE),
                count.limit(),
                Math.max(0, count.limit() - count.used()),
                mount.isReadOnly());
    }

    /** Takes one name from a file or link, whose monitor must be held. */
    void dropName(Inode node, long now) {
        node.beginChange();
        node.nlink--;
        node.ctime = now;
        node.endChange();
        if (node.nlink > 0) {
            space.giveInode(node.quota);
        } else if (node.holders == 0) {
            evict(node);
        }
    }

    /** Takes the name from an empty directory, whose monitor must be held. */
    void dropDirectory(DirectoryNode directory, long now) {
        directory.beginChange();
        directory.nlink = 0;
        directory.ctime = now;
        directory.endChange();
        if (directory.holders == 0) {
            evict(directory);
        }
    }

    /** One holder less. */
    void release(Inode node) {
        synchronized (node) {
            node.holders--;
            if (node.holders == 0 && node.nlink == 0) {
                evict(node);
            }
        }
    }

    private void evict(Inode node) {
        space.giveInode(node.quota);
        if (node instanceof FileNode file) {
            file.resize(0, space);
        } else if (node instanceof LinkNode link) {
            space.givePages(node.quota, LinkNode.pagesOf(link.target()));
        }
    }

    /** The settings of a volume. */
    public static final class Builder {
        private Clock clock = new VirtualTime();
        private int rootMode = 0755;
        private long maxPages = Budget.UNLIMITED;
        private long maxInodes = Budget.UNLIMITED;
        private Accounts accounts = Accounts.rootAlone();

        private Builder() {}

        /**
         * Takes times from this clock instead of a virtual one.
         *
         * @param source the clock; a {@link VirtualTime} may be shared by several volumes
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Gives the root directory these permissions in place of 0755. Its owner is root.
         *
         * @param mode the twelve permission bits
         * @return this builder
         * @throws IllegalArgumentException if other bits are set
         */
        public Builder rootMode(int mode) {
            if ((mode & ~07777) != 0) {
                throw new IllegalArgumentException("rootMode must be 0 to 07777 (octal), but was 0"
                        + Integer.toOctalString(mode) + "; Java writes octal with a leading 0");
            }
            this.rootMode = mode;
            return this;
        }

        /**
         * Lets files hold this much together; then writing is ENOSPC. Counted in blocks of 4,096 bytes, rounded up.
         *
         * @param bytes the capacity, at least 1
         * @return this builder
         * @throws IllegalArgumentException if bytes is less than 1
         */
        public Builder capacity(long bytes) {
            requirePositive("capacity", bytes);
            this.maxPages = (bytes - 1) / Pages.SIZE + 1;
            return this;
        }

        /**
         * Lets the volume have this many inodes, its root and further hard links included; then creating is ENOSPC.
         *
         * @param count the limit, at least 1
         * @return this builder
         * @throws IllegalArgumentException if count is less than 1
         */
        public Builder inodes(long count) {
            requirePositive("inodes", count);
            this.maxInodes = count;
            return this;
        }

        /**
         * Gives a user a name, as {@code /etc/passwd} does: owners with this uid are shown by it, and the look-up service
         * finds it. Without one, a user's name is its number; root has one already.
         *
         * @param name the name
         * @param uid the user
         * @return this builder
         */
        public Builder user(String name, long uid) {
            this.accounts = accounts.withUser(name, uid);
            return this;
        }

        /**
         * Gives a group a name, as {@code /etc/group} does. Root's has one already.
         *
         * @param name the name
         * @param gid the group
         * @return this builder
         */
        public Builder group(String name, long gid) {
            this.accounts = accounts.withGroup(name, gid);
            return this;
        }

        /**
         * Makes the volume.
         *
         * @return a new, empty volume
         */
        public RwxVolume build() {
            return new RwxVolume(this);
        }

        private static void requirePositive(String name, long number) {
            if (number < 1) {
                throw new IllegalArgumentException(
                        name + " must be at least 1, but was " + number + "; leave it out for a volume without limit");
            }
        }
    }
}
