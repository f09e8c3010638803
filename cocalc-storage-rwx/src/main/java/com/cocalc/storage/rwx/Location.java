package com.cocalc.storage.rwx;

/**
 * Where a walk is: an inode, and the mount that it was come to by. The only place where mount points are crossed, down
 * into what is mounted and up again out of it. A walk is one, rather than has one, as it would be one more object for
 * each operation.
 */
abstract sealed class Location permits Walk {
    private final MountTable own;
    private MountTable table;
    private MountPoint mount;
    private Inode here;

    /** At the root of a container. */
    Location(MountTable own) {
        this.own = own;
        this.table = own;
        this.mount = own.root();
        this.here = mount.root();
    }

    /** Of the container that the walk started in, whatever directory of another one it is in now. */
    final MountTable ownTable() {
        return own;
    }

    final MountPoint mount() {
        return mount;
    }

    final Credentials user() {
        return mount.user();
    }

    final Server server() {
        return mount.server();
    }

    final Inode here() {
        return here;
    }

    final DirectoryNode requireDirectory() throws ErrnoException {
        if (here instanceof DirectoryNode directory) {
            requireNotStale();
            return directory;
        }
        throw Errno.ENOTDIR.exception();
    }

    /** A server does not know a directory that is gone, and says so; one host still has it. */
    final void requireNotStale() throws ErrnoException {
        if (here.nlink == 0 && mount.nfs() != null) {
            throw Errno.ESTALE.exception();
        }
    }

    /** At an open directory, in the container that opened it. */
    final void startAt(OpenFile directory) throws ErrnoException {
        here = directory.nodeAsBase();
        table = directory.table();
        mount = directory.mount();
    }

    final void jumpToRoot() {
        table = own;
        mount = own.root();
        here = mount.root();
    }

    final void jumpTo(KnownDirectories.Known known) {
        mount = known.mount;
        here = known.directory;
    }

    /** Goes down to an inode of this mount, or to the root of what is mounted over it. */
    final void enter(Inode node) {
        here = node;
        MountPoint over = node.isDirectory() ? table.over(mount, node) : null;
        while (over != null) {
            mount = over;
            here = over.root();
            over = table.over(mount, here);
        }
    }

    /** Goes up to the parent, out of a mount from its root; at the container's root it stays. */
    final void goUp() throws ErrnoException {
        while (here == mount.root()) {
            MountPoint below = mount.below();
            DirectoryNode covered = mount.covered();
            if (below == null || covered == null) {
                return;
            }
            mount = below;
            here = covered;
        }
        DirectoryNode up = requireDirectory().parent;
        // Somebody may have moved this directory out of the part that is mounted: there is no way up from there.
        if (mount.root().parent != mount.root() && !up.isWithin(mount.root())) {
            throw Errno.ENOENT.exception();
        }
        enter(up);
    }

    /** What is at the end of the walk: a mount where one hides this inode. The directory of it is left then. */
    final Inode arrive(Inode node) {
        if (node.isDirectory() && table.over(mount, node) != null) {
            enter(node);
            return here;
        }
        return node;
    }
}
