package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A directory or file of a volume as it is attached in one container.
 *
 * @param identity what makes two attachments of one directory two mounts; equal for one mount used by two users
 * @param below the mount that this one is mounted on, null for the container's root
 * @param covered the directory or file in {@code below} that it hides
 * @param path where in the container, without a slash at the end; empty for the root
 */
public record MountPoint(
        Object identity,
        Server server,
        Inode root,
        Credentials user,
        boolean isReadOnly,
        @Nullable MountPoint below,
        @Nullable Inode covered,
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

    /** What {@link #stat} says of the type alone. */
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

    /** The pipe of a FIFO that is about to be opened: on one host that of all mounts. */
    Pipe pipe(FifoNode fifo) {
        return server.pipes().of(host(), fifo);
    }

    /** After a handle of a FIFO was closed. */
    void forgetUnusedPipe(FifoNode fifo) {
        server.pipes().forgetUnused(host(), fifo);
    }

    private Object host() {
        NfsClient nfs = nfs();
        return nfs == null ? server : nfs;
    }

    /** The end of the mount: what no longer has a name may go. What is open stays so. */
    void detach() {
        server.lock().lock();
        try {
            server.tree().release(root);
        } finally {
            server.lock().unlock();
        }
    }

    boolean isSameMount(MountPoint other) {
        return identity == other.identity;
    }

    /** Why nothing gets a name in another mount. */
    Errno whyNotTo(MountPoint other) {
        return server.isGone() || other.server.isGone() ? Errno.ESTALE : Errno.EXDEV;
    }

    public MountPoint usedBy(Credentials other) {
        return new MountPoint(identity, server, root, other, isReadOnly, below, covered, path);
    }

    /** As the container runtime has it, before it makes the mount read-only. */
    MountPoint writable() {
        return new MountPoint(identity, server, root, user, false, below, covered, path);
    }

    /** As the first check of every change. */
    void requireWritable() throws ErrnoException {
        if (isReadOnly) {
            throw ErrnoException.of(Errno.EROFS);
        }
    }
}
