package com.cocalc.storage.testkit.rwx;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the directory that a mount starts at; makes it as the kubelet does where it is missing. */
final class SubPaths {
    private SubPaths() {}

    /** The directory of this sub-path; the volume's root for the empty one. */
    static DirectoryNode make(Server server, String subPath) {
        DirectoryNode directory = server.root();
        if (subPath.isEmpty()) {
            return directory;
        }
        for (String element : subPath.split("/", -1)) {
            DirectoryNode parent = directory;
            directory = makeOne(server, parent, element, subPath);
            // Whoever works in a mount cannot force what is above it.
            server.force(parent, true);
        }
        return directory;
    }

    private static DirectoryNode makeOne(Server server, DirectoryNode parent, String element, String subPath) {
        byte[] name = element.getBytes(StandardCharsets.UTF_8);
        if (name.length > Walk.MAX_NAME) {
            throw new IllegalArgumentException("each element of a subPath must have at most 255 bytes, but one has "
                    + name.length + ": " + subPath);
        }
        long now = server.tick();
        synchronized (parent) {
            Inode node = parent.find(name, 0, name.length);
            if (node == null) {
                return create(server, parent, name, now, subPath);
            }
            return requireDirectory(node, element, subPath);
        }
    }

    private static DirectoryNode requireDirectory(@Nullable Inode node, String element, String subPath) {
        if (node instanceof DirectoryNode directory) {
            return directory;
        }
        throw new IllegalArgumentException("subPath must lead through directories alone, but in \"" + subPath + "\", \""
                + element + "\" is a " + (node instanceof LinkNode ? "symbolic link" : "file")
                + "; a kubelet refuses to start the container");
    }

    private static DirectoryNode create(Server server, DirectoryNode parent, byte[] name, long now, String subPath) {
        try {
            server.space().takeInode(parent.quota);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(
                    "subPath \"" + subPath + "\" could not be made: "
                            + e.errno().text(),
                    e);
        }
        boolean isSetGid = (parent.mode & Inode.SETGID) != 0;
        // A chmod follows the mkdir, so set-group-id of the parent gives its group, but not the bit.
        int mode = server.root().mode & 0777;
        DirectoryNode made = new DirectoryNode(server.nextIno(), mode, 0, isSetGid ? parent.gid : 0, now, parent);
        made.quota = parent.quota;
        parent.beginChange();
        parent.put(name, made);
        parent.nlink++;
        parent.mtime = now;
        parent.ctime = now;
        parent.endChange();
        Disk disk = server.disk();
        if (disk != null) {
            disk.named(parent, name, made);
        }
        return made;
    }
}
