package com.cocalc.storage.files.tree;

import com.cocalc.storage.PosixIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps on files that the service alone can change, by path. */
public final class TrustedFiles {

    private TrustedFiles() {}

    public static boolean exists(Path path) throws IOException {
        return find(path) != null;
    }

    /** Whether two paths are names of one file. */
    public static boolean areSame(Path one, Path other) throws IOException {
        BasicFileAttributes first = find(one);
        BasicFileAttributes second = find(other);
        return first != null
                && second != null
                && first.fileKey() != null
                && Objects.equals(first.fileKey(), second.fileKey());
    }

    public static boolean isDirectory(Path path) throws IOException {
        BasicFileAttributes found = find(path);
        return found != null && found.isDirectory();
    }

    /** Unlike Files.exists, this does not take an error of the file system for an answer. */
    private static @Nullable BasicFileAttributes find(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Lets a directory be moved, which changes its "..", and lets the names in it change: both need the right to write
     * to it.
     *
     * @return the mode that it had, or null if nothing had to change
     */
    public static @Nullable Set<PosixFilePermission> makeWritable(Path path) throws IOException {
        if (!isDirectory(path)) {
            return null;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (mode.contains(PosixFilePermission.OWNER_WRITE)) {
            return null;
        }
        Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        writable.addAll(mode);
        Files.setPosixFilePermissions(path, writable);
        return mode;
    }

    /**
     * Gives what was made just now to the service. What root makes is root's, and the service, which is not, could not
     * use it afterwards.
     */
    public static void give(Path made, PosixIdentity owner) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        Object uid = Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object gid = Files.getAttribute(made, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        boolean given = uid.toString().equals(Long.toString(owner.uid()))
                && gid.toString().equals(Long.toString(owner.gid()));
        if (given) {
            return;
        }
        UserPrincipalLookupService lookup = made.getFileSystem().getUserPrincipalLookupService();
        try {
            view.setGroup(lookup.lookupPrincipalByGroupName(Long.toString(owner.gid())));
            view.setOwner(lookup.lookupPrincipalByName(Long.toString(owner.uid())));
        } catch (IOException e) {
            // Neither root nor the service: the report of a copy says so, and the service will not be root.
            return;
        }
    }

    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the names in a directory last. */
    public static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
