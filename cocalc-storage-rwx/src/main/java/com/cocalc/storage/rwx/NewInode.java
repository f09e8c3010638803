package com.cocalc.storage.rwx;

/** What a new inode gets from its parent and its maker, and how it gets its first name. */
final class NewInode {
    private NewInode() {}

    /** Makes an inode of a number and the group that it gets. */
    @FunctionalInterface
    interface Maker<N extends Inode> {
        N make(long ino, int group);
    }

    /**
     * Gives the last name of the walk to a new inode; the parent's monitor must be held, and all checks have passed.
     */
    static <N extends Inode> N make(Walk walk, Maker<N> maker, long now, int pages) throws ErrnoException {
        DirectoryNode parent = walk.parent();
        Server server = walk.server();
        server.space().takeInode(parent.quota);
        for (int taken = 0; taken < pages; taken++) {
            Errno errno = server.space().takePage(parent.quota);
            if (errno != null) {
                server.space().givePages(parent.quota, taken);
                server.space().giveInode(parent.quota);
                throw errno.exception();
            }
        }
        boolean isInherited = (parent.mode & Inode.SETGID) != 0;
        N node = maker.make(server.inodes().nextNumber(), isInherited ? parent.gid : walk.user().gid);
        node.quota = parent.quota;
        Disk disk = server.disk();
        if (disk != null) {
            disk.born(node);
        }
        walk.mount().forget(parent);
        parent.beginChange();
        if (node.isDirectory()) {
            parent.nlink++;
        } else {
            node.nlink = 1;
        }
        walk.putLast(node);
        parent.mtime = now;
        parent.ctime = now;
        parent.endChange();
        if (disk != null) {
            disk.named(parent, walk.name(), node);
        }
        return node;
    }

    /** A directory of the wanted mode, for {@link #make}. */
    static DirectoryNode directory(Walk walk, long ino, int mode, int group, long now) {
        DirectoryNode parent = walk.parent();
        int bits = mode & (Inode.STICKY | 0777) & ~walk.user().umask;
        return new DirectoryNode(ino, bits | (parent.mode & Inode.SETGID), walk.user().uid, group, now, parent);
    }

    /**
     * The mode of a new file: in a set-group-id directory, strangers to its group do not get set-group-id with group x.
     */
    static int fileMode(Walk walk, int mode) {
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
}
