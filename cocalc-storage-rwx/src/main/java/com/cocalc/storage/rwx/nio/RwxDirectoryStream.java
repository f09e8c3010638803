package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory: its entries, and operations relative to it. An empty path is a missing entry, and not the
 * directory.
 */
final class RwxDirectoryStream implements SecureDirectoryStream<Path> {
    private final RwxPath directory;
    private final OpenFile file;
    private final DirectoryStream.Filter<? super Path> filter;
    private final OpenResources.Place place;
    private volatile boolean isOpen = true;
    private boolean isIterated;

    private RwxDirectoryStream(RwxPath directory, OpenFile file, DirectoryStream.Filter<? super Path> filter) {
        this.directory = directory;
        this.file = file;
        this.filter = filter;
        this.place = new OpenResources.Place(this);
    }

    /** An action on the open directory. */
    interface Call<T extends @Nullable Object> {
        T on(OpenFile base) throws ErrnoException;
    }

    static RwxDirectoryStream open(RwxPath directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
        Objects.requireNonNull(filter);
        OpenFile file = open(directory, null, directory, OpenFlags.READ);
        return usable(new RwxDirectoryStream(directory, file, filter));
    }

    private static OpenFile open(RwxPath asNamed, @Nullable OpenFile base, RwxPath path, int flags) throws IOException {
        try {
            // The JDK opens whatever it is and then finds that it cannot be listed.
            byte[] name = base == null ? path.callBytes() : path.bytes();
            OpenFile file = path.getFileSystem().syscalls().open(base, name, flags, 0);
            boolean isDirectory = false;
            try {
                isDirectory = file.stat().isDirectory();
            } finally {
                if (!isDirectory) {
                    file.close();
                }
            }
            if (!isDirectory) {
                throw new NotDirectoryException(asNamed.toString());
            }
            return file;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new NotDirectoryException(asNamed.toString());
            }
            throw Failures.of(e, asNamed);
        }
    }

    private static RwxDirectoryStream usable(RwxDirectoryStream stream) throws IOException {
        return stream.fileSystem().opened(stream, stream.place);
    }

    RwxFileSystem fileSystem() {
        return directory.getFileSystem();
    }

    /** Returns a path as it is seen from this directory: only an absolute one may lead to another file system. */
    private RwxPath entry(Path path) {
        RwxPath named = RwxPath.from(path);
        return named.isAbsolute() ? named : new RwxPath(fileSystem(), named.bytes());
    }

    /** Runs a call on the open directory. A failure names the path, or the directory itself for null. */
    <T extends @Nullable Object> T whileOpen(@Nullable RwxPath named, Call<T> call) throws IOException {
        return whileOpen(() -> {
            try {
                return call.on(file);
            } catch (ErrnoException e) {
                throw Failures.of(e, named == null ? null : named.toString(), null);
            }
        });
    }

    /** Something to do with the open directory. */
    private interface Use<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** A failure while another thread, or a hook, closes the directory is that it is closed. */
    private <T extends @Nullable Object> T whileOpen(Use<T> use) throws IOException {
        requireOpen();
        try {
            return use.run();
        } catch (IOException e) {
            requireOpen();
            throw e;
        }
    }

    private void requireOpen() {
        if (!isOpen) {
            throw new ClosedDirectoryStreamException();
        }
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (!isOpen) {
            throw new IllegalStateException("Directory stream is closed");
        }
        if (isIterated) {
            throw new IllegalStateException("Iterator already obtained");
        }
        isIterated = true;
        return new DirectoryEntries(this, directory, filter);
    }

    boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        directory.getFileSystem().resources().remove(place);
        try {
            file.close();
        } catch (ErrnoException e) {
            throw Failures.of(e, directory);
        }
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        RwxPath entry = entry(path);
        int flags = LinkFollowing.from(options) ? OpenFlags.READ : OpenFlags.READ | OpenFlags.NOFOLLOW;
        return whileOpen(() -> {
            OpenFile opened = open(entry, file, entry, flags);
            return usable(
                    new RwxDirectoryStream(entry.isAbsolute() ? entry : directory.resolve(entry), opened, any -> true));
        });
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        RwxPath entry = entry(path);
        int mode = ModeBits.initial(ModeBits.NEW_FILE, attrs);
        return whileOpen(() -> RwxFileChannel.open(file, entry, ChannelOptions.parse(options), mode));
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        RwxPath entry = entry(path);
        this.<@Nullable Void>whileOpen(entry, base -> {
            entry.getFileSystem().syscalls().unlink(base, entry.bytes());
            return null;
        });
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        RwxPath entry = entry(path);
        boolean isFull = whileOpen(entry, base -> {
            try {
                entry.getFileSystem().syscalls().rmdir(base, entry.bytes());
                return false;
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.EEXIST) {
                    return true;
                }
                throw e;
            }
        });
        if (isFull) {
            throw new DirectoryNotEmptyException(null);
        }
    }

    @Override
    public void move(Path srcpath, SecureDirectoryStream<Path> targetdir, Path targetpath) throws IOException {
        RwxPath from = entry(srcpath);
        RwxPath named = RwxPath.from(targetpath);
        if (!(Objects.requireNonNull(targetdir) instanceof RwxDirectoryStream target)) {
            throw new ProviderMismatchException();
        }
        RwxPath to = target.entry(named);
        this.<@Nullable Void>whileOpen(() -> target.<@Nullable Void>whileOpen(() -> {
            rename(from, target, to);
            return null;
        }));
    }

    private void rename(RwxPath from, RwxDirectoryStream target, RwxPath to) throws IOException {
        try {
            Syscalls targetCalls = to.getFileSystem().syscalls();
            from.getFileSystem().syscalls().rename(file, from.bytes(), targetCalls, target.file, to.bytes());
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EXDEV) {
                throw new AtomicMoveNotSupportedException(
                        from.toString(), to.toString(), e.errno().text());
            }
            throw Failures.of(e, from, to);
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
        return view(type, new EntryTarget(this, null, true));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return view(type, new EntryTarget(this, entry(path), LinkFollowing.from(options)));
    }

    private static <V extends FileAttributeView> @Nullable V view(Class<V> type, FileTarget target) {
        if (Objects.requireNonNull(type) == BasicFileAttributeView.class) {
            return type.cast(new BasicView(target));
        }
        if (type == PosixFileAttributeView.class || type == FileOwnerAttributeView.class) {
            return type.cast(new PosixView(target));
        }
        return null;
    }
}
