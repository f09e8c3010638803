package com.cocalc.storage.rwx.nio;

import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The locks that one file system has or waits for, which must not overlap, as in a JVM. */
final class HeldLocks {
    private final Map<File, List<RwxFileLock>> locks = new HashMap<>();

    /** The identity of a file, whatever its names are. */
    record File(long dev, long ino) {}

    synchronized void add(File file, RwxFileLock lock) {
        List<RwxFileLock> present = locks.computeIfAbsent(file, any -> new ArrayList<>());
        for (RwxFileLock other : present) {
            if (other.overlaps(lock.position(), lock.size())) {
                throw new OverlappingFileLockException();
            }
        }
        present.add(lock);
    }

    synchronized void remove(RwxFileLock lock) {
        locks.values().removeIf(present -> present.remove(lock) && present.isEmpty());
    }

    /** Releases the locks of a channel that is closed. */
    synchronized void releaseAll(RwxFileChannel channel) {
        if (locks.isEmpty()) {
            return;
        }
        for (List<RwxFileLock> present : locks.values()) {
            present.removeIf(lock -> {
                boolean isOfChannel = lock.rwxChannel() == channel;
                if (isOfChannel) {
                    lock.invalidate();
                }
                return isOfChannel;
            });
        }
        locks.values().removeIf(List::isEmpty);
    }
}
