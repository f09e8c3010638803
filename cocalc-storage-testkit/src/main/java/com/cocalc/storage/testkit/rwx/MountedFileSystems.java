package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemNotFoundException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The file systems that URIs can name: the open ones that somebody still holds. */
final class MountedFileSystems {
    private static final ConcurrentMap<String, WeakReference<RwxFileSystem>> BY_AUTHORITY = new ConcurrentHashMap<>();

    private MountedFileSystems() {}

    static void add(RwxFileSystem fileSystem) {
        BY_AUTHORITY.values().removeIf(reference -> reference.get() == null);
        BY_AUTHORITY.put(fileSystem.authority(), new WeakReference<>(fileSystem));
    }

    static void remove(RwxFileSystem fileSystem) {
        BY_AUTHORITY.remove(fileSystem.authority());
    }

    /** Closes all file systems of a volume. */
    static void closeAll(RwxVolume volume) throws IOException {
        for (WeakReference<RwxFileSystem> reference : BY_AUTHORITY.values()) {
            RwxFileSystem fileSystem = reference.get();
            if (fileSystem != null && fileSystem.isOf(volume)) {
                fileSystem.close();
            }
        }
    }

    static RwxFileSystem require(String authority) {
        WeakReference<RwxFileSystem> reference = BY_AUTHORITY.get(authority);
        RwxFileSystem fileSystem = reference == null ? null : reference.get();
        if (fileSystem == null || !fileSystem.isOpen()) {
            throw new FileSystemNotFoundException(PathUri.SCHEME + "://" + authority
                    + " is not mounted; take URIs from Path.toUri() while the volume is open");
        }
        return fileSystem;
    }
}
