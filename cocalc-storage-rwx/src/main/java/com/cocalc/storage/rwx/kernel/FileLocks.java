package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.Inode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Record locks as fcntl(2) gives them: of an owner, on a range of an inode, seen by all mounts of the volume. The lock
 * of the volume must be held; a thread that waits for a record lock waits on it.
 */
final class FileLocks {
    private final IdentityHashMap<Inode, List<Held>> held = new IdentityHashMap<>();
    private final Server server;

    FileLocks(Server server) {
        this.server = server;
    }

    private record Held(Object owner, long from, long to, boolean isShared) {
        boolean overlaps(long otherFrom, long otherTo) {
            return from <= otherTo && otherFrom <= to;
        }

        Held with(long newFrom, long newTo) {
            return new Held(owner, newFrom, newTo, isShared);
        }
    }

    boolean tryLock(Inode node, Object owner, long position, long size, boolean shared) {
        long last = last(position, size);
        for (Held other : held.getOrDefault(node, List.of())) {
            if (other.owner != owner && other.overlaps(position, last) && !(shared && other.isShared)) {
                return false;
            }
        }
        carve(node, owner, position, last);
        held.computeIfAbsent(node, any -> new ArrayList<>()).add(new Held(owner, position, last, shared));
        // A lock that becomes a shared one may let others in.
        server.lock().signalChange();
        return true;
    }

    /** Waits until the lock is granted, or returns false once it is no longer wanted. Takes the volume's lock. */
    boolean lock(Inode node, Object owner, long position, long size, boolean shared, BooleanSupplier isWanted)
            throws InterruptedException {
        server.lock().lock();
        try {
            while (isWanted.getAsBoolean()) {
                if (tryLock(node, owner, position, size, shared)) {
                    return true;
                }
                server.lock().awaitChange();
            }
            return false;
        } finally {
            server.lock().unlock();
        }
    }

    void unlock(Inode node, Object owner, long position, long size) {
        carve(node, owner, position, last(position, size));
        server.lock().signalChange();
    }

    /** Returns whether the owner had a lock, or a thread may wait for one. */
    boolean releaseAll(Inode node, Object owner) {
        List<Held> locks = held.get(node);
        if (locks == null) {
            return false;
        }
        locks.removeIf(lock -> lock.owner == owner);
        forgetIfFree(node, locks);
        return true;
    }

    /** Takes a range out of what the owner holds; what is left on both sides stays. */
    private void carve(Inode node, Object owner, long from, long to) {
        List<Held> locks = held.get(node);
        if (locks == null) {
            return;
        }
        List<Held> rest = new ArrayList<>();
        locks.removeIf(lock -> {
            if (lock.owner != owner || !lock.overlaps(from, to)) {
                return false;
            }
            if (lock.from < from) {
                rest.add(lock.with(lock.from, from - 1));
            }
            if (lock.to > to) {
                rest.add(lock.with(to + 1, lock.to));
            }
            return true;
        });
        locks.addAll(rest);
        forgetIfFree(node, locks);
    }

    private void forgetIfFree(Inode node, List<Held> locks) {
        if (locks.isEmpty()) {
            held.remove(node);
        }
    }

    private static long last(long position, long size) {
        return size == 0 ? Long.MAX_VALUE : position + size - 1;
    }
}
