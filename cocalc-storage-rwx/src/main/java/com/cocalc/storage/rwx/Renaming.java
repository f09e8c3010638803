package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** rename(2). */
final class Renaming {
    private final MountTable table;
    private final Transaction transaction;
    private final Walk source;
    private final Walk target;
    private final long now;

    private Renaming(MountTable table, Transaction transaction, Walk source, Walk target, long now) {
        this.table = table;
        this.transaction = transaction;
        this.source = source;
        this.target = target;
        this.now = now;
    }

    static void rename(MountTable table, @Nullable OpenFile at, byte[] from, @Nullable OpenFile toAt, byte[] to)
            throws ErrnoException {
        long now = table.tick();
        Transaction.run(table.servers(), transaction -> {
            Walk source = new Walk(table, now).toParent(at, from);
            Walk target = new Walk(table, now).toParent(toAt, to);
            if (!source.mount().isSameMount(target.mount())) {
                throw source.mount().whyNotTo(target.mount()).exception();
            }
            if (!source.isName() || !target.isName()) {
                throw Errno.EBUSY.exception();
            }
            source.mount().requireWritable();
            return new Renaming(table, transaction, source, target, now).run();
        });
    }

    private boolean run() throws ErrnoException {
        Inode node = Naming.requireThere(source.lookUpLast());
        Inode replaced = target.lookUpLast();
        // Walks go through directories and links: they must see one of the two trees, nothing in between.
        if (!(node instanceof FileNode) || (replaced != null && !(replaced instanceof FileNode))) {
            transaction.exclude(source.server());
        }
        return Monitors.holding(
                () -> {
                    transaction.validate();
                    if (source.lookUpLastLocked() != node || target.lookUpLastLocked() != replaced) {
                        throw Retry.NOW;
                    }
                    requireShape(node, replaced);
                    if (node != replaced) {
                        requirePermission(node, replaced);
                        requireReplaceable(node, replaced);
                        move(node, replaced);
                    }
                    return true;
                },
                source.parent(),
                source.parent() == target.parent() ? null : target.parent(),
                node,
                replaced);
    }

    private void requireShape(Inode node, @Nullable Inode replaced) throws ErrnoException {
        if (!node.isDirectory() && (source.hasSlash() || target.hasSlash())) {
            throw Errno.ENOTDIR.exception();
        }
        if (node instanceof DirectoryNode directory && target.parent().isWithin(directory)) {
            throw Errno.EINVAL.exception();
        }
        if (replaced instanceof DirectoryNode directory && source.parent().isWithin(directory)) {
            throw Errno.ENOTEMPTY.exception();
        }
        if (target.parent().isRemoved()) {
            throw Errno.ENOENT.exception();
        }
    }

    private void requirePermission(Inode node, @Nullable Inode replaced) throws ErrnoException {
        Permissions.requireRemove(source.user(), source.parent(), node);
        if (replaced == null) {
            Permissions.requireCreate(target.user(), target.parent());
            return;
        }
        Permissions.requireRemove(target.user(), target.parent(), replaced);
        if (node.isDirectory() && !replaced.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (!node.isDirectory() && replaced.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
    }

    private void requireReplaceable(Inode node, @Nullable Inode replaced) throws ErrnoException {
        if (node.isDirectory() && source.parent() != target.parent()) {
            Permissions.require(source.user(), node, Permissions.WRITE);
        }
        if (isMountPoint(node) || (replaced != null && isMountPoint(replaced))) {
            throw Errno.EBUSY.exception();
        }
        if (replaced instanceof DirectoryNode directory && !directory.isEmpty()) {
            throw Errno.ENOTEMPTY.exception();
        }
        Naming.requireSameQuota(target.parent(), node);
    }

    private boolean isMountPoint(Inode node) {
        return node.isDirectory() && table.isMountPoint(node);
    }

    private void move(Inode node, @Nullable Inode replaced) throws ErrnoException {
        byte[] kept = replaced == null ? null : target.nameToKeep(replaced);
        DirectoryNode from = source.parent();
        DirectoryNode to = target.parent();
        boolean isElsewhere = from != to;
        source.mount().forget(from, node);
        source.mount().forget(to);
        if (replaced != null) {
            source.mount().forget(replaced);
        }
        from.beginChange();
        if (isElsewhere) {
            to.beginChange();
        }
        if (replaced != null) {
            target.replaceLast(node);
        }
        source.removeLast();
        if (replaced == null) {
            target.putLast(node);
        }
        if (node instanceof DirectoryNode directory) {
            directory.parent = to;
            from.nlink--;
            to.nlink++;
        }
        if (replaced instanceof DirectoryNode directory) {
            to.nlink--;
            source.server().inodes().dropDirectory(directory, now);
        } else if (replaced != null && kept != null) {
            to.put(kept, replaced);
        } else if (replaced != null) {
            source.server().inodes().dropName(replaced, now);
        }
        node.beginChange();
        node.ctime = now;
        node.endChange();
        to.mtime = now;
        to.ctime = now;
        if (isElsewhere) {
            from.mtime = now;
            from.ctime = now;
            to.endChange();
        }
        from.endChange();
        Disk disk = source.server().disk();
        if (disk != null) {
            disk.renamed(from, source.name(), to, target.name(), node, replaced, kept);
        }
    }
}
