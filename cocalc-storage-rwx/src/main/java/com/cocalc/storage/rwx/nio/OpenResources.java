package com.cocalc.storage.rwx.nio;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The resources that a file system closes when it is closed itself: a linked list with removal in constant time. */
final class OpenResources {
    private @Nullable Place newest;

    /** The place of a resource in the list. A resource has it before it is added, as it may be closed at once. */
    static final class Place {
        private final Closeable resource;
        private @Nullable Place older;
        private @Nullable Place newer;
        private boolean isLeft;

        Place(Closeable resource) {
            this.resource = resource;
        }
    }

    /** Adds a resource that was opened. */
    synchronized void add(Place place) {
        place.older = newest;
        if (newest != null) {
            newest.newer = place;
        }
        newest = place;
    }

    /** Removes a resource that is closed, perhaps not for the first time. */
    synchronized void remove(Place place) {
        if (place.isLeft) {
            return;
        }
        place.isLeft = true;
        if (place.older != null) {
            place.older.newer = place.newer;
        }
        if (place.newer != null) {
            place.newer.older = place.older;
        } else {
            newest = place.older;
        }
    }

    private synchronized List<Closeable> all() {
        List<Closeable> all = new ArrayList<>();
        for (Place place = newest; place != null; place = place.older) {
            all.add(0, place.resource);
        }
        return all;
    }

    /** Closes all resources, even if some fail. */
    void close() throws IOException {
        IOException failure = null;
        for (Closeable resource : all()) {
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
        if (failure != null) {
            throw failure;
        }
    }
}
