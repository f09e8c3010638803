package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The {@code java.nio.file} file system over the system calls of one container. */
public final class RwxFileSystem extends FileSystem {
    private static final AtomicLong COUNT = new AtomicLong();

    private final OpenVolume volume;
    private final Syscalls syscalls;
    private final String description;
    private final long number = COUNT.incrementAndGet();
    private final RwxPath root = new RwxPath(this, new byte[] {'/'});
    private final HeldLocks locks = new HeldLocks();
    private final OpenResources resources = new OpenResources();
    private volatile boolean isOpen = true;

    public RwxFileSystem(OpenVolume volume, Syscalls syscalls, String description) {
        this.volume = volume;
        this.syscalls = syscalls;
        this.description = description;
        MountedFileSystems.add(this);
    }

    /** Returns the system calls, through which every access to a file goes. */
    public Syscalls syscalls() {
        if (!isOpen()) {
            throw new ClosedFileSystemException();
        }
        return syscalls;
    }

    Accounts accounts() {
        return volume.accounts();
    }

    HeldLocks locks() {
        return locks;
    }

    RwxPath root() {
        return root;
    }

    /** Returns the name of this file system in URIs. */
    String authority() {
        return "mount-" + number;
    }

    int compareByAge(RwxFileSystem other) {
        return Long.compare(number, other.number);
    }

    @Override
    public FileSystemProvider provider() {
        return RwxProvider.INSTANCE;
    }

    OpenResources resources() {
        return resources;
    }

    /** Closes a resource that was opened with this file system, or at once if that was closed meanwhile. */
    <R extends Closeable> R opened(R resource, OpenResources.Place place) throws IOException {
        resources.add(place);
        if (!isOpen()) {
            resource.close();
            throw new ClosedFileSystemException();
        }
        return resource;
    }

    boolean isOf(OpenVolume other) {
        return volume == other;
    }

    /** Closes all channels, directories and watch services that were opened here, even if some fail to. */
    @Override
    public void close() throws IOException {
        isOpen = false;
        MountedFileSystems.remove(this);
        try {
            resources.close();
        } finally {
            syscalls.table().detach();
        }
    }

    @Override
    public boolean isOpen() {
        return isOpen && volume.isOpen();
    }

    /** Returns false, as on Linux, because mounts differ and each answers for itself. */
    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root);
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of(new RwxFileStore(root));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return AttributeViews.NAMES;
    }

    @Override
    public RwxPath getPath(String first, String... more) {
        if (more.length == 0) {
            return new RwxPath(this, first);
        }
        StringBuilder text = new StringBuilder(first);
        for (String element : more) {
            if (!element.isEmpty()) {
                text.append(text.length() == 0 ? "" : "/").append(element);
            }
        }
        return new RwxPath(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        return RwxPathMatcher.parse(syntaxAndPattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return accounts();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        syscalls();
        RwxWatchService service = new RwxWatchService(this);
        return opened(service, service.place());
    }

    @Override
    public String toString() {
        return description;
    }
}
