package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Lookup} and {@link Opening} do with an inode, done without a walk where one would lead to a directory
 * that walks came to lately, and from there to a plain name. Where anything is otherwise the answer is null, and the
 * walk finds out.
 */
final class DirectLookup {
    private final MountTable table;

    DirectLookup(MountTable table) {
        this.table = table;
    }

    /** As {@link Lookup#look}. */
    <R> @Nullable R look(byte[] path, boolean follow, long now, Lookup.Use<R> use) throws ErrnoException {
        int start = Words.startOfElement(path, path.length);
        KnownDirectories.Known known = table.known().findParent(path, start);
        if (known == null) {
            return null;
        }
        int version = known.directory.version();
        Inode node = find(known, path, start, follow);
        if (node == null) {
            return null;
        }
        R result;
        try {
            result = use.use(known.mount, node, now);
        } catch (ErrnoException e) {
            if (isStill(known, version)) {
                throw e;
            }
            return null;
        }
        return isStill(known, version) ? result : null;
    }

    /** As {@link Opening#open}, of what is there and no link. */
    @Nullable
    OpenFile open(byte[] path, Opening opening) throws ErrnoException {
        int start = Words.startOfElement(path, path.length);
        KnownDirectories.Known known = table.known().findParent(path, start);
        if (known == null) {
            return null;
        }
        int version = known.directory.version();
        Inode node = find(known, path, start, true);
        if (node == null) {
            return null;
        }
        synchronized (node) {
            return isStill(known, version) ? opening.openExisting(known.mount, node, path) : null;
        }
    }

    /** The inode of the last name, unless the walk would go on from there. */
    private @Nullable Inode find(KnownDirectories.Known known, byte[] path, int start, boolean follow) {
        DirectoryNode parent = known.directory;
        if (known.mount.nfs() != null || !Permissions.may(known.mount.user(), parent, Permissions.EXECUTE)) {
            return null;
        }
        Inode node = parent.names().find(path, start, path.length, Words.hash(path, start, path.length));
        boolean isOnTheWay = node instanceof LinkNode
                ? follow
                : node instanceof DirectoryNode && table.over(known.mount, node) != null;
        return isOnTheWay ? null : node;
    }

    private boolean isStill(KnownDirectories.Known known, int version) {
        return known.directory.isUnchanged(version) && table.known().isStill(known);
    }
}
