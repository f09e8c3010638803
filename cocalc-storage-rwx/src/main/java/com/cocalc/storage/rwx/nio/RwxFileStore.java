package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.StatFs;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The volume behind a path, as its mount sees it. */
final class RwxFileStore extends FileStore {
    private static final long BLOCK_BYTES = 4096;

    private final RwxPath path;

    RwxFileStore(RwxPath path) {
        this.path = path;
    }

    private StatFs stat() throws IOException {
        try {
            return path.getFileSystem().syscalls().statfs(null, path.callBytes());
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public String name() {
        return path.getFileSystem().toString();
    }

    @Override
    public String type() {
        return PathUri.SCHEME;
    }

    /** Returns false, as the JDK does for a read-only bind mount; a change shows that the mount is read-only. */
    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long getTotalSpace() throws IOException {
        return stat().totalBytes();
    }

    @Override
    public long getUsableSpace() throws IOException {
        return stat().freeBytes();
    }

    @Override
    public long getUnallocatedSpace() throws IOException {
        return stat().freeBytes();
    }

    @Override
    public long getBlockSize() {
        return BLOCK_BYTES;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return AttributeViews.isSupported(Objects.requireNonNull(type));
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return AttributeViews.NAMES.contains(name);
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        Objects.requireNonNull(type);
        return null;
    }

    @Override
    public Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> throw new UnsupportedOperationException("'" + attribute + "' not recognized");
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RwxFileStore store)) {
            return false;
        }
        try {
            return store.stat().server() == stat().server();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int hashCode() {
        try {
            return System.identityHashCode(stat().server());
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return path + " (" + name() + ")";
    }
}
