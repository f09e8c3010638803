package com.cocalc.storage.rwx.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.Watch;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A watched directory and its pending events. Guarded by its service's lock, which is taken after the volume's. */
final class RwxWatchKey implements WatchKey, Watch {
    /** The largest number of pending events; with more of them, all are dropped, as in the JDK. */
    private static final int MOST_EVENTS = 512;

    private final RwxWatchService service;
    private final RwxPath directory;
    private final OpenFile file;
    private Set<WatchEvent.Kind<?>> wanted;
    private List<Event> events = new ArrayList<>();
    private boolean isSignalled;
    private boolean isValid = true;

    /**
     * Creates a key.
     *
     * @param file the directory, which is closed already
     */
    RwxWatchKey(RwxWatchService service, RwxPath directory, OpenFile file, Set<WatchEvent.Kind<?>> wanted) {
        this.service = service;
        this.directory = directory;
        this.file = file;
        this.wanted = wanted;
    }

    /** An event and its count: repetitions one after the other or, for changes, since another event of the entry. */
    private static final class Event implements WatchEvent<Object> {
        private final Kind<?> kind;
        private final @Nullable RwxPath context;
        private int count = 1;

        private Event(Kind<?> kind, @Nullable RwxPath context) {
            this.kind = kind;
            this.context = context;
        }

        @Override
        @SuppressWarnings("unchecked") // a kind says what its context is, and overflow has none
        public Kind<Object> kind() {
            return (Kind<Object>) kind;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public @Nullable Object context() {
            return context;
        }
    }

    void watchFor(Set<WatchEvent.Kind<?>> kinds) {
        synchronized (service) {
            wanted = kinds;
        }
    }

    @Override
    public void happened(Watch.Kind what, byte[] name) {
        WatchEvent.Kind<?> kind = switch (what) {
            case CREATED -> ENTRY_CREATE;
            case MODIFIED -> ENTRY_MODIFY;
            case DELETED -> ENTRY_DELETE;
        };
        synchronized (service) {
            if (isValid && wanted.contains(kind)) {
                add(kind, new RwxPath(directory.getFileSystem(), name));
                signalOnce();
            }
        }
    }

    private void add(WatchEvent.Kind<?> kind, RwxPath name) {
        Event repeated = repeated(kind, name);
        if (repeated != null) {
            repeated.count++;
        } else if (events.size() == MOST_EVENTS) {
            events = new ArrayList<>(List.of(new Event(OVERFLOW, null)));
        } else {
            events.add(new Event(kind, name));
        }
    }

    private @Nullable Event repeated(WatchEvent.Kind<?> kind, RwxPath name) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            boolean isSame = event.kind == kind && Objects.equals(event.context, name);
            if (isSame || event.kind == OVERFLOW) {
                return event;
            }
            if (kind != ENTRY_MODIFY || name.equals(event.context)) {
                return null;
            }
        }
        return null;
    }

    @Override
    public void ended() {
        synchronized (service) {
            if (isValid) {
                isValid = false;
                service.forget(this);
                signalOnce();
            }
        }
    }

    private void signalOnce() {
        if (!isSignalled) {
            isSignalled = true;
            service.signal(this);
        }
    }

    @Override
    public boolean isValid() {
        synchronized (service) {
            return isValid;
        }
    }

    @Override
    public List<WatchEvent<?>> pollEvents() {
        synchronized (service) {
            List<WatchEvent<?>> taken = new ArrayList<>(events);
            events.clear();
            return taken;
        }
    }

    @Override
    public boolean reset() {
        synchronized (service) {
            if (isValid && isSignalled) {
                isSignalled = false;
                if (!events.isEmpty()) {
                    signalOnce();
                }
            }
            return isValid;
        }
    }

    @Override
    public void cancel() {
        file.unwatch(this);
        synchronized (service) {
            isValid = false;
            service.forget(this);
        }
    }

    @Override
    public Watchable watchable() {
        return directory;
    }
}
