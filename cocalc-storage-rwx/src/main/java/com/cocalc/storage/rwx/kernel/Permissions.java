package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;

/** The permission checks. Nothing else in this package looks at permission bits for that. */
final class Permissions {
    static final int EXECUTE = 1;
    static final int WRITE = 2;
    static final int READ = 4;

    private static final int ANY_EXECUTE = 0111;

    private Permissions() {}

    /** Whether the class of the user (owner, else group, else other), or a capability, has all wanted bits. */
    static boolean may(Credentials user, Inode node, int want) {
        int mode = node.mode;
        int granted = user.uid == node.uid ? mode >> 6 : user.isInGroup(node.gid) ? mode >> 3 : mode;
        return (want & ~granted) == 0 || mayByCapability(user, node, want);
    }

    private static boolean mayByCapability(Credentials user, Inode node, int want) {
        boolean isDirectory = node.isDirectory();
        if (user.has(Capability.DAC_OVERRIDE)) {
            return isDirectory || (want & EXECUTE) == 0 || (node.mode & ANY_EXECUTE) != 0;
        }
        return user.has(Capability.DAC_READ_SEARCH) && (isDirectory ? (want & WRITE) == 0 : want == READ);
    }

    static void require(Credentials user, Inode node, int want) throws ErrnoException {
        if (!may(user, node, want)) {
            throw ErrnoException.of(Errno.EACCES);
        }
    }

    static boolean isOwner(Credentials user, Inode node) {
        return user.uid == node.uid || user.has(Capability.FOWNER);
    }

    static void requireOwner(Credentials user, Inode node) throws ErrnoException {
        if (!isOwner(user, node)) {
            throw ErrnoException.of(Errno.EPERM);
        }
    }

    static boolean mayKeepSetGid(Credentials user, int group) {
        return user.isInGroup(group) || user.has(Capability.FSETID);
    }

    /** A name may be added to this directory. */
    static void requireCreate(Credentials user, DirectoryNode parent) throws ErrnoException {
        if (parent.isRemoved()) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        require(user, parent, WRITE | EXECUTE);
    }

    /** The name of this inode may be taken from this directory: bits first, then the sticky bit. */
    static void requireRemove(Credentials user, DirectoryNode parent, Inode node) throws ErrnoException {
        require(user, parent, WRITE | EXECUTE);
        if (isKeptBySticky(user, parent, node)) {
            throw ErrnoException.of(Errno.EPERM);
        }
    }

    private static boolean isKeptBySticky(Credentials user, DirectoryNode parent, Inode node) {
        return (parent.mode & Inode.STICKY) != 0
                && node.uid != user.uid
                && parent.uid != user.uid
                && !user.has(Capability.FOWNER);
    }

    /**
     * O_CREAT on a link that is not followed. The sysctls {@code protected_regular} and {@code protected_fifos} exempt
     * files and pipes, but nothing exempts a link: not even root has leave to open somebody else's.
     */
    static void requireMayOpenInSticky(Credentials user, DirectoryNode parent, LinkNode link) throws ErrnoException {
        int stickyAndOpen = Inode.STICKY | Inode.OTHER_WRITE;
        if ((parent.mode & stickyAndOpen) == stickyAndOpen && link.uid != parent.uid && link.uid != user.uid) {
            throw ErrnoException.of(Errno.EACCES);
        }
    }

    /** {@code fs.protected_hardlinks} = 1. */
    static void requireLinkable(Credentials user, Inode node) throws ErrnoException {
        if (isOwner(user, node)) {
            return;
        }
        int setGidAndExecute = Inode.SETGID | Inode.GROUP_EXECUTE;
        if (!(node instanceof FileNode)
                || (node.mode & Inode.SETUID) != 0
                || (node.mode & setGidAndExecute) == setGidAndExecute
                || !may(user, node, READ | WRITE)) {
            throw ErrnoException.of(Errno.EPERM);
        }
    }

    /** The set-id bits that a write or truncation by this user takes from a file. */
    static int clearedByWrite(Credentials user, Inode node) {
        return node.hasSetId() && !user.has(Capability.FSETID) ? Inode.SETUID | setGidClearedFor(user, node) : 0;
    }

    /** Set-group-id as it is lost on write and chown: with group x for all, without for strangers to the group. */
    static int setGidClearedFor(Credentials user, Inode node) {
        return (node.mode & Inode.GROUP_EXECUTE) != 0 || !mayKeepSetGid(user, node.gid) ? Inode.SETGID : 0;
    }
}
