package com.cocalc.storage.files.copy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.ForeignName;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.TrustedFiles;
import com.cocalc.storage.files.tree.Worker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The private directory of one operation, {@code .cocalc-storage/staging/<n>} at the root of the target's mount. No
 * sub-path of a project shows it, so nobody else can change a name in it, and what an open handle cannot make
 * (directories, links) is made in it by path. What is finished is moved from here to where it belongs, and what must go
 * is moved here first.
 */
public final class Staging implements Closeable {

    /** The directory of the service at its mount's root. */
    public static final String SERVICE_DIRECTORY = ".cocalc-storage";

    public static final String STAGING = "staging";

    static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    static final Set<PosixFilePermission> EVERYTHING = PosixFilePermissions.fromString("rwxrwxrwx");

    private static final int MOST_NUMBERS = 16;

    private final Path path;
    private final OpenDirectory directory;
    private final AtomicInteger sequence = new AtomicInteger();
    private final Set<PosixFilePermission> umask = EnumSet.noneOf(PosixFilePermission.class);
    private final ForeignName discarded;
    private FileTime started = FileTime.fromMillis(0);
    private @Nullable UserPrincipal user;
    private @Nullable GroupPrincipal group;
    private volatile boolean hasLeft;

    private Staging(Path path, ForeignName discarded) throws IOException {
        this.path = path;
        this.discarded = discarded;
        this.directory = OpenDirectory.ofTrusted(path);
    }

    /**
     * Makes the directory of a new operation.
     *
     * @param project whose files the operation discards; its owner may still have them open
     */
    public static Staging open(Path mountRoot, PosixIdentity owner, ProjectId project, Tally tally) throws IOException {
        Path all = makePrivate(
                makePrivate(mountRoot.resolve(SERVICE_DIRECTORY), owner).resolve(STAGING), owner);
        Path own = makeOwn(all);
        TrustedFiles.give(own, owner);
        return probed(own, owner, project, tally);
    }

    /** Many may be left that only root can delete, so not all numbers are tried. */
    private static Path makeOwn(Path all) throws IOException {
        for (int number = 0; number < MOST_NUMBERS; number++) {
            Path own = all.resolve(Integer.toString(number));
            if (isMade(own)) {
                return own;
            }
        }
        return Files.createTempDirectory(all, "operation", PosixFilePermissions.asFileAttribute(PRIVATE));
    }

    /** False if another operation has it, or has left it. */
    private static boolean isMade(Path own) throws IOException {
        try {
            Files.createDirectory(own, PosixFilePermissions.asFileAttribute(PRIVATE));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Staging probed(Path own, PosixIdentity owner, ProjectId project, Tally tally) throws IOException {
        Staging staging = new Staging(own, new ForeignName(project, "a discarded directory of project " + project));
        try {
            staging.probe(owner, tally);
            return staging;
        } catch (IOException | RuntimeException e) {
            try (staging) {
                throw e;
            }
        }
    }

    /** Makes a directory for the service alone, if it is missing. */
    public static Path makePrivate(Path directory, PosixIdentity owner) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
            TrustedFiles.give(directory, owner);
        } catch (FileAlreadyExistsException e) {
            if (!TrustedFiles.isDirectory(directory)) {
                throw new OperationException(
                        Problem.UNSAFE,
                        shown(directory) + " at the root of the mount must be a directory, but is none; remove it");
            }
        }
        return directory;
    }

    /** A path from the service's directory on, without that of the host. */
    private static String shown(Path directory) {
        int from = directory.getNameCount() - 1;
        while (from > 0 && !directory.getName(from).toString().equals(SERVICE_DIRECTORY)) {
            from--;
        }
        return directory.subpath(from, directory.getNameCount()).toString();
    }

