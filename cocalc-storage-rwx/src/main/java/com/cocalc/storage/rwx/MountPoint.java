package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/**
 * A directory of a volume as it is attached in one container.
 *
 * @param identity what makes two attachments of one directory two mounts; equal for one mount used by two users
 * @param below the mount that this one is mounted on, null for the container's root
 * @param covered the directory in {@code below} that it hides
 * @param path where in the container, without a slash at the end; empty for the root
 */
record MountPoint(
        Object identity,
        Server server,
        DirectoryNode root,
        Credentials user,
        boolean isReadOnly,
        @Nullable MountPoint below,
        @Nullable DirectoryNode covered,
        String path) {

    /** The client that this mount is, or null if the volume is one of this host. */
    @Nullable
    NfsClient nfs() {
        return identity instanceof NfsClient client ? client : null;
    }

    /** The attributes of an inode, as this mount has them. */
    Stat stat(Inode node, long now) {
        NfsClient nfs = nfs();
        return nfs == null ? node.stat(server.number()) : nfs.beliefs().stat(node, server.number(), now);
    }

    /** What {@link #stat} says of the kind. */
    boolean isDirectory(Inode node, long now) {
        return nfs() == null ? node.isDirectory() : stat(node, now).isDirectory();
    }

    /** The server tells this mount the attributes along with its answer. */
    void learn(Inode node, long now) {
        NfsClient nfs = nfs();
        if (nfs != null) {
            nfs.beliefs().forget(node);
            nfs.beliefs().stat(node, server.number(), now);
        }
    }

    /** This mount has changed an inode, and so does not believe what it knew of it. */
    void forget(Inode changed) {
        NfsClient nfs = nfs();
        if (nfs != null) {
            nfs.beliefs().forget(changed);
        }
    }

    /** This mount has changed a directory and what has a name there. */
    void forget(DirectoryNode parent, Inode node) {
        forget(parent);
        forget(node);
    }

    /** The disk, if the volume keeps one, may not have the inode's attributes or size yet. */
    void changed(Inode node) {
        Disk disk = server.disk();
        if (disk != null) {
            disk.changed(node);
        }
    }

    /** As {@link #changed}, for bytes of a file. */
    void wrote(FileNode file, long position, int count) {
        Disk disk = server.disk();
        if (disk != null) {
            disk.wrote(file, position, count);
        }
    }

    /** Before a file gets another size. */
    void resizing(FileNode file, long size) {
        Disk disk = server.disk();
        if (disk != null) {
            disk.resizing(file, size);
        }
    }

    boolean isSameMount(MountPoint other) {
        return identity == other.identity;
    }

    /** Why nothing gets a name in another mount. */
    Errno whyNotTo(MountPoint other) {
        return server.isGone() || other.server.isGone() ? Errno.ESTALE : Errno.EXDEV;
    }

    MountPoint usedBy(Credentials other) {
        return new MountPoint(identity, server, root, other, isReadOnly, below, covered, path);
    }

    /** As the container runtime has it, before it makes the mount read-only. */
    MountPoint writable() {
        return new MountPoint(identity, server, root, user, false, below, covered, path);
    }

    /** As the first check of every change. */
    void requireWritable() throws ErrnoException {
        if (isReadOnly) {
            throw Errno.EROFS.exception();
        }
    }
}
