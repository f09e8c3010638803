package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemNotFoundException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The file systems that URIs can name, which are open and still reachable. */
final class MountedFileSystems {
    private static final ConcurrentMap<String, Held> BY_AUTHORITY = new ConcurrentHashMap<>();
    private static final ReferenceQueue<RwxFileSystem> GONE = new ReferenceQueue<>();

    private MountedFileSystems() {}

    /** A reference that keeps the name of its file system after that was collected. */
    private static final class Held extends WeakReference<RwxFileSystem> {
        private final String authority;

        private Held(RwxFileSystem fileSystem) {
            super(fileSystem, GONE);
            authority = fileSystem.authority();
        }
    }

    static void add(RwxFileSystem fileSystem) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            BY_AUTHORITY.remove(((Held) gone).authority);
        }
        BY_AUTHORITY.put(fileSystem.authority(), new Held(fileSystem));
    }

    static void remove(RwxFileSystem fileSystem) {
        BY_AUTHORITY.remove(fileSystem.authority());
    }

    /** Closes all file systems of a volume. */
    static void closeAll(OpenVolume volume) throws IOException {
        for (Held reference : BY_AUTHORITY.values()) {
            RwxFileSystem fileSystem = reference.get();
            if (fileSystem != null && fileSystem.isOf(volume)) {
                fileSystem.close();
            }
        }
    }

    static RwxFileSystem require(String authority) {
        Held reference = BY_AUTHORITY.get(authority);
        RwxFileSystem fileSystem = reference == null ? null : reference.get();
        if (fileSystem == null || !fileSystem.isOpen()) {
            throw new FileSystemNotFoundException(PathUri.SCHEME + "://" + authority
                    + " is not mounted; take URIs from Path.toUri() while the volume is open");
        }
        return fileSystem;
    }
}
