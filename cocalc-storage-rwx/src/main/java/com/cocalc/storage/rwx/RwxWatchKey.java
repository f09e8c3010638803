package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A watched directory, and how it looked last. Guarded by its service's lock. */
final class RwxWatchKey implements WatchKey {
    private final RwxWatchService service;
    private final RwxPath directory;
    private final Object fileKey;
    private Set<WatchEvent.Kind<?>> wanted;
    private Map<RwxPath, State> seen;
    private final List<Event> events = new ArrayList<>();
    private boolean isSignalled;
    private boolean isValid = true;

    RwxWatchKey(RwxWatchService service, RwxPath directory, Set<WatchEvent.Kind<?>> wanted) throws IOException {
        this.service = service;
        this.directory = directory;
        this.wanted = wanted;
        RwxFileAttributes attributes = new PathTarget(directory, true).attributes();
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
        this.fileKey = attributes.fileKey();
        this.seen = entries();
    }

    /** What tells that an entry was changed, and not only looked at. */
    private record State(long ino, int changes) {}

    Object fileKey() {
        return fileKey;
    }

    void watchFor(Set<WatchEvent.Kind<?>> kinds) {
        wanted = kinds;
    }

    private Map<RwxPath, State> entries() throws IOException {
        Map<RwxPath, State> entries = new LinkedHashMap<>();
        try (RwxDirectoryStream stream = RwxDirectoryStream.open(directory, any -> true)) {
            if (!new EntryTarget(stream, null, true).attributes().fileKey().equals(fileKey)) {
                throw new NotDirectoryException(directory.toString());
            }
            stream.iterator().forEachRemaining(entry -> {
                RwxPath name = RwxPath.from(entry.getFileName());
                try {
                    Stat stat = new EntryTarget(stream, name, false).stat();
                    entries.put(name, new State(stat.ino(), stat.changes()));
                } catch (IOException e) {
                    // Removed since it was listed, or not ours to look at: then it never changes either.
                }
            });
        }
        return entries;
    }

    /** Compares the directory with how it looked last. A directory that is gone ends the watch, with a last signal. */
    void look() {
        Map<RwxPath, State> now;
        try {
            now = entries();
        } catch (IOException e) {
            cancel();
            signalOnce();
            return;
        }
        for (Map.Entry<RwxPath, State> entry : now.entrySet()) {
            State before = seen.get(entry.getKey());
            if (before == null || before.ino() != entry.getValue().ino()) {
                report(StandardWatchEventKinds.ENTRY_CREATE, entry.getKey());
            } else if (!before.equals(entry.getValue())) {
                report(StandardWatchEventKinds.ENTRY_MODIFY, entry.getKey());
            }
        }
        for (RwxPath name : seen.keySet()) {
            if (!now.containsKey(name)) {
                report(StandardWatchEventKinds.ENTRY_DELETE, name);
            }
        }
        seen = now;
    }

    private void report(WatchEvent.Kind<Path> kind, RwxPath name) {
        if (!wanted.contains(kind)) {
            return;
        }
        Event last = events.isEmpty() ? null : events.get(events.size() - 1);
        if (last != null && last.kind().equals(kind) && name.equals(last.context())) {
            events.set(events.size() - 1, new Event(kind, name, last.count() + 1));
        } else {
            events.add(new Event(kind, name, 1));
        }
        signalOnce();
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
        synchronized (service) {
            isValid = false;
            service.forget(this);
        }
    }

    @Override
    public Watchable watchable() {
        return directory;
    }

    private record Event(
            WatchEvent.Kind<Path> kind, @Nullable RwxPath context, int count) implements WatchEvent<Path> {}
}
