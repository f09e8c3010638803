package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** The system calls that make and remove names, but for open and rename. */
final class Naming {
    private final MountTable table;

    Naming(MountTable table) {
        this.table = table;
    }

    void mkdir(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            DirectoryNode parent = parentOfNewName(walk);
            synchronized (parent) {
                transaction.validate();
                requireNew(walk, true);
                return NewInode.make(walk, (ino, group) -> NewInode.directory(walk, ino, mode, group, now), now, 0);
            }
        });
    }

    void symlink(byte[] target, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        if (target.length == 0) {
            throw Errno.ENOENT.exception();
        }
        if (target.length > Walk.MAX_PATH) {
            throw Errno.ENAMETOOLONG.exception();
        }
        byte[] kept = target.clone();
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            DirectoryNode parent = parentOfNewName(walk);
            synchronized (parent) {
                transaction.validate();
                requireNew(walk, false);
                int pages = LinkNode.pagesOf(kept);
                return NewInode.make(
                        walk, (ino, group) -> new LinkNode(ino, kept, walk.user().uid, group, now), now, pages);
            }
        });
    }

    void link(@Nullable OpenFile at, byte[] existing, @Nullable OpenFile toAt, byte[] link) throws ErrnoException {
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk source = new Walk(table, now).toParent(at, existing);
            DirectoryNode sourceParent = source.parent();
            Inode node = source.find(false);
            Walk target = new Walk(table, now).toParent(toAt, link);
            DirectoryNode parent = parentOfNewName(target);
            DirectoryNode alsoHeld = source.mount().isSameMount(target.mount()) ? sourceParent : null;
            return Monitors.holding(
                    () -> {
                        transaction.validate();
                        source.requireStillThere(node);
                        requireAbsent(target, false);
                        target.mount().requireWritable();
                        if (!source.mount().isSameMount(target.mount())) {
                            throw source.mount().whyNotTo(target.mount()).exception();
                        }
                        Permissions.requireLinkable(target.user(), node);
                        Permissions.requireCreate(target.user(), parent);
                        if (node.isDirectory()) {
                            throw Errno.EPERM.exception();
                        }
                        return addName(target, node, now);
                    },
                    parent,
                    alsoHeld,
                    node.isDirectory() || alsoHeld == null ? null : node,
                    null);
        });
    }

    private static boolean addName(Walk target, Inode node, long now) throws ErrnoException {
        if (node.nlink == 0) {
            throw Errno.ENOENT.exception();
        }
        if (node.nlink == Integer.MAX_VALUE) {
            throw Errno.EMLINK.exception();
        }
        requireSameQuota(target.parent(), node);
        target.server().space().takeInode(node.quota);
        DirectoryNode parent = target.parent();
        target.mount().forget(parent, node);
        parent.beginChange();
        node.beginChange();
        target.putLast(node);
        node.nlink++;
        node.ctime = now;
        node.endChange();
        parent.mtime = now;
        parent.ctime = now;
        parent.endChange();
        Disk disk = target.server().disk();
        if (disk != null) {
            disk.named(parent, target.name(), node);
        }
        return true;
    }

    void unlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            if (!walk.isName()) {
                throw Errno.EISDIR.exception();
            }
            walk.mount().requireWritable();
            DirectoryNode parent = walk.parent();
            synchronized (parent) {
                transaction.validate();
                Inode node = requireThere(walk.lookUpLastLocked());
                if (walk.hasSlash()) {
                    throw (node.isDirectory() ? Errno.EISDIR : Errno.ENOTDIR).exception();
                }
                Permissions.requireRemove(walk.user(), parent, node);
                if (node.isDirectory()) {
                    throw Errno.EISDIR.exception();
                }
                if (node instanceof LinkNode) {
                    transaction.exclude(walk.server());
                }
                synchronized (node) {
                    byte[] kept = walk.nameToKeep(node);
                    walk.mount().forget(parent, node);
                    parent.beginChange();
                    walk.removeLast();
                    if (kept != null) {
                        parent.put(kept, node);
                    } else {
                        walk.server().inodes().dropName(node, now);
                    }
                    parent.mtime = now;
                    parent.ctime = now;
                    parent.endChange();
                    unnamed(walk, node, kept);
                }
                return true;
            }
        });
    }

    void rmdir(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            switch (walk.last()) {
                case DOT -> throw Errno.EINVAL.exception();
                case DOT_DOT -> throw Errno.ENOTEMPTY.exception();
                case ROOT -> throw Errno.EBUSY.exception();
                case NAME -> walk.mount().requireWritable();
            }
            Inode node = requireThere(walk.lookUpLast());
            DirectoryNode parent = walk.parent();
            return Monitors.holding(
                    () -> {
                        transaction.validate();
                        if (walk.lookUpLastLocked() != node) {
                            throw Retry.NOW;
                        }
                        Permissions.requireRemove(walk.user(), parent, node);
                        if (!(node instanceof DirectoryNode directory)) {
                            throw Errno.ENOTDIR.exception();
                        }
                        if (table.isMountPoint(directory)) {
                            throw Errno.EBUSY.exception();
                        }
                        if (!directory.isEmpty()) {
                            throw Errno.ENOTEMPTY.exception();
                        }
                        walk.mount().forget(parent, directory);
                        parent.beginChange();
                        walk.removeLast();
                        walk.server().inodes().dropDirectory(directory, now);
                        parent.nlink--;
                        parent.mtime = now;
                        parent.ctime = now;
                        parent.endChange();
                        unnamed(walk, directory, null);
                        return true;
                    },
                    parent,
                    node,
                    null,
                    null);
        });
    }

    private static void unnamed(Walk walk, Inode node, byte @Nullable [] kept) {
        Disk disk = walk.server().disk();
        if (disk != null) {
            disk.unnamed(walk.parent(), walk.name(), node, kept);
        }
    }

    private static DirectoryNode parentOfNewName(Walk walk) throws ErrnoException {
        if (!walk.isName()) {
            throw Errno.EEXIST.exception();
        }
        return walk.parent();
    }

    /**
     * As project quotas of XFS do it: what counts elsewhere is not moved or linked below a quota, it has to be copied.
     */
    static void requireSameQuota(DirectoryNode parent, Inode node) throws ErrnoException {
        if (parent.quota != null && parent.quota != node.quota) {
            throw Errno.EXDEV.exception();
        }
    }

    static Inode requireThere(@Nullable Inode node) throws ErrnoException {
        if (node == null) {
            throw Errno.ENOENT.exception();
        }
        return node;
    }

    /** All checks before something new gets this name, up to the permission of its parent. */
    private static void requireNew(Walk walk, boolean isDirectory) throws ErrnoException {
        requireAbsent(walk, isDirectory);
        walk.mount().requireWritable();
        Permissions.requireCreate(walk.user(), walk.parent());
    }

    private static void requireAbsent(Walk walk, boolean isDirectory) throws ErrnoException {
        if (walk.lookUpLastLocked() != null) {
            throw Errno.EEXIST.exception();
        }
        if (walk.parent().isRemoved() || (walk.hasSlash() && !isDirectory)) {
            throw Errno.ENOENT.exception();
        }
    }
}
