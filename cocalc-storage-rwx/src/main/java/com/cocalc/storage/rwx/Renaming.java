package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** rename(2). */
final class Renaming {
    private final MountTable table;
    private final Walk source;
    private final Walk target;
    private final long now;

    private Renaming(MountTable table, Walk source, Walk target, long now) {
        this.table = table;
        this.source = source;
        this.target = target;
        this.now = now;
    }

    static void rename(MountTable table, @Nullable OpenFile at, byte[] from, @Nullable OpenFile toAt, byte[] to)
            throws ErrnoException {
        table.locked(at, toAt, now -> {
            Walk source = new Walk(table, now).toParent(at, from);
            Walk target = new Walk(table, now).toParent(toAt, to);
            if (!source.mount().isSameMount(target.mount())) {
                throw source.mount().whyNotTo(target.mount()).exception();
            }
            if (!source.isName() || !target.isName()) {
                throw Errno.EBUSY.exception();
            }
            source.mount().requireWritable();
            new Renaming(table, source, target, now).run();
            return true;
        });
    }

    private void run() throws ErrnoException {
        Inode node = Naming.requireThere(source.lookUpOnServer());
        Inode replaced = target.lookUpOnServer();
        requireShape(node, replaced);
        if (node != replaced) {
            requirePermission(node, replaced);
            requireReplaceable(node, replaced);
            move(node, replaced);
        }
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
        source.mount().forget(from, node);
        source.mount().forget(to);
        if (replaced != null) {
            source.mount().forget(replaced);
        }
        source.server().tree().rename(from, source.name(), to, target.name(), node, replaced, kept, now);
    }
}
