package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import com.cocalc.storage.rwx.disk.Tree;
import org.jspecify.annotations.Nullable;

/** The system calls that make and remove names, except open and rename. */
final class Naming {
    private final MountTable table;

    Naming(MountTable table) {
        this.table = table;
    }

    void mkdir(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            requireNew(walk, true);
            return make(walk, ino -> newDirectory(walk, ino, mode, now), now, 0);
        });
    }

    void symlink(byte[] target, @Nullable OpenFile at, byte[] path) throws ErrnoException {
        if (target.length == 0) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        if (target.length > Walk.MAX_PATH) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        byte[] kept = target.clone();
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            requireNew(walk, false);
            int pages = LinkNode.pagesOf(kept);
            return make(walk, ino -> new LinkNode(ino, kept, walk.user().uid, group(walk), now), now, pages);
        });
    }

    void mkfifo(@Nullable OpenFile at, byte[] path, int mode) throws ErrnoException {
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            requireNew(walk, false);
            int bits = fileMode(walk, mode);
            return make(walk, ino -> new FifoNode(ino, bits, walk.user().uid, group(walk), now), now, 0);
        });
    }

    /** A new file, which is open already. The walk has found nothing. */
    static FileNode create(Walk walk, int mode, long now) throws ErrnoException {
        walk.mount().requireWritable();
        Permissions.requireCreate(walk.user(), walk.parent());
        int bits = fileMode(walk, mode);
        FileNode file = make(walk, ino -> new FileNode(ino, bits, walk.user().uid, group(walk), now), now, 0);
        file.holders = 1;
        walk.learnLast(file);
        return file;
    }

    private static <N extends Inode> N make(Walk walk, Tree.Maker<N> maker, long now, int pages) throws ErrnoException {
        N node = walk.server().tree().make(walk.parent(), walk.name(), maker, now, pages);
        walk.mount().forget(walk.parent());
        return node;
    }

    private static int group(Walk walk) {
        DirectoryNode parent = walk.parent();
        return (parent.mode & Inode.SETGID) != 0 ? parent.gid : walk.user().gid;
    }

    private static DirectoryNode newDirectory(Walk walk, long ino, int mode, long now) {
        DirectoryNode parent = walk.parent();
        int bits = mode & (Inode.STICKY | 0777) & ~walk.user().umask;
        return new DirectoryNode(ino, bits | (parent.mode & Inode.SETGID), walk.user().uid, group(walk), now, parent);
    }

    /**
     * The mode of a new file: in a set-group-id directory, strangers to its group do not get set-group-id with group x.
     */
    private static int fileMode(Walk walk, int mode) {
        int wanted = mode & 07777;
        DirectoryNode parent = walk.parent();
        int both = Inode.SETGID | Inode.GROUP_EXECUTE;
        if ((wanted & both) == both
                && (parent.mode & Inode.SETGID) != 0
                && !Permissions.mayKeepSetGid(walk.user(), parent.gid)) {
            wanted &= ~Inode.SETGID;
        }
        return wanted & ~walk.user().umask;
    }

    void link(@Nullable OpenFile at, byte[] existing, MountTable to, @Nullable OpenFile toAt, byte[] link)
            throws ErrnoException {
        table.locked(at, to, toAt, now -> {
            Walk source = new Walk(table, now).toParent(at, existing);
            Inode node = source.find(false);
            Walk target = new Walk(to, now).toParent(toAt, link);
            requireAbsent(target, false);
            target.mount().requireWritable();
            if (!source.mount().isSameMount(target.mount())) {
                throw ErrnoException.of(source.mount().whyNotTo(target.mount()));
            }
            Permissions.requireLinkable(target.user(), node);
            Permissions.requireCreate(target.user(), target.parent());
            if (node.isDirectory()) {
                throw ErrnoException.of(Errno.EPERM);
            }
            if (node.nlink == 0) {
                throw ErrnoException.of(Errno.ENOENT);
            }
            if (node.nlink == Integer.MAX_VALUE) {
                throw ErrnoException.of(Errno.EMLINK);
            }
            requireSameQuota(target.parent(), node);
            target.server().tree().link(target.parent(), target.name(), node, now);
            target.mount().forget(target.parent(), node);
            return true;
        });
    }

    void unlink(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            if (!walk.isName()) {
                throw ErrnoException.of(Errno.EISDIR);
            }
            walk.mount().requireWritable();
            DirectoryNode parent = walk.parent();
            Inode node = requireThere(walk.lookUpOnServer());
            if (walk.hasSlash()) {
                throw ErrnoException.of(node.isDirectory() ? Errno.EISDIR : Errno.ENOTDIR);
            }
            Permissions.requireRemove(walk.user(), parent, node);
            if (node.isDirectory()) {
                throw ErrnoException.of(Errno.EISDIR);
            }
            if (table.isMountPoint(node)) {
                throw ErrnoException.of(Errno.EBUSY);
            }
            byte[] kept = walk.nameToKeep(node);
            walk.mount().forget(parent, node);
            walk.server().tree().unlink(parent, walk.name(), node, kept, now);
            return true;
        });
    }

    void rmdir(@Nullable OpenFile at, byte[] path) throws ErrnoException {
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            switch (walk.last()) {
                case DOT -> throw ErrnoException.of(Errno.EINVAL);
                case DOT_DOT -> throw ErrnoException.of(Errno.ENOTEMPTY);
                case ROOT -> throw ErrnoException.of(Errno.EBUSY);
                case NAME -> walk.mount().requireWritable();
            }
            Inode node = requireThere(walk.lookUpOnServer());
            DirectoryNode parent = walk.parent();
            Permissions.requireRemove(walk.user(), parent, node);
            if (!(node instanceof DirectoryNode directory)) {
                throw ErrnoException.of(Errno.ENOTDIR);
            }
            if (table.isMountPoint(directory)) {
                throw ErrnoException.of(Errno.EBUSY);
            }
            if (!directory.isEmpty()) {
                throw ErrnoException.of(Errno.ENOTEMPTY);
            }
            walk.mount().forget(parent, directory);
            walk.server().tree().removeDirectory(parent, walk.name(), directory, now);
            return true;
        });
    }

    /**
     * As project quotas of XFS do it: what counts elsewhere is not moved or linked below a quota, it has to be copied.
     */
    static void requireSameQuota(DirectoryNode parent, Inode node) throws ErrnoException {
        if (parent.quota != null && parent.quota != node.quota) {
            throw ErrnoException.of(Errno.EXDEV);
        }
    }

    static Inode requireThere(@Nullable Inode node) throws ErrnoException {
        if (node == null) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        return node;
    }

    /** All checks before something new gets this name. */
    private static void requireNew(Walk walk, boolean isDirectory) throws ErrnoException {
        requireAbsent(walk, isDirectory);
        walk.mount().requireWritable();
        Permissions.requireCreate(walk.user(), walk.parent());
    }

    private static void requireAbsent(Walk walk, boolean isDirectory) throws ErrnoException {
        if (!walk.isName() || walk.lookUpOnServer() != null) {
            throw ErrnoException.of(Errno.EEXIST);
        }
        if (walk.parent().isRemoved() || (walk.hasSlash() && !isDirectory)) {
            throw ErrnoException.of(Errno.ENOENT);
        }
    }
}
