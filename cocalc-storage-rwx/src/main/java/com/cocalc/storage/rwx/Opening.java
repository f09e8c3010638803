package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** open(2). */
final class Opening {
    private final Syscalls system;
    private final MountTable table;
    private final int flags;
    private final int mode;
    private final long now;

    Opening(Syscalls system, int flags, int mode) {
        this.system = system;
        this.table = system.table();
        this.flags = flags;
        this.mode = mode;
        this.now = table.tick();
    }

    OpenFile open(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        if (has(OpenFlags.CREAT) && has(OpenFlags.DIRECTORY)) {
            throw Errno.EINVAL.exception();
        }
        OpenFile direct = at == null ? system.direct().open(path, this) : null;
        return direct != null ? direct : walk(at, path);
    }

    private OpenFile walk(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        return Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            boolean isFollowing = !has(OpenFlags.NOFOLLOW) && !isExclusive();
            boolean mustBeDirectory = has(OpenFlags.DIRECTORY);
            while (walk.isName()) {
                if (walk.hasSlash()) {
                    if (has(OpenFlags.CREAT)) {
                        throw Errno.EISDIR.exception();
                    }
                    isFollowing = true;
                    mustBeDirectory = true;
                }
                Inode node = walk.lookUpToOpen(flags);
                if (node == null) {
                    return create(transaction, walk, path);
                }
                if (!(node instanceof LinkNode link)) {
                    return openExisting(transaction, walk, walk.arrive(node), mustBeDirectory, path);
                }
                if (isExclusive()) {
                    throw Errno.EEXIST.exception();
                }
                if (!isFollowing) {
                    if (has(OpenFlags.CREAT)) {
                        Permissions.requireMayOpenInSticky(walk.user(), walk.parent(), link);
                    }
                    throw (mustBeDirectory ? Errno.ENOTDIR : Errno.ELOOP).exception();
                }
                walk.follow(link);
            }
            return openExisting(transaction, walk, walk.arriveAtDots(), mustBeDirectory, path);
        });
    }

    private OpenFile create(Transaction transaction, Walk walk, byte[] path) throws ErrnoException {
        DirectoryNode parent = walk.parent();
        if (!has(OpenFlags.CREAT) || parent.isRemoved()) {
            throw Errno.ENOENT.exception();
        }
        synchronized (parent) {
            transaction.validate();
            if (walk.lookUpLastLocked() != null) {
                throw Retry.NOW;
            }
            if (parent.isRemoved()) {
                throw Errno.ENOENT.exception();
            }
            walk.mount().requireWritable();
            Permissions.requireCreate(walk.user(), parent);
            int bits = NewInode.fileMode(walk, mode);
            FileNode file = NewInode.make(
                    walk,
                    (ino, group) -> {
                        FileNode made = new FileNode(ino, bits, walk.user().uid, group, now);
                        made.holders = 1;
                        return made;
                    },
                    now,
                    0);
            walk.learnLast(file);
            return opened(walk.mount(), file, path);
        }
    }

    private OpenFile openExisting(Transaction transaction, Walk walk, Inode node, boolean mustBeDirectory, byte[] path)
            throws ErrnoException {
        synchronized (node) {
            transaction.validate();
            walk.requireStillThere(node);
            requireOpenable(walk.mount(), node, mustBeDirectory);
            if (node.nlink == 0 && walk.isName() && node != walk.mount().root()) {
                throw Retry.NOW;
            }
            return hold(walk.mount(), node, path);
        }
    }

    /** Opens what has no link to follow; its monitor must be held, and it must be what the path leads to. */
    OpenFile openExisting(MountPoint mount, Inode node, byte[] path) throws ErrnoException {
        requireOpenable(mount, node, has(OpenFlags.DIRECTORY));
        return hold(mount, node, path);
    }

    private void requireOpenable(MountPoint mount, Inode node, boolean mustBeDirectory) throws ErrnoException {
        if (isExclusive()) {
            throw Errno.EEXIST.exception();
        }
        if (has(OpenFlags.CREAT) && node.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (mustBeDirectory && !node.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (!has(OpenFlags.PATH)) {
            requireAccess(mount, node);
        }
    }

    private OpenFile hold(MountPoint mount, Inode node, byte[] path) {
        if (has(OpenFlags.TRUNC) && node instanceof FileNode file && !has(OpenFlags.PATH)) {
            Contents.truncateOnOpen(mount, file, now);
        }
        node.holders++;
        return opened(mount, node, path);
    }

    private OpenFile opened(MountPoint mount, Inode node, byte[] path) {
        OpenFile file = new OpenFile(system, mount, node, flags, path);
        if (node instanceof FileNode) {
            mount.learn(node, now);
        }
        return file;
    }

    private void requireAccess(MountPoint mount, Inode node) throws ErrnoException {
        boolean isChanging = has(OpenFlags.WRITE) || has(OpenFlags.TRUNC);
        if (isChanging && node.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (has(OpenFlags.TRUNC)) {
            mount.requireWritable();
        }
        Permissions.require(
                mount.user(),
                node,
                (has(OpenFlags.READ) ? Permissions.READ : 0) | (isChanging ? Permissions.WRITE : 0));
        if (has(OpenFlags.WRITE) && !has(OpenFlags.NO_DATA)) {
            mount.requireWritable();
        }
    }

    private boolean isExclusive() {
        return has(OpenFlags.CREAT) && has(OpenFlags.EXCL);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
