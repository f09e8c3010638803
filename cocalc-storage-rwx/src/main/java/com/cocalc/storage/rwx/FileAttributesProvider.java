package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of {@code Files} that ask about files, and set their attributes. */
abstract sealed class FileAttributesProvider extends FileSystemProvider permits RwxProvider {
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
        FileAttributeView view = AttributeViews.of(type, target(path, options));
        return view == null ? null : type.cast(view);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        PathTarget target = target(path, options);
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
        NamedAttributes view = AttributeViews.named(attributes, target(path, options));
        return view.readNamed(AttributeViews.attributePart(attributes).split(","));
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options)
            throws IOException {
        AttributeViews.named(attribute, target(path, options)).setNamed(AttributeViews.attributePart(attribute), value);
    }

    private static PathTarget target(Path path, LinkOption... options) {
        return new PathTarget(RwxPath.from(path), LinkFollowing.from(options));
    }
}
