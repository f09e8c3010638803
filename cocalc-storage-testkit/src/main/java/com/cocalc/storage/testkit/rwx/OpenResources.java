package com.cocalc.storage.testkit.rwx;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file system closes when it is closed itself. Threads that open different files do not get in each other's way.
 */
final class OpenResources {
    private static final int SHARDS = 64;

    private final Shard[] shards = new Shard[SHARDS];

    OpenResources() {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /** Some of the open resources, as a list that any of them can leave at once. */
    private static final class Shard {
        private @Nullable Entry first;
    }

    /** A resource in the list. */
    static final class Entry {
        private final Shard shard;
        private final Closeable resource;
        private @Nullable Entry before;
        private @Nullable Entry after;

        private Entry(Shard shard, Closeable resource) {
            this.shard = shard;
            this.resource = resource;
        }

        /** The resource is closed. */
        void remove() {
            synchronized (shard) {
                if (before != null) {
                    before.after = after;
                } else if (shard.first == this) {
                    shard.first = after;
                }
                if (after != null) {
                    after.before = before;
                }
                before = null;
                after = null;
            }
        }
    }

    /** @param spread a number that differs between resources */
    Entry add(Closeable resource, long spread) {
        Shard shard = shards[(int) spread & SHARDS - 1];
        Entry entry = new Entry(shard, resource);
        synchronized (shard) {
            Entry first = shard.first;
            entry.after = first;
            if (first != null) {
                first.before = entry;
            }
            shard.first = entry;
        }
        return entry;
    }

    /** Closes all of them, even if some fail. */
    void close() throws IOException {
        IOException failure = null;
        for (Shard shard : shards) {
            for (Closeable resource : resources(shard)) {
                try {
                    resource.close();
                } catch (IOException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static List<Closeable> resources(Shard shard) {
        List<Closeable> resources = new ArrayList<>();
        synchronized (shard) {
            for (Entry entry = shard.first; entry != null; entry = entry.after) {
                resources.add(entry.resource);
            }
        }
        return resources;
    }
}
