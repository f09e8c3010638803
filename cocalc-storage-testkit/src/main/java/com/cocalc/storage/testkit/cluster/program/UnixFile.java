package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The answer of lstat(2) or stat(2).
 *
 * @param mode type and permissions
 * @param uid the owner
 * @param gid the group
 * @param device the number of the file system
 */
public record UnixFile(int mode, long uid, long gid, long device) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    /**
     * Reads the attributes of an entry, without following a link.
     *
     * @param path the path of the entry
     * @return the attributes, which are those of the link if it is one
     * @throws IOException if they cannot be read
     */
    public static UnixFile lstat(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the attributes of the file to which a path leads.
     *
     * @param path the path
     * @return the attributes of the file after all links
     * @throws IOException if they cannot be read
     */
    public static UnixFile stat(Path path) throws IOException {
        return read(path);
    }

    private static UnixFile read(Path path, LinkOption... options) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:mode,uid,gid,dev", options);
        return new UnixFile(
                (Integer) Objects.requireNonNull(unix.get("mode")),
                Integer.toUnsignedLong((Integer) Objects.requireNonNull(unix.get("uid"))),
                Integer.toUnsignedLong((Integer) Objects.requireNonNull(unix.get("gid"))),
                (Long) Objects.requireNonNull(unix.get("dev")));
    }

    /** {@return whether this is a directory} */
    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    /** {@return whether this is a symbolic link} */
    public boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    /** {@return the twelve permission bits of the file} */
    public int permissions() {
        return mode & 07777;
    }

    /**
     * Changes all twelve permission bits.
     *
     * @param path the file; links are followed
     * @param permissions the bits
     * @throws IOException if the file system refuses it
     */
    public static void chmod(Path path, int permissions) throws IOException {
        Files.setAttribute(path, "unix:mode", permissions);
    }

    /**
     * Changes owner and group as one chown(2), so that a failure changes nothing.
     *
     * @param path the file
     * @param uid the owner, or -1 for no change
     * @param gid the group, or -1 for no change
     * @param options whether links are followed
     * @throws IOException if the file system refuses it
     */
    public static void chown(Path path, long uid, long gid, LinkOption... options) throws IOException {
        UnixFile before = read(path, options);
        if (gid >= 0) {
            Files.setAttribute(path, "unix:gid", (int) gid, options);
        }
        if (uid < 0) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", (int) uid, options);
        } catch (IOException e) {
            if (gid >= 0) {
                Files.setAttribute(path, "unix:gid", (int) before.gid, options);
                chmodUnlessLink(path, before);
            }
            throw e;
        }
    }

    private static void chmodUnlessLink(Path path, UnixFile before) throws IOException {
        if (!before.isLink()) {
            chmod(path, before.permissions());
        }
    }
}
