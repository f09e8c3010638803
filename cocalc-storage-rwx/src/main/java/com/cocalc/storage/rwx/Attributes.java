package com.cocalc.storage.rwx;

/** Changes of what stat(2) shows. The monitor must be held; for a directory, walks must be excluded. */
final class Attributes {
    private Attributes() {}

    static void chmod(MountPoint mount, Credentials user, Inode node, int mode, long now) throws ErrnoException {
        mount.requireWritable();
        Permissions.requireOwner(user, node);
        int wanted = mode & 07777;
        if (!Permissions.mayKeepSetGid(user, node.gid)) {
            wanted &= ~Inode.SETGID;
        }
        node.beginChange();
        node.mode = (node.mode & ~07777) | wanted;
        node.ctime = now;
        node.endChange();
        mount.changed(node);
    }

    /** -1 leaves as is. */
    static void chown(MountPoint mount, Credentials user, Inode node, long uid, long gid, long now)
            throws ErrnoException {
        mount.requireWritable();
        boolean isOwner = user.uid == node.uid;
        boolean isFree = user.has(Capability.CHOWN);
        if (uid != -1 && !isFree && !(isOwner && (int) uid == node.uid)) {
            throw Errno.EPERM.exception();
        }
        if (gid != -1 && !isFree && !(isOwner && ((int) gid == node.gid || user.isInGroup((int) gid)))) {
            throw Errno.EPERM.exception();
        }
        int cleared = 0;
        if (!node.isDirectory() && node.hasSetId()) {
            cleared = node.mode & (Inode.SETUID | Permissions.setGidClearedFor(user, node));
        }
        if (cleared != 0) {
            Permissions.requireOwner(user, node);
            // The change of mode is one like any other: set-group-id of a group that is not the caller's goes too.
            int group = gid == -1 ? node.gid : (int) gid;
            if (!Permissions.mayKeepSetGid(user, group)) {
                cleared |= Inode.SETGID;
            }
        }
        node.beginChange();
        node.mode &= ~cleared;
        if (uid != -1) {
            node.uid = (int) uid;
        }
        if (gid != -1) {
            node.gid = (int) gid;
        }
        node.ctime = now;
        node.endChange();
        mount.changed(node);
    }

    static void utimens(MountPoint mount, Credentials user, Inode node, long atimeNs, long mtimeNs, long now)
            throws ErrnoException {
        mount.requireWritable();
        if (atimeNs == Syscalls.UTIME_NOW && mtimeNs == Syscalls.UTIME_NOW) {
            if (!Permissions.isOwner(user, node)) {
                Permissions.require(user, node, Permissions.WRITE);
            }
        } else {
            Permissions.requireOwner(user, node);
        }
        node.beginChange();
        if (atimeNs != Syscalls.UTIME_OMIT) {
            node.atime = atimeNs == Syscalls.UTIME_NOW ? now : atimeNs;
        }
        if (mtimeNs != Syscalls.UTIME_OMIT) {
            node.mtime = mtimeNs == Syscalls.UTIME_NOW ? now : mtimeNs;
        }
        node.ctime = now;
        node.endChange();
        mount.changed(node);
    }
}
