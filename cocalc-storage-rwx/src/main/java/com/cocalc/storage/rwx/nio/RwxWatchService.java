package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports changes of directories at once, whichever mount makes them. Events occur and merge as those of the JDK's
 * service, which uses inotify(7).
 */
final class RwxWatchService implements WatchService {
    private final Map<Object, RwxWatchKey> keys = new LinkedHashMap<>();
    private final Queue<RwxWatchKey> signalled = new ArrayDeque<>();
    private final RwxFileSystem fileSystem;
    private final OpenResources.Place place;
    private boolean isClosed;

    RwxWatchService(RwxFileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.place = new OpenResources.Place(this);
    }

    OpenResources.Place place() {
        return place;
    }

    WatchKey register(RwxPath directory, WatchEvent.Kind<?>[] events, WatchEvent.@Nullable Modifier[] modifiers)
            throws IOException {
        Set<WatchEvent.Kind<?>> wanted = wanted(events);
        requireOpen();
        for (WatchEvent.Modifier modifier : modifiers) {
            if (!isSensitivity(Objects.requireNonNull(modifier))) {
                throw new UnsupportedOperationException("Modifier not supported");
            }
        }
        if (!new PathTarget(directory, true).stat().isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
        try {
            OpenFile file = fileSystem.syscalls().open(null, directory.callBytes(), OpenFlags.READ, 0);
            try {
                return register(directory, file, wanted);
            } finally {
                file.close();
            }
        } catch (ErrnoException e) {
            throw Failures.of(e, directory);
        }
    }

    /**
     * Returns whether it is one of the JDK's additional modifiers, in an optional module, which mean nothing on Linux.
     */
    private static boolean isSensitivity(WatchEvent.Modifier modifier) {
        return modifier instanceof Enum<?> constant
                && constant.getDeclaringClass().getName().equals("com.sun.nio.file.SensitivityWatchEventModifier");
    }

    private WatchKey register(RwxPath directory, OpenFile file, Set<WatchEvent.Kind<?>> wanted) throws ErrnoException {
        Object fileKey = new RwxFileAttributes(file.stat()).fileKey();
        RwxWatchKey fresh = new RwxWatchKey(this, directory, file, wanted);
        synchronized (this) {
            requireOpen();
            RwxWatchKey present = keys.get(fileKey);
            if (present != null) {
                present.watchFor(wanted);
                return present;
            }
            keys.put(fileKey, fresh);
        }
        // Without this lock: events come with the volume's.
        file.watch(fresh);
        if (!fresh.isValid()) {
            // It was closed meanwhile, or the directory is gone.
            file.unwatch(fresh);
        }
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

    private synchronized void requireOpen() {
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
        return signalled.poll();
    }

    @Override
    public synchronized @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
        WatchKey key = poll();
        long end = System.nanoTime() + unit.toNanos(timeout);
        for (long left = end - System.nanoTime(); key == null && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            key = poll();
        }
        return key;
    }

    @Override
    public synchronized WatchKey take() throws InterruptedException {
        WatchKey key = poll();
        while (key == null) {
            wait();
            key = poll();
        }
        return key;
    }

    @Override
    public void close() {
        List<RwxWatchKey> watching;
        synchronized (this) {
            isClosed = true;
            watching = List.copyOf(keys.values());
            notifyAll();
        }
        fileSystem.resources().remove(place);
        watching.forEach(RwxWatchKey::cancel);
    }
}
