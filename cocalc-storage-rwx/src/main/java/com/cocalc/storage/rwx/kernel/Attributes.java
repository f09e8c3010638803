package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;

/** The system calls that change what stat(2) shows. */
final class Attributes {
    private Attributes() {}

    static void chmod(MountPoint mount, Inode node, int mode, long now) throws ErrnoException {
        mount.requireWritable();
        Credentials user = mount.user();
        Permissions.requireOwner(user, node);
        int wanted = mode & 07777;
        if (!Permissions.mayKeepSetGid(user, node.gid)) {
            wanted &= ~Inode.SETGID;
        }
        node.mode = (node.mode & ~07777) | wanted;
        node.ctime = now;
        mount.server().tree().changed(node);
    }

    /** -1 leaves as is. */
    static void chown(MountPoint mount, Inode node, long uid, long gid, long now) throws ErrnoException {
        mount.requireWritable();
        Credentials user = mount.user();
        boolean isOwner = user.uid == node.uid;
        boolean isFree = user.has(Capability.CHOWN);
        if (uid != -1 && !isFree && !(isOwner && (int) uid == node.uid)) {
            throw ErrnoException.of(Errno.EPERM);
        }
        if (gid != -1 && !isFree && !(isOwner && ((int) gid == node.gid || user.isInGroup((int) gid)))) {
            throw ErrnoException.of(Errno.EPERM);
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
        node.mode &= ~cleared;
        if (uid != -1) {
            node.uid = (int) uid;
        }
        if (gid != -1) {
            node.gid = (int) gid;
        }
        node.ctime = now;
        mount.server().tree().changed(node);
    }

    static void utimens(MountPoint mount, Inode node, long atimeNs, long mtimeNs, long now) throws ErrnoException {
        mount.requireWritable();
        Credentials user = mount.user();
        if (atimeNs == Syscalls.UTIME_NOW && mtimeNs == Syscalls.UTIME_NOW) {
            if (!Permissions.isOwner(user, node)) {
                Permissions.require(user, node, Permissions.WRITE);
            }
        } else {
            Permissions.requireOwner(user, node);
        }
        if (atimeNs != Syscalls.UTIME_OMIT) {
            node.atime = atimeNs == Syscalls.UTIME_NOW ? now : atimeNs;
        }
        if (mtimeNs != Syscalls.UTIME_OMIT) {
            node.mtime = mtimeNs == Syscalls.UTIME_NOW ? now : mtimeNs;
        }
        node.ctime = now;
        mount.server().tree().changed(node);
    }
}
