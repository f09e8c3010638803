package com.cocalc.storage.rwx.nio;

import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The locks that one file system holds or waits for. As in a JVM, these must not overlap. */
final class HeldLocks {
    private final Map<File, List<RwxFileLock>> locks = new HashMap<>();

    /** Which file, whatever its names. */
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

    /** When a channel is closed, its locks are no longer valid. */
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
