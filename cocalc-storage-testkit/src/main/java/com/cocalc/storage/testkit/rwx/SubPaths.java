package com.cocalc.storage.testkit.rwx;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the directory that a mount starts at; makes it as the kubelet does where it is missing. */
final class SubPaths {
    private SubPaths() {}

    /** The directory of this sub-path; the volume's root for the empty one. */
    static DirectoryNode make(RwxVolume volume, String subPath) {
        DirectoryNode directory = volume.root();
        if (subPath.isEmpty()) {
            return directory;
        }
        for (String element : subPath.split("/", -1)) {
            directory = makeOne(volume, directory, element, subPath);
        }
        return directory;
    }

    private static DirectoryNode makeOne(RwxVolume volume, DirectoryNode parent, String element, String subPath) {
        byte[] name = element.getBytes(StandardCharsets.UTF_8);
        if (name.length > Walk.MAX_NAME) {
            throw new IllegalArgumentException("each element of a subPath must have at most 255 bytes, but one has "
                    + name.length + ": " + subPath);
        }
        long now = volume.tick();
        synchronized (parent) {
            Inode node = parent.find(name, 0, name.length);
            if (node == null) {
                return create(volume, parent, name, now, subPath);
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

    private static DirectoryNode create(RwxVolume volume, DirectoryNode parent, byte[] name, long now, String subPath) {
        try {
            volume.space().takeInode(parent.quota);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(
                    "subPath \"" + subPath + "\" could not be made: "
                            + e.errno().text(),
                    e);
        }
        boolean isSetGid = (parent.mode & Inode.SETGID) != 0;
        // A chmod follows the mkdir, so set-group-id of the parent gives its group, but not the bit.
        int mode = volume.root().mode & 0777;
        DirectoryNode made = new DirectoryNode(volume.nextIno(), mode, 0, isSetGid ? parent.gid : 0, now, parent);
        made.quota = parent.quota;
        parent.beginChange();
        parent.put(name, made);
        parent.nlink++;
        parent.mtime = now;
        parent.ctime = now;
        parent.endChange();
        return made;
    }
}
