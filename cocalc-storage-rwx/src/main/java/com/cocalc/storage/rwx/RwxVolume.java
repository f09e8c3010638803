package com.cocalc.storage.rwx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** A shared file system in memory that any number of mounts show at once. */
public final class RwxVolume extends TroubledVolume implements AutoCloseable {
    private final Accounts accounts;
    private volatile boolean isOpen = true;

    RwxVolume(RwxVolumeBuilder settings) {
        this(settings.accounts, new Server(settings));
    }

    private RwxVolume(Accounts accounts, Server server) {
        super(server);
        this.accounts = accounts;
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
     * @throws IllegalStateException if the volume is closed
     */
    public FileSystem mount(Mount mount) {
        Objects.requireNonNull(mount, "mount");
        requireOpen();
        return new RwxFileSystem(this, syscalls(mount), mount.toString());
    }

    /**
     * The clock that times of files come from.
     *
     * @return the clock given to the builder, or a {@link VirtualTime}
     */
    public Clock clock() {
        return server().clock();
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
        Clock now = server().clock();
        Clock clock = now instanceof VirtualTime virtual ? virtual.copy() : now;
        return new RwxVolume(accounts, server().afterCrash(seed, clock));
    }

    /**
     * Prints all that is there, a line for each name, sorted by path: mode, owner, size, path. Directories end in a
     * slash, links show their target, and a dash stands for a size that says nothing. Of several names of one file, the
     * first shows it, and the others have {@code =} in place of the size and lead to the first one.
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
        server().forceAll();
    }

    /**
     * Copies the contents of a directory of another file system to the root of this volume: directories, files with all
     * their names below it, and links, with modes and owners where that file system has them, but without times and
     * extended attributes. The root gets those of the directory. Blocks of zeros become holes. Everything is
     * {@linkplain #sync() forced}. No hook, recording or fault of this volume meets it.
     *
     * @param directory the directory
     * @throws IOException if something could not be read, exists in the volume, or is a pipe, socket or device
     * @throws IllegalStateException if the volume is closed
     */
    public void populate(Path directory) throws IOException {
        Objects.requireNonNull(directory, "directory");
        requireOpen();
        new VolumeFiller(this).fill(directory);
        server().forceAll();
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
                && new PathTarget(path, true).stat().dev() == server().number()) {
            throw new IllegalArgumentException("directory must not be on the volume that is copied, but " + directory
                    + " is; copy into a directory of the disk or of another volume");
        }
        VolumeExport.copy(server().root(), Objects.requireNonNull(directory, "directory"));
    }

    /**
     * Closes the volume: the file systems of its mounts are closed with it, and whatever is open on them. A container
     * that has it below its root stays open, and what it sees of the volume is stale. What the volume holds can still
     * be looked at.
     */
    @Override
    public void close() {
        isOpen = false;
        server().leave();
        try {
            MountedFileSystems.closeAll(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOpen() {
        return isOpen;
    }

    void requireOpen() {
        if (!isOpen) {
            throw new IllegalStateException("the volume is closed; make another one, or close it later");
        }
    }

    Accounts accounts() {
        return accounts;
    }

    Syscalls syscalls(Mount mount) {
        return server().syscalls(mount);
    }
}
