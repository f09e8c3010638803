package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.call.Errno;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The inodes of a volume, and the only place where they come, go and get names and contents: what a crash would leave
 * and the listener are told of it here. The caller holds the volume's lock and has checked that the change is allowed.
 */
public final class Tree {
    private final Space space;
    private final DirectoryNode root;
    private final @Nullable Disk disk;
    private final TreeListener listener;
    private long lastNumber;
    private long shape;

    /** With an empty root. */
    public Tree(Space space, int rootMode, long now, boolean isCrashable, TreeListener listener) {
        this.space = space;
        this.listener = listener;
        space.inodes().take(1);
        root = new DirectoryNode(++lastNumber, rootMode, 0, 0, now, null);
        root.holders = 1;
        disk = isCrashable ? new Disk(root) : null;
    }

    private Tree(Tree before, Survivors survivors, TreeListener listener) {
        this.space = before.space.unused();
        this.listener = listener;
        survivors.takeFrom(space);
        root = survivors.root();
        lastNumber = before.lastNumber;
        Disk image = new Disk(root);
        survivors.quotas().forEach(image::limit);
        disk = image;
    }

    /** What a crash of this one would leave, as another tree; the same seed leaves the same. */
    public Tree afterCrash(long seed, TreeListener listenerOfOther) {
        if (disk == null) {
            throw new IllegalStateException("a volume must keep apart what was forced to be able to crash, but this one"
                    + " does not; build it with RwxVolume.builder().crashable()");
        }
        return new Tree(this, disk.survivors(seed), listenerOfOther);
    }

    public DirectoryNode root() {
        return root;
    }

    public Space space() {
        return space;
    }

    /**
     * Another number whenever a path of plain names may lead to another directory than before, or no longer through
     * one: after a directory was renamed, or got other attributes.
     */
    public long shape() {
        return shape;
    }

    /** Makes an inode of a number. */
    @FunctionalInterface
    public interface Maker<N extends Inode> {
        N make(long ino);
    }

    /**
     * Makes an inode with a free name.
     *
     * @param pages what it takes of the space
     */
    public <N extends Inode> N make(DirectoryNode parent, byte[] name, Maker<N> maker, long now, int pages)
            throws ErrnoException {
        space.takeInode(parent.quota);
        for (int taken = 0; taken < pages; taken++) {
            Errno errno = space.takePage(parent.quota);
            if (errno != null) {
                space.givePages(parent.quota, taken);
                space.giveInode(parent.quota);
                throw ErrnoException.of(errno);
            }
        }
        N node = maker.make(++lastNumber);
        node.quota = parent.quota;
        if (node.isDirectory()) {
            parent.nlink++;
        } else {
            node.nlink = 1;
        }
        if (disk != null) {
            disk.born(node);
        }
        parent.names().put(name, node);
        namesChanged(parent, now);
        if (disk != null) {
            disk.named(parent, name, node);
        }
        listener.named(parent, name);
        return node;
    }

    /** Gives another, free name to an inode. */
    public void link(DirectoryNode parent, byte[] name, Inode node, long now) throws ErrnoException {
        space.takeInode(node.quota);
        parent.names().put(name, node);
        node.nlink++;
        node.ctime = now;
        namesChanged(parent, now);
        if (disk != null) {
            disk.named(parent, name, node);
        }
        listener.named(parent, name);
    }

    /**
     * Removes a name of an inode that is not a directory.
     *
     * @param kept the name that it gets in place of this one, if any
     */
    public void unlink(DirectoryNode parent, byte[] name, Inode node, byte @Nullable [] kept, long now) {
        parent.names().remove(name);
        if (kept != null) {
            parent.names().put(kept, node);
            node.renamed(parent, name, parent, kept);
        }
        namesChanged(parent, now);
        if (disk != null) {
            disk.unnamed(parent, name, node, kept);
        }
        if (kept == null) {
            dropName(node, now);
        }
        listener.unnamed(parent, name);
        if (kept != null) {
            listener.named(parent, kept);
        }
    }

    /** Takes its name from an empty directory. */
    public void removeDirectory(DirectoryNode parent, byte[] name, DirectoryNode directory, long now) {
        parent.names().remove(name);
        parent.nlink--;
        namesChanged(parent, now);
        if (disk != null) {
            disk.unnamed(parent, name, directory, null);
        }
        listener.unnamed(parent, name);
        dropDirectory(directory, now);
    }

