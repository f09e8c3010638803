package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/** What the system calls have in common that do something with the inode at the end of a path, whatever it is. */
final class Lookup {
    private final MountTable table;
    private final DirectLookup direct;

    Lookup(MountTable table, DirectLookup direct) {
        this.table = table;
        this.direct = direct;
    }

    /** What is done with the inode. */
    @FunctionalInterface
    interface Use<R> {
        R use(MountPoint mount, Inode node, long now) throws ErrnoException;
    }

    /** For what asks, and changes no more than the time of the last access: nothing is locked. */
    <R> R look(@Nullable OpenFile at, byte[] path, boolean follow, Use<R> use) throws ErrnoException {
        long now = table.tick();
        R direct = at == null ? this.direct.look(path, follow, now, use) : null;
        return direct != null ? direct : walk(at, path, follow, now, use);
    }

    private <R> R walk(@Nullable OpenFile at, byte[] path, boolean follow, long now, Use<R> use) throws ErrnoException {
        return Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).asking().toParent(at, path);
            Inode node = walk.find(follow);
            R result = use.use(walk.mount(), node, now);
            walk.requireStillThere(node);
            transaction.validate();
            return result;
        });
    }

    /** For what changes the inode: its monitor is held. */
    <R> R change(@Nullable OpenFile at, byte[] path, boolean follow, Use<R> use) throws ErrnoException {
        long now = table.tick();
        return Transaction.run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).toParent(at, path);
            Inode node = walk.find(follow);
            // Walks read the bits of directories without a lock.
            if (node.isDirectory()) {
                transaction.exclude(walk.server());
            }
            synchronized (node) {
                transaction.validate();
                walk.requireStillThere(node);
                walk.mount().forget(node);
                return use.use(walk.mount(), node, now);
            }
        });
    }

    /** The attributes, no link followed at the end; null if the last name is missing. */
    @Nullable
    Stat findStat(byte[] path) throws ErrnoException {
        long now = table.tick();
        Stat known = direct.look(path, false, now, MountPoint::stat);
        return known != null ? known : walkToFind(path, now);
    }

    private @Nullable Stat walkToFind(byte[] path, long now) throws ErrnoException {
        return Transaction.<@Nullable Stat>run(table.servers(), transaction -> {
            Walk walk = new Walk(table, now).asking().toParent(null, path);
            Inode node = walk.isName() ? walk.lookUpLast() : walk.find(false);
            if (node != null && walk.isName()) {
                node = walk.arrive(node);
            }
            Stat stat = null;
            if (node != null) {
                stat = walk.mount().stat(node, now);
                walk.requireStillThere(node);
            }
            transaction.validate();
            return stat;
        });
    }
}
