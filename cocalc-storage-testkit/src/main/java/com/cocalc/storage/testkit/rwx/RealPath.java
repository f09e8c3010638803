package com.cocalc.storage.testkit.rwx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The name of an inode in a container, found from the inode upwards. */
final class RealPath {
    private RealPath() {}

    static byte[] of(Walk walk, Inode node) throws ErrnoException {
        Deque<byte[]> elements = new ArrayDeque<>();
        DirectoryNode directory;
        if (node instanceof DirectoryNode itself) {
            directory = itself;
        } else {
            elements.addFirst(walk.name());
            directory = walk.parent();
        }
        DirectoryNode top = walk.mount().root();
        while (directory != top) {
            if (directory.isRemoved() || directory.parent == directory) {
                throw Errno.ENOENT.exception();
            }
            elements.addFirst(nameOf(directory));
            directory = directory.parent;
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(walk.mount().path().getBytes(StandardCharsets.UTF_8));
        for (byte[] element : elements) {
            path.write('/');
            path.writeBytes(element);
        }
        return path.size() == 0 ? new byte[] {'/'} : path.toByteArray();
    }

    private static byte[] nameOf(DirectoryNode directory) throws ErrnoException {
        DirectoryNode parent = directory.parent;
        synchronized (parent) {
            List<byte[]> names = parent.list();
            List<Inode> nodes = parent.inodes();
            for (int i = 0; i < names.size(); i++) {
                if (nodes.get(i) == directory) {
                    return names.get(i);
                }
            }
        }
        throw Errno.ENOENT.exception();
    }
}
