package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the watched directories when somebody asks, and then again every few milliseconds while he waits. */
final class RwxWatchService implements WatchService {
    private static final long ROUND_MILLIS = 5;

    private final Map<Object, RwxWatchKey> keys = new LinkedHashMap<>();
    private final Queue<RwxWatchKey> signalled = new ArrayDeque<>();
    private final RwxFileSystem fileSystem;
    private final int place;
    private boolean isClosed;

    RwxWatchService(RwxFileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.place = fileSystem.resources().add(this);
    }

    synchronized WatchKey register(
            RwxPath directory, WatchEvent.Kind<?>[] events, WatchEvent.@Nullable Modifier[] modifiers)
            throws IOException {
        Set<WatchEvent.Kind<?>> wanted = wanted(events);
        for (WatchEvent.Modifier modifier : modifiers) {
            Objects.requireNonNull(modifier);
        }
        requireOpen();
        RwxWatchKey fresh = new RwxWatchKey(this, directory, wanted);
        RwxWatchKey present = keys.get(fresh.fileKey());
        if (present != null && present.isValid()) {
            present.watchFor(wanted);
            return present;
        }
        keys.put(fresh.fileKey(), fresh);
        return fresh;
    }

    private static Set<WatchEvent.Kind<?>> wanted(WatchEvent.Kind<?>[] events) {
        Set<WatchEvent.Kind<?>> wanted = new HashSet<>();
        for (WatchEvent.Kind<?> event : events) {
            if (event == StandardWatchEventKinds.ENTRY_CREATE
                    || event == StandardWatchEventKinds.ENTRY_DELETE
                    || event == StandardWatchEventKinds.ENTRY_MODIFY) {
                wanted.add(event);
            } else if (event != StandardWatchEventKinds.OVERFLOW) {
                throw new UnsupportedOperationException(
                        Objects.requireNonNull(event).name());
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("No events to register");
        }
        return wanted;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new ClosedWatchServiceException();
        }
    }

    synchronized void signal(RwxWatchKey key) {
        signalled.add(key);
        notifyAll();
    }

    synchronized void forget(RwxWatchKey key) {
        keys.values().remove(key);
    }

    @Override
    public synchronized @Nullable WatchKey poll() {
        requireOpen();
        for (RwxWatchKey key : keys.values().toArray(new RwxWatchKey[0])) {
            key.look();
        }
        return signalled.poll();
    }

    @Override
    public synchronized @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
        WatchKey key = poll();
        for (long left = unit.toMillis(timeout); key == null && left > 0; left -= ROUND_MILLIS) {
            wait(Math.min(ROUND_MILLIS, left));
            key = poll();
        }
        return key;
    }

    @Override
    public synchronized WatchKey take() throws InterruptedException {
        WatchKey key = poll();
        while (key == null) {
            wait(ROUND_MILLIS);
            key = poll();
        }
        return key;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        fileSystem.resources().remove(this, place);
        for (RwxWatchKey key : keys.values().toArray(new RwxWatchKey[0])) {
            key.cancel();
        }
        notifyAll();
    }
}
