package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import org.jspecify.annotations.Nullable;

/** open(2). */
final class Opening {
    private final Syscalls system;
    private final MountTable table;
    private final int flags;
    private final int mode;

    Opening(Syscalls system, int flags, int mode) {
        this.system = system;
        this.table = system.table();
        this.flags = flags;
        this.mode = mode;
    }

    OpenFile open(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        if (has(OpenFlags.CREAT) && has(OpenFlags.DIRECTORY)) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        OpenFile file = table.locked(at, now -> walk(at, path, now));
        file.awaitPartner();
        return file;
    }

    private OpenFile walk(@Nullable OpenFile at, byte[] path, long now) throws ErrnoException {
        Walk walk = new Walk(table, now).toParent(at, path);
        boolean isFollowing = !has(OpenFlags.NOFOLLOW) && !isExclusive();
        boolean mustBeDirectory = has(OpenFlags.DIRECTORY);
        while (walk.isName()) {
            if (walk.hasSlash()) {
                if (has(OpenFlags.CREAT)) {
                    throw ErrnoException.of(Errno.EISDIR);
                }
                isFollowing = true;
                mustBeDirectory = true;
            }
            Inode node = walk.lookUpToOpen(flags);
            if (node == null) {
                return create(walk, path, now);
            }
            if (!(node instanceof LinkNode link)) {
                DirectoryNode parent = walk.parent();
                return openExisting(walk, parent, walk.arrive(node), mustBeDirectory, path, now);
            }
            if (isExclusive()) {
                throw ErrnoException.of(Errno.EEXIST);
            }
            if (!isFollowing) {
                if (has(OpenFlags.CREAT)) {
                    Permissions.requireMayOpenInSticky(walk.user(), walk.parent(), link);
                }
                throw ErrnoException.of(mustBeDirectory ? Errno.ENOTDIR : Errno.ELOOP);
            }
            walk.follow(link);
        }
        return openExisting(walk, null, walk.arriveAtDots(), mustBeDirectory, path, now);
    }

    private OpenFile create(Walk walk, byte[] path, long now) throws ErrnoException {
        if (!has(OpenFlags.CREAT) || walk.parent().isRemoved()) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        FileNode file = Naming.create(walk, mode, now);
        return opened(walk, walk.parent(), file, path, now);
    }

    private OpenFile openExisting(
            Walk walk, @Nullable DirectoryNode parent, Inode node, boolean mustBeDirectory, byte[] path, long now)
            throws ErrnoException {
        requireOpenable(walk.mount(), node, mustBeDirectory);
        walk.server().tree().hold(node);
        if (has(OpenFlags.TRUNC) && node instanceof FileNode file && !has(OpenFlags.PATH)) {
            MountPoint mount = walk.mount();
            int cleared = Permissions.clearedByWrite(mount.user(), file);
            mount.server().tree().resize(file, 0, cleared, true, now);
            mount.server().watches().modified(file, parent, walk.lastName());
        }
        return opened(walk, parent, node, path, now);
    }

    private void requireOpenable(MountPoint mount, Inode node, boolean mustBeDirectory) throws ErrnoException {
        if (isExclusive()) {
            throw ErrnoException.of(Errno.EEXIST);
        }
        if (has(OpenFlags.CREAT) && node.isDirectory()) {
            throw ErrnoException.of(Errno.EISDIR);
        }
        if (mustBeDirectory && !node.isDirectory()) {
            throw ErrnoException.of(Errno.ENOTDIR);
        }
        if (!has(OpenFlags.PATH)) {
            requireAccess(mount, node);
        }
    }

    private OpenFile opened(Walk walk, @Nullable DirectoryNode parent, Inode node, byte[] path, long now) {
        OpenFile file = OpenFile.open(
                system, walk.mount(), new OpenDescription(walk.mount(), node, flags, path, parent, walk.lastName()));
        if (node instanceof FileNode) {
            walk.mount().learn(node, now);
        }
        return file;
    }

    private void requireAccess(MountPoint mount, Inode node) throws ErrnoException {
        boolean isChanging = has(OpenFlags.WRITE) || has(OpenFlags.TRUNC);
        // A read-only mount does not keep anybody from writing to a FIFO: it changes no file.
        boolean isOfMount = !(node instanceof FifoNode);
        if (isChanging && node.isDirectory()) {
            throw ErrnoException.of(Errno.EISDIR);
        }
        if (has(OpenFlags.TRUNC) && isOfMount) {
            mount.requireWritable();
        }
        Permissions.require(
                mount.user(),
                node,
                (has(OpenFlags.READ) ? Permissions.READ : 0) | (isChanging ? Permissions.WRITE : 0));
        if (has(OpenFlags.WRITE) && !has(OpenFlags.NO_DATA) && isOfMount) {
            mount.requireWritable();
        }
        if (node instanceof FifoNode fifo
                && has(OpenFlags.NONBLOCK)
                && has(OpenFlags.WRITE)
                && !has(OpenFlags.READ)
                && !mount.pipe(fifo).isRead()) {
            mount.forgetUnusedPipe(fifo);
            throw ErrnoException.of(Errno.ENXIO);
        }
    }

    private boolean isExclusive() {
        return has(OpenFlags.CREAT) && has(OpenFlags.EXCL);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
