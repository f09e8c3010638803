package com.cocalc.storage.rwx;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a file system closes when it is closed itself. A thread that has a few files open keeps them at places of its
 * own, so that threads that open different files do not get in each other's way.
 */
final class OpenResources {
    private static final int PLACES = 4;
    private static final int NOWHERE = -1;

    private final AtomicReferenceArray<Closeable> places = new AtomicReferenceArray<>(Lane.references());
    private final Set<Closeable> others = ConcurrentHashMap.newKeySet();

    /** Keeps what was opened, and says where. */
    int add(Closeable resource) {
        int first = Lane.startInReferences(Lane.ofThisThread());
        for (int place = first; place < first + PLACES; place++) {
            if (places.get(place) == null && places.compareAndSet(place, null, resource)) {
                return place;
            }
        }
        others.add(resource);
        return NOWHERE;
    }

    /** The resource is closed, whichever thread closed it, and perhaps not for the first time. */
    void remove(Closeable closed, int place) {
        if (place == NOWHERE) {
            others.remove(closed);
        } else {
            places.compareAndSet(place, closed, null);
        }
    }

    /** Closes all of them, even if some fail. */
    void close() throws IOException {
        List<Closeable> all = new ArrayList<>(others);
        for (int place = 0; place < places.length(); place++) {
            Closeable resource = places.get(place);
            if (resource != null) {
                all.add(resource);
            }
        }
        IOException failure = null;
        for (Closeable resource : all) {
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