    /** Finds out what the umask takes away, and whether what is made belongs to the service. */
    private void probe(PosixIdentity owner, Tally tally) throws IOException {
        Path name = freshName();
        directory.create(name, EVERYTHING).close();
        FileState made = look(name);
        started = made.modified();
        umask.addAll(EVERYTHING);
        umask.removeAll(made.mode());
        Path probe = path.resolve(name);
        Object uid = Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object gid = Files.getAttribute(probe, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        if (!uid.toString().equals(Long.toString(owner.uid()))
                || !gid.toString().equals(Long.toString(owner.gid()))) {
            UserPrincipalLookupService lookup = path.getFileSystem().getUserPrincipalLookupService();
            UserPrincipal wantedUser = lookup.lookupPrincipalByName(Long.toString(owner.uid()));
            GroupPrincipal wantedGroup = lookup.lookupPrincipalByGroupName(Long.toString(owner.gid()));
            try {
                directory.setOwner(name, wantedUser, wantedGroup);
                user = wantedUser;
                group = wantedGroup;
            } catch (IOException e) {
                tally.remark("what is made belongs to " + uid + ":" + gid + ", not to " + owner
                        + ", as changing owners failed: " + OperationException.reason(e));
            }
        }
        directory.deleteFile(name);
    }

    /** When the operation began, by the clock of the file system. */
    FileTime started() {
        return started;
    }

    Object key(Path name) throws IOException {
        return look(name).key();
    }

    private FileState look(Path name) throws IOException {
        FileState state = directory.find(name);
        if (state == null) {
            throw new IOException("the private staging directory was cleared while it was in use");
        }
        return state;
    }

    Path path() {
        return path;
    }

    /** Whose names a discarded directory may have. */
    ForeignName discarded() {
        return discarded;
    }

    OpenDirectory directory() {
        return directory;
    }

    /** A name in it that nothing else has. */
    Path freshName() {
        return path.getFileSystem().getPath(Integer.toString(sequence.getAndIncrement()));
    }

    /** The path of a fresh name, for what is moved here from a place that no project can change. */
    public Path freshPath() {
        return path.resolve(freshName());
    }

    Set<PosixFilePermission> withoutUmask(Set<PosixFilePermission> mode) {
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(mode);
        left.removeAll(umask);
        return left;
    }

    /** Opens the file for writing; its owner may always read it, so that its attributes can be set. */
    SeekableByteChannel create(OpenDirectory where, Path name, Set<PosixFilePermission> mode) throws IOException {
        Set<PosixFilePermission> readable = mode;
        if (!mode.contains(PosixFilePermission.OWNER_READ)) {
            readable = EnumSet.of(PosixFilePermission.OWNER_READ);
            readable.addAll(mode);
        }
        return where.create(name, readable);
    }

    /** Sets what creation did not. The name must be in a directory of this staging. */
    void finish(OpenDirectory where, Path name, Set<PosixFilePermission> mode, @Nullable FileState times)
            throws IOException {
        UserPrincipal wantedUser = user;
        GroupPrincipal wantedGroup = group;
        if (wantedUser != null && wantedGroup != null) {
            where.setOwner(name, wantedUser, wantedGroup);
        }
        if (times != null) {
            where.setTimes(name, times.modified(), times.accessed());
        }
        if (!mode.contains(PosixFilePermission.OWNER_READ) || umask.stream().anyMatch(mode::contains)) {
            where.setMode(name, mode);
        }
    }

    /** Makes a directory with at least the rights that filling it needs. */
    OpenDirectory makeDirectory(Path name, Set<PosixFilePermission> mode) throws IOException {
        Set<PosixFilePermission> usable = EnumSet.copyOf(PRIVATE);
        usable.addAll(mode);
        Files.createDirectory(path.resolve(name), PosixFilePermissions.asFileAttribute(usable));
        OpenDirectory made = directory.enter(name);
        try {
            UserPrincipal wantedUser = user;
            GroupPrincipal wantedGroup = group;
            if (wantedUser != null && wantedGroup != null) {
                made.setOwnOwner(wantedUser, wantedGroup);
            }
            if (umask.stream().anyMatch(usable::contains)) {
                made.setOwnMode(usable);
            }
        } catch (IOException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Makes a symbolic link, with its own time where the JDK can set it. */
    Path makeLink(Path text, @Nullable FileState times, Tally tally) throws IOException {
        Path name = freshName();
        Path link = Files.createSymbolicLink(path.resolve(name), text);
        PosixFileAttributeView view =
                Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal wantedUser = user;
        GroupPrincipal wantedGroup = group;
        if (wantedUser != null && wantedGroup != null) {
            view.setOwner(wantedUser);
            view.setGroup(wantedGroup);
        }
        if (times != null) {
            try {
                view.setTimes(times.modified(), times.accessed(), null);
            } catch (IOException e) {
                tally.remark("times of symbolic links are not kept: " + OperationException.reason(e));
            }
        }
        return name;
    }

    /** Makes a second name of a file in the staging directory. */
    Path makeHardLink(Path existing) throws IOException {
        Path name = freshName();
        Files.createLink(path.resolve(name), path.resolve(existing));
        return name;
    }

    /** Takes something out of a tree, with all that it holds. It is deleted when the operation ends. */
    void discard(Worker worker, OpenDirectory from, Path name) throws IOException {
        FileState state = from.find(name);
        if (state != null && state.isDirectory()) {
            letMove(worker, from, name, state);
        }
        from.move(name, directory, freshName());
    }

    void delete(Path name) throws IOException {
        directory.deleteFile(name);
    }

    /**
     * Deletes everything in the staging directory, as far as the service may.
     *
     * @param guard asked before each step
     */
    public void clear(Worker worker, CopyGuard guard) throws IOException {
        hasLeft = !new Clearing(this, worker, guard).clear();
    }

    /** Whether the last clearing has left directories that only root can delete. */
    boolean hasLeft() {
        return hasLeft;
    }

    /** Moving a directory changes its "..", which needs the right to write to it. */
    void letMove(Worker worker, OpenDirectory from, Path name, FileState state) throws IOException {
        if (!state.mode().contains(PosixFilePermission.OWNER_WRITE)) {
            worker.watchedCall(from, name, () -> discarded, () -> from.setMode(name, PRIVATE));
        }
    }

    /** Shows a recovery that the operation goes on, although it may write nothing for a long time. */
    void stayInUse() throws IOException {
        Path name = freshName();
        directory.create(name, PRIVATE).close();
        directory.deleteFile(name);
    }

    /** Deletes the directory if nothing is left in it, as after most operations. */
    boolean isGone() throws IOException {
        try {
            Files.delete(path);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /** Deletes the directory itself, if {@link #clear} has emptied it; otherwise it is left to a recovery. */
    @Override
    public void close() throws IOException {
        directory.close();
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // Clearing failed, and says so.
            return;
        }
    }

    /** A staging directory that another process has left behind. */
    public static Staging abandoned(Path operation) throws IOException {
        Staging staging = new Staging(operation, new ForeignName(null, "a discarded directory"));
        try (OpenDirectory listed = OpenDirectory.ofTrusted(operation)) {
            Iterator<Path> names = listed.names();
            while (OpenDirectory.hasNext(names)) {
                // Fresh names must differ from what is there, also from what an earlier recovery has lifted out.
                String name = names.next().toString();
                if (name.matches("[0-9]{1,9}")) {
                    staging.sequence.accumulateAndGet(Integer.parseInt(name) + 1, Math::max);
                }
            }
        } catch (IOException e) {
            staging.directory.close();
            throw e;
        }
        return staging;
    }
}
