package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
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

    static void rename(
            MountTable table,
            @Nullable OpenFile at,
            byte[] from,
            MountTable toTable,
            @Nullable OpenFile toAt,
            byte[] to)
            throws ErrnoException {
        table.locked(at, toTable, toAt, now -> {
            Walk source = new Walk(table, now).toParent(at, from);
            Walk target = new Walk(toTable, now).toParent(toAt, to);
            if (!source.mount().isSameMount(target.mount())) {
                throw ErrnoException.of(source.mount().whyNotTo(target.mount()));
            }
            if (!source.isName() || !target.isName()) {
                throw ErrnoException.of(Errno.EBUSY);
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
            throw ErrnoException.of(Errno.ENOTDIR);
        }
        if (node instanceof DirectoryNode directory && target.parent().isWithin(directory)) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        if (replaced instanceof DirectoryNode directory && source.parent().isWithin(directory)) {
            throw ErrnoException.of(Errno.ENOTEMPTY);
        }
        if (target.parent().isRemoved()) {
            throw ErrnoException.of(Errno.ENOENT);
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
            throw ErrnoException.of(Errno.ENOTDIR);
        }
        if (!node.isDirectory() && replaced.isDirectory()) {
            throw ErrnoException.of(Errno.EISDIR);
        }
    }

    private void requireReplaceable(Inode node, @Nullable Inode replaced) throws ErrnoException {
        if (node.isDirectory() && source.parent() != target.parent()) {
            Permissions.require(source.user(), node, Permissions.WRITE);
        }
        if (isMountPoint(node) || (replaced != null && isMountPoint(replaced))) {
            throw ErrnoException.of(Errno.EBUSY);
        }
        if (replaced instanceof DirectoryNode directory && !directory.isEmpty()) {
            throw ErrnoException.of(Errno.ENOTEMPTY);
        }
        Naming.requireSameQuota(target.parent(), node);
    }

    private boolean isMountPoint(Inode node) {
        return table.isMountPoint(node);
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
