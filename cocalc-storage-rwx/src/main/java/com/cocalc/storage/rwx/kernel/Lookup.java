package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Stat;
import org.jspecify.annotations.Nullable;

/** The common part of the system calls on the inode at the end of a path, of any kind. */
final class Lookup {
    private final MountTable table;

    Lookup(MountTable table) {
        this.table = table;
    }

    /** What is done with the inode. */
    @FunctionalInterface
    interface Use<R> {
        R use(MountPoint mount, Inode node, long now) throws ErrnoException;
    }

    /** What is changed. */
    @FunctionalInterface
    interface Change {
        void change(MountPoint mount, Inode node, long now) throws ErrnoException;
    }

    /** For what asks, and changes no more than the time of the last access. */
    <R> R look(@Nullable OpenFile at, byte[] path, boolean follow, Use<R> use) throws ErrnoException {
        return table.locked(at, now -> {
            Walk walk = new Walk(table, now).asking().toParent(at, path);
            Inode node = walk.find(follow);
            return use.use(walk.mount(), node, now);
        });
    }

    /** For what changes the inode. */
    void change(@Nullable OpenFile at, byte[] path, boolean follow, Change change) throws ErrnoException {
        table.locked(at, now -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            Inode node = walk.find(follow);
            walk.mount().forget(node);
            change.change(walk.mount(), node, now);
            walk.server().watches().modified(node, walk.parentOfName(), walk.lastName());
            return true;
        });
    }

    /** The attributes, no link followed at the end; null if the last name is missing. */
    @Nullable
    Stat findStat(byte[] path) throws ErrnoException {
        return table.<@Nullable Stat>locked(null, now -> {
            Walk walk = new Walk(table, now).asking().toParent(null, path);
            if (walk.isName() && walk.lookUpLast() == null) {
                return null;
            }
            Inode node = walk.find(false);
            return walk.mount().stat(node, now);
        });
    }
}