    /**
     * Gives another name to an inode.
     *
     * @param replaced what has the new name now, if anything
     * @param kept the name that this gets in its place, if any
     */
    public void rename(
            DirectoryNode from,
            byte[] name,
            DirectoryNode to,
            byte[] newName,
            Inode node,
            @Nullable Inode replaced,
            byte @Nullable [] kept,
            long now) {
        if (replaced != null) {
            to.names().replace(newName, node);
        } else {
            to.names().put(newName, node);
        }
        from.names().remove(name);
        node.renamed(from, name, to, newName);
        if (node instanceof DirectoryNode directory) {
            directory.parent = to;
            from.nlink--;
            to.nlink++;
            shape++;
        }
        if (replaced instanceof DirectoryNode) {
            to.nlink--;
        } else if (replaced != null && kept != null) {
            to.names().put(kept, replaced);
            replaced.renamed(to, newName, to, kept);
        }
        node.ctime = now;
        namesChanged(to, now);
        namesChanged(from, now);
        if (disk != null) {
            disk.renamed(from, name, to, newName, node, replaced, kept);
        }
        listener.unnamed(from, name);
        listener.named(to, newName);
        if (replaced instanceof DirectoryNode directory) {
            dropDirectory(directory, now);
        } else if (replaced != null && kept == null) {
            dropName(replaced, now);
        }
    }

    private static void namesChanged(DirectoryNode parent, long now) {
        parent.mtime = now;
        parent.ctime = now;
    }

    private void dropName(Inode node, long now) {
        node.nlink--;
        node.ctime = now;
        if (node.nlink > 0) {
            space.giveInode(node.quota);
        } else if (node.holders == 0) {
            evict(node);
        }
    }

    /** One that somebody has open holds its parent, to which {@code ..} still leads. */
    private void dropDirectory(DirectoryNode directory, long now) {
        directory.nlink = 0;
        directory.ctime = now;
        if (directory.holders == 0) {
            evict(directory);
        } else {
            directory.parent.holders++;
        }
    }

    /**
     * Adds a holder to an inode that was found.
     *
     * @throws ErrnoException ENOENT if it is gone
     */
    public void hold(Inode node) throws ErrnoException {
        if (node.nlink == 0 && node.holders == 0) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        node.holders++;
    }

    /** Removes a holder of an inode. An inode exists while it has a name or a holder. */
    public void release(Inode node) {
        Inode released = node;
        while (--released.holders == 0 && released.nlink == 0) {
            evict(released);
            if (!(released instanceof DirectoryNode directory)) {
                return;
            }
            released = directory.parent;
        }
    }

    private void evict(Inode node) {
        space.giveInode(node.quota);
        if (disk != null) {
            disk.evicted(node);
        }
        if (node instanceof FileNode file) {
            file.resize(0, space);
        } else if (node instanceof LinkNode link) {
            space.givePages(node.quota, LinkNode.pagesOf(link.target()));
        } else if (node instanceof DirectoryNode directory) {
            listener.removed(directory);
        }
    }

    /**
     * Writes at a position, as much as there is space for.
     *
     * @param cleared the bits that the file loses by it
     * @return the number of bytes, which are fewer than there were where the volume is full
     * @throws ErrnoException if nothing could be written
     */
    public int write(FileNode file, ByteBuffer src, long position, int cleared, long now) throws ErrnoException {
        if (!src.hasRemaining()) {
            return 0;
        }
        if (position == Long.MAX_VALUE) {
            throw ErrnoException.of(Errno.EFBIG);
        }
        int start = src.position();
        int limit = src.limit();
        src.limit(start + (int) Math.min(src.remaining(), Long.MAX_VALUE - position));
        file.mode &= ~cleared;
        file.mtime = now;
        file.ctime = now;
        Errno errno = file.write(src, position, space);
        src.limit(limit);
        int written = src.position() - start;
        if (written > 0 && disk != null) {
            disk.wrote(file, position, written);
        }
        if (written == 0 && errno != null) {
            throw ErrnoException.of(errno);
        }
        return written;
    }

    /**
     * Sets the size. Where a file has this size already, its times stay as they are only if it holds no data and was
     * named by its path: that is how tmpfs does it.
     *
     * @param cleared the bits that the file loses by it
     */
    public void resize(FileNode file, long size, int cleared, boolean isByHandle, long now) {
        if (disk != null) {
            disk.resizing(file, size);
        }
        file.mode &= ~cleared;
        if (isByHandle || size != file.size() || file.nextPage(0) >= 0) {
            file.mtime = now;
            file.ctime = now;
        }
        file.resize(size, space);
        changed(file);
    }

    /** An inode has other attributes. */
    public void changed(Inode node) {
        if (node.isDirectory()) {
            shape++;
        }
        if (disk != null) {
            disk.changed(node);
        }
    }

    /** fsync(2), or fdatasync(2) without attributes. */
    public void force(Inode node, boolean isWithAttributes) {
        if (disk != null) {
            disk.force(node, isWithAttributes);
        }
    }

    /** sync(2). */
    public void forceAll() {
        if (disk != null) {
            disk.forceAll(root);
        }
    }

    /** Limits what lies below a directory. */
    public void limit(DirectoryNode directory, Quota quota) {
        quota.assignTo(directory);
        if (disk != null) {
            disk.limit(directory, quota);
        }
    }
}
