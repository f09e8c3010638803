package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.nio.path.PathAlgebra;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A UNIX path: bytes, none of them NUL, without doubled or trailing slashes. Relative paths start at {@code /}. */
public final class RwxPath implements Path {
    private static final byte[] HERE = {'.'};

    private final RwxFileSystem fileSystem;
    private final byte[] bytes;
    // Made when first asked for: racing threads make equal ones.
    private @Nullable String text;
    private int @Nullable [] starts;
    private int hash;

    /** Creates a path that keeps the array, which must be clean and must not change. */
    RwxPath(RwxFileSystem fileSystem, byte[] cleanBytes) {
        this.fileSystem = fileSystem;
        this.bytes = cleanBytes;
    }

    RwxPath(RwxFileSystem fileSystem, String text) {
        this(fileSystem, PathBytes.encode(text));
    }

    static RwxPath from(Path path) {
        if (Objects.requireNonNull(path) instanceof RwxPath rwxPath) {
            return rwxPath;
        }
        throw new ProviderMismatchException();
    }

    private RwxPath ofSameFileSystem(Path path) {
        RwxPath other = from(path);
        if (other.fileSystem != fileSystem) {
            throw new ProviderMismatchException();
        }
        return other;
    }

    private RwxPath sibling(byte[] cleanBytes) {
        return new RwxPath(fileSystem, cleanBytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the bytes for a system call, in which the empty path means the directory of relative paths. */
    public byte[] callBytes() {
        return bytes.length == 0 ? HERE : bytes;
    }

    /** Returns whether the last element is {@code .}. */
    boolean endsInDot() {
        byte[] call = callBytes();
        int last = call.length - 1;
        return call[last] == '.' && (last == 0 || call[last - 1] == '/');
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    private int[] starts() {
        int[] known = starts;
        if (known == null) {
            known = PathAlgebra.starts(bytes);
            starts = known;
        }
        return known;
    }

    @Override
    public RwxFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == '/';
    }

    @Override
    public @Nullable Path getRoot() {
        return isAbsolute() ? fileSystem.root() : null;
    }

    @Override
    public @Nullable RwxPath getFileName() {
        int[] all = starts();
        if (all.length == 0) {
            return null;
        }
        int last = all[all.length - 1];
        return last == 0 ? this : sibling(Arrays.copyOfRange(bytes, last, bytes.length));
    }

    @Override
    public @Nullable RwxPath getParent() {
        int[] all = starts();
        if (all.length == 0) {
            return null;
        }
        int slash = all[all.length - 1] - 1;
        if (slash > 0) {
            return sibling(Arrays.copyOf(bytes, slash));
        }
        return slash == 0 ? fileSystem.root() : null;
    }

    @Override
    public int getNameCount() {
        return starts().length;
    }

    @Override
    public RwxPath getName(int index) {
        if (index < 0 || index >= starts().length) {
            throw new IllegalArgumentException();
        }
        return subpath(index, index + 1);
    }

    @Override
    public RwxPath subpath(int beginIndex, int endIndex) {
        int[] all = starts();
        if (beginIndex < 0 || beginIndex >= all.length || endIndex > all.length || beginIndex >= endIndex) {
            throw new IllegalArgumentException();
        }
        int end = endIndex == all.length ? bytes.length : all[endIndex] - 1;
        return sibling(Arrays.copyOfRange(bytes, all[beginIndex], end));
    }

    @Override
    public boolean startsWith(Path other) {
        return isOfSameFileSystem(other) && PathAlgebra.startsWith(bytes, ((RwxPath) other).bytes);
    }

    @Override
    public boolean endsWith(Path other) {
        return isOfSameFileSystem(other) && PathAlgebra.endsWith(bytes, ((RwxPath) other).bytes);
    }

    private boolean isOfSameFileSystem(Path other) {
        return Objects.requireNonNull(other) instanceof RwxPath path && path.fileSystem == fileSystem;
    }

    @Override
    public RwxPath normalize() {
        byte[] normal = PathAlgebra.normalize(bytes, starts());
        return normal == bytes ? this : sibling(normal);
    }

    @Override
    public RwxPath resolve(Path other) {
        RwxPath path = ofSameFileSystem(other);
        if (path.isAbsolute()) {
            return path;
        }
        return path.isEmpty() ? this : sibling(PathAlgebra.resolve(bytes, path.bytes));
    }

    @Override
    public RwxPath resolve(String other) {
        return resolve(new RwxPath(fileSystem, other));
    }

    @Override
    public RwxPath relativize(Path other) {
        RwxPath path = ofSameFileSystem(other);
        if (path.equals(this)) {
            return sibling(PathBytes.EMPTY);
        }
        if (isAbsolute() != path.isAbsolute()) {
            throw new IllegalArgumentException("'other' is different type of Path");
        }
        if (isEmpty()) {
            return path;
        }
        byte[] way = PathAlgebra.relativize(bytes, path.bytes);
        if (way == null) {
            throw new IllegalArgumentException("Unable to compute relative  path from " + this + " to " + other);
        }
        return sibling(way);
    }

    @Override
    public URI toUri() {
        return PathUri.of(this);
    }

    @Override
    public RwxPath toAbsolutePath() {
        if (isAbsolute()) {
            return this;
        }
        return isEmpty() ? fileSystem.root() : sibling(PathAlgebra.resolve(fileSystem.root().bytes, bytes));
    }

    @Override
    public RwxPath toRealPath(LinkOption... options) throws IOException {
        return ResolvedPath.of(this, LinkFollowing.from(options));
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.@Nullable Modifier... modifiers)
            throws IOException {
        if (!(Objects.requireNonNull(watcher) instanceof RwxWatchService service)) {
            throw new ProviderMismatchException();
        }
        return service.register(this, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        RwxPath path = (RwxPath) other;
        int order = Arrays.compareUnsigned(bytes, path.bytes);
        return order != 0 ? order : fileSystem.compareByAge(path.fileSystem);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RwxPath path && path.fileSystem == fileSystem && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            for (byte b : bytes) {
                known = 31 * known + (b & 0xff);
            }
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = PathBytes.decode(bytes);
            text = known;
        }
        return known;
    }
}
