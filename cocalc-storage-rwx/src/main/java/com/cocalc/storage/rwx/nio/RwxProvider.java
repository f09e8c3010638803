package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.Syscalls;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The operations of {@code Files}, built from system calls as in the JDK on Linux. */
public final class RwxProvider extends FileSystemProvider {
    public static final RwxProvider INSTANCE = new RwxProvider();

    private RwxProvider() {}

    @Override
    public String getScheme() {
        return PathUri.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException(
                "a file system must be mounted from a volume, but was asked for by URI; call RwxVolume.mount");
    }

    @Override
    public RwxFileSystem getFileSystem(URI uri) {
        return MountedFileSystems.require(PathUri.requireRwx(uri));
    }

    @Override
    public RwxPath getPath(URI uri) {
        return new RwxPath(getFileSystem(uri), PathUri.pathBytes(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        return newFileChannel(path, options, attrs);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        RwxPath file = RwxPath.from(path);
        int mode = TemporaryFiles.initialMode(ModeBits.NEW_FILE, file, attrs);
        return RwxFileChannel.open(null, file, ChannelOptions.parse(options), mode);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return Channels.newInputStream(streamed(path, ChannelOptions.ofInput(options)));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        return Channels.newOutputStream(streamed(path, ChannelOptions.ofOutput(options)));
    }

    /** Returns the channel of a stream, which ignores interrupts, as in the JDK. */
    private static RwxFileChannel streamed(Path path, ChannelOptions options) throws IOException {
        RwxFileChannel channel = RwxFileChannel.open(null, RwxPath.from(path), options, ModeBits.NEW_FILE);
        channel.ignoreInterrupts();
        return channel;
    }

    @Override
    public AsynchronousFileChannel newAsynchronousFileChannel(
            Path path, Set<? extends OpenOption> options, @Nullable ExecutorService executor, FileAttribute<?>... attrs)
            throws IOException {
        RwxPath file = RwxPath.from(path);
        int mode = ModeBits.initial(ModeBits.NEW_FILE, attrs);
        ChannelOptions parsed = ChannelOptions.ofAsynchronous(options);
        return new RwxAsynchronousFileChannel(RwxFileChannel.open(null, file, parsed, mode), executor);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return RwxDirectoryStream.open(RwxPath.from(dir), filter);
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
        RwxPath path = RwxPath.from(dir);
        int mode = TemporaryFiles.initialMode(ModeBits.NEW_DIRECTORY, path, attrs);
        try {
            path.getFileSystem().syscalls().mkdir(null, path.callBytes(), mode);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attrs) throws IOException {
        RwxPath path = RwxPath.from(link);
        RwxPath text = RwxPath.from(target);
        if (attrs.length > 0) {
            ModeBits.initial(0, attrs);
            throw new UnsupportedOperationException("Initial file attributesnot supported when creating symbolic link");
        }
        try {
            path.getFileSystem().syscalls().symlink(text.bytes(), null, path.callBytes());
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        RwxPath path = RwxPath.from(link);
        RwxPath original = RwxPath.from(existing);
        try {
            Syscalls syscalls = original.getFileSystem().syscalls();
            syscalls.link(null, original.callBytes(), path.getFileSystem().syscalls(), null, path.callBytes());
        } catch (ErrnoException e) {
            throw Failures.of(e, path, original);
        }
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        RwxPath path = RwxPath.from(link);
        try {
            byte[] target = path.getFileSystem().syscalls().readlink(null, path.callBytes());
            return new RwxPath(path.getFileSystem(), PathBytes.clean(target));
        } catch (ErrnoException e) {
            throw e.errno() == Errno.EINVAL ? new NotLinkException(path.toString()) : Failures.of(e, path);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        RwxPath file = RwxPath.from(path);
        Syscalls syscalls = file.getFileSystem().syscalls();
        try {
            delete(file, syscalls.isDirectory(file.callBytes()));
        } catch (ErrnoException e) {
            throw Failures.of(e, file);
        }
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
        RwxPath file = RwxPath.from(path);
        Syscalls syscalls = file.getFileSystem().syscalls();
        try {
            Stat stat = syscalls.findStat(file.callBytes());
            if (stat == null) {
                return false;
            }
            delete(file, stat.isDirectory());
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw Failures.of(e, file);
        }
    }

    private static void delete(RwxPath file, boolean isDirectory) throws ErrnoException, IOException {
        try {
            FileCopy.remove(file.getFileSystem().syscalls(), file, isDirectory);
        } catch (ErrnoException e) {
            if (isDirectory && (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.EEXIST)) {
                throw new DirectoryNotEmptyException(file.toString());
            }
            throw e;
        }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Transfer.copy(RwxPath.from(source), RwxPath.from(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Transfer.move(RwxPath.from(source), RwxPath.from(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path path2) throws IOException {
        RwxPath one = RwxPath.from(path);
        if (one.equals(path2)) {
            return true;
        }
        if (!(Objects.requireNonNull(path2) instanceof RwxPath other)) {
            return false;
        }
        Stat a = new PathTarget(one, true).stat();
        Stat b = new PathTarget(other, true).stat();
        return a.ino() == b.ino() && a.dev() == b.dev();
    }

    @Override
    public boolean isHidden(Path path) {
        RwxPath name = RwxPath.from(path).getFileName();
        return name != null && !name.isEmpty() && name.bytes()[0] == '.';
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        RwxPath file = RwxPath.from(path);
        new PathTarget(file, true).stat();
        return new RwxFileStore(file);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        RwxPath file = RwxPath.from(path);
        int want = 0;
        for (AccessMode mode : modes) {
            want |= switch (mode) {
                case READ -> Syscalls.WANT_READ;
                case WRITE -> Syscalls.WANT_WRITE;
                case EXECUTE -> Syscalls.WANT_EXECUTE;
            };
        }
        try {
            file.getFileSystem().syscalls().access(null, file.callBytes(), want);
        } catch (ErrnoException e) {
            throw Failures.of(e, file);
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        FileAttributeView view = AttributeViews.of(type, AttributeViews.target(path, options));
        return view == null ? null : type.cast(view);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        PathTarget target = AttributeViews.target(path, options);
        if (Objects.requireNonNull(type) == BasicFileAttributes.class) {
            return type.cast(target.basicAttributes());
        }
        if (type == PosixFileAttributes.class) {
            return type.cast(target.attributes());
        }
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        NamedAttributes view = AttributeViews.named(attributes, path, options);
        return view.readNamed(AttributeViews.attributePart(attributes).split(","));
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options)
            throws IOException {
        AttributeViews.named(attribute, path, options).setNamed(AttributeViews.attributePart(attribute), value);
    }
}
