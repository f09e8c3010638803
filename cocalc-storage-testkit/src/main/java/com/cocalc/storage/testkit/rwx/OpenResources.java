package com.cocalc.storage.testkit.rwx;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file system closes when it is closed itself. Threads that open different files do not get in each other's way,
 * and a thread that opens one after the other uses one place for all of them.
 */
final class OpenResources {
    private static final int SHARDS = 16;

    private final Shard[] shards = new Shard[SHARDS];

    OpenResources() {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /** A place in the list of some of the open resources, which any of them can leave at once. */
    static class Entry {
        private final @Nullable Entry shard;
        private @Nullable Closeable resource;
        private @Nullable Entry before;
        private @Nullable Entry after;

        private Entry(@Nullable Entry shard) {
            this.shard = shard;
        }

        /** The resource is closed. The first place of the list stays for the next one. */
        void remove(Closeable closed) {
            synchronized (shard == null ? this : shard) {
                if (resource != closed) {
                    return;
                }
                resource = null;
                Entry previous = before;
                if (previous == null) {
                    return;
                }
                previous.after = after;
                if (after != null) {
                    after.before = previous;
                }
                before = null;
                after = null;
            }
        }
    }

    /**
     * The first place of a list, with room behind it, so that no two of them share a line of the processor's caches.
     */
    private static final class Shard extends Entry {
        @SuppressWarnings("unused")
        private long a, b, c, d, e, f, g, h, i, j, k, l, m, n;

        Shard() {
            super(null);
        }
    }

    Entry add(Closeable resource) {
        Shard shard = shards[(int) Thread.currentThread().getId() & SHARDS - 1];
        return add(shard, resource);
    }

    private static Entry add(Entry shard, Closeable resource) {
        synchronized (shard) {
            if (shard.resource == null) {
                shard.resource = resource;
                return shard;
            }
            Entry entry = new Entry(shard);
            entry.resource = resource;
            entry.before = shard;
            entry.after = shard.after;
            if (shard.after != null) {
                shard.after.before = entry;
            }
            shard.after = entry;
            return entry;
        }
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

    private static List<Closeable> resources(Entry shard) {
        List<Closeable> resources = new ArrayList<>();
        synchronized (shard) {
            for (Entry entry = shard; entry != null; entry = entry.after) {
                Closeable resource = entry.resource;
                if (resource != null) {
                    resources.add(resource);
                }
            }
        }
        return resources;
    }
}
