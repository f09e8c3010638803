package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.nio.PathUri;
import com.cocalc.storage.rwx.nio.RwxProvider;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/**
 * The installed provider of {@code rwx} URIs, which makes {@code Path.of(URI)} work while the volume is open. It only
 * finds the path; the provider of that path does everything else. The JDK creates the instance; programs do not use
 * this class.
 */
public final class RwxFileSystemProvider extends FileSystemProvider {
    /** Creates the provider; called by the JDK, which finds this class as an installed provider. */
    public RwxFileSystemProvider() {}

    @Override
    public String getScheme() {
        return PathUri.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        return RwxProvider.INSTANCE.newFileSystem(uri, env);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return RwxProvider.INSTANCE.getFileSystem(uri);
    }

    @Override
    public Path getPath(URI uri) {
        return RwxProvider.INSTANCE.getPath(uri);
    }

    private static UnsupportedOperationException notByThis() {
        return new UnsupportedOperationException(
                "operations must be asked of the path's own provider, but were asked of the installed one; call Files");
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) {
        throw notByThis();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter) {
        throw notByThis();
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) {
        throw notByThis();
    }

    @Override
    public void delete(Path path) {
        throw notByThis();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw notByThis();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw notByThis();
    }

    @Override
    public boolean isSameFile(Path path, Path path2) {
        throw notByThis();
    }

    @Override
    public boolean isHidden(Path path) {
        throw notByThis();
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw notByThis();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) {
        throw notByThis();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw notByThis();
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
        throw notByThis();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw notByThis();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw notByThis();
    }
}
