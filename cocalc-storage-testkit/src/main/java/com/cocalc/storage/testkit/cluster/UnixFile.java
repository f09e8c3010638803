package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What lstat(2) or stat(2) says. */
record UnixFile(int mode, long uid, long gid, long device, long inode, long size) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    static UnixFile lstat(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    static UnixFile stat(Path path) throws IOException {
        return read(path);
    }

    private static UnixFile read(Path path, LinkOption... options) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:mode,uid,gid,dev,ino,size", options);
        return new UnixFile(
                (Integer) Objects.requireNonNull(unix.get("mode")),
                Integer.toUnsignedLong((Integer) Objects.requireNonNull(unix.get("uid"))),
                Integer.toUnsignedLong((Integer) Objects.requireNonNull(unix.get("gid"))),
                (Long) Objects.requireNonNull(unix.get("dev")),
                (Long) Objects.requireNonNull(unix.get("ino")),
                (Long) Objects.requireNonNull(unix.get("size")));
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    /** The twelve permission bits. */
    int permissions() {
        return mode & 07777;
    }

    boolean isSameFile(UnixFile other) {
        return device == other.device && inode == other.inode;
    }

    static void chmod(Path path, int permissions) throws IOException {
        Files.setAttribute(path, "unix:mode", permissions);
    }

    /** As one chown(2): -1 leaves as is, and what fails has changed nothing. */
    static void chown(Path path, long uid, long gid, LinkOption... options) throws IOException {
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
