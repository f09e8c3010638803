package com.cocalc.storage.rwx;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open inode, whatever it is: who has it open, how long it can be used, and its attributes. */
abstract sealed class OpenInode permits OpenFile {
    final Syscalls system;
    final MountPoint mount;
    final Inode node;
    private final int flags;
    /** What it was opened by. */
    private final byte[] path;

    private final int startOfServer;
    private final AtomicBoolean isClosed;

    OpenInode(Syscalls system, MountPoint mount, Inode node, int flags, byte[] path) {
        this.system = system;
        this.mount = mount;
        this.node = node;
        this.flags = flags;
        this.path = path;
        this.startOfServer = mount.server().starts();
        this.isClosed = new AtomicBoolean();
        OpenHandles handles = mount.server().handles();
        if (handles != null) {
            handles.opened(isClosed, path, system);
        }
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.opened(node);
        }
    }

    OpenInode(Syscalls system, OpenInode shared) {
        this.system = system;
        this.mount = shared.mount.usedBy(system.table().root().user());
        this.node = shared.node;
        this.flags = shared.flags;
        this.path = shared.path;
        this.startOfServer = shared.startOfServer;
        this.isClosed = shared.isClosed;
    }

    byte[] path() {
        return path;
    }

    MountPoint mount() {
        return mount;
    }

    MountTable table() {
        return system.table();
    }

    Inode nodeAsBase() throws ErrnoException {
        requireOpen();
        return node;
    }

    boolean isOpen() {
        return !isClosed.get();
    }

    /** fstat(2). */
    Stat stat() throws ErrnoException {
        return mount.stat(node, start(Operation.STAT));
    }

    long size() throws ErrnoException {
        return stat().size();
    }

    void chmod(int mode) throws ErrnoException {
        long now = start(Operation.CHMOD);
        change(() -> Attributes.chmod(mount, mount.user(), node, mode, now));
    }

    /** fchown(2): -1 leaves as is. */
    void chown(long uid, long gid) throws ErrnoException {
        long now = start(Operation.CHOWN);
        change(() -> Attributes.chown(mount, mount.user(), node, uid, gid, now));
    }

    /** futimens(3): times in ns since 1970, or {@link Syscalls#UTIME_NOW}, {@link Syscalls#UTIME_OMIT}. */
    void utimens(long atimeNs, long mtimeNs) throws ErrnoException {
        long now = start(Operation.UTIMES);
        change(() -> Attributes.utimens(mount, mount.user(), node, atimeNs, mtimeNs, now));
    }

    byte[] getxattr(byte[] name) throws ErrnoException {
        start(Operation.XATTR);
        return ExtendedAttributes.get(mount.user(), node, name);
    }

    void setxattr(byte[] name, byte[] value) throws ErrnoException {
        mount.forget(node);
        ExtendedAttributes.set(mount, mount.user(), node, name, value, start(Operation.XATTR));
    }

    List<byte[]> listxattr() throws ErrnoException {
        start(Operation.XATTR);
        return ExtendedAttributes.list(node);
    }

    void removexattr(byte[] name) throws ErrnoException {
        mount.forget(node);
        ExtendedAttributes.remove(mount, mount.user(), node, name, start(Operation.XATTR));
    }

    /** What changes attributes under the monitor. */
    @FunctionalInterface
    private interface Change {
        void perform() throws ErrnoException;
    }

    private void change(Change change) throws ErrnoException {
        Transaction.run(system.table().servers(), transaction -> {
            if (node.isDirectory()) {
                transaction.exclude(mount.server());
            }
            synchronized (node) {
                mount.forget(node);
                change.perform();
            }
            return true;
        });
    }

    final void touch(long now) {
        if (!mount.isReadOnly()) {
            node.touch(now);
        }
    }

    final long start(Operation operation) throws ErrnoException {
        if (isClosed.get()) {
            throw Errno.EBADF.exception();
        }
        mount.server().before(operation, path, system);
        requireOpen();
        return system.table().tick();
    }

    private void requireOpen() throws ErrnoException {
        if (isClosed.get()) {
            throw Errno.EBADF.exception();
        }
        if (isStale()) {
            throw Errno.ESTALE.exception();
        }
        if (node.nlink == 0 && mount.nfs() != null) {
            throw Errno.ESTALE.exception();
        }
    }

    final boolean isStale() {
        return mount.server().isGone() || startOfServer != mount.server().starts();
    }

    final boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether it was open until now, and is so no more. */
    final boolean markClosed() {
        return isClosed.compareAndSet(false, true);
    }

    /** Lets go of the inode, with all locks of this owner. */
    final void release() {
        OpenHandles handles = mount.server().handles();
        if (handles != null) {
            handles.closed(isClosed);
        }
        mount.server().locks().releaseAll(node, system);
        NfsClient nfs = mount.nfs();
        if (nfs != null) {
            nfs.closed(node, mount.server());
        }
        mount.server().inodes().release(node);
    }
}
