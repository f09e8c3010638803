package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.nio.path.PathAlgebra;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an open directory as of the first call. The iterator ends when the directory is closed. Like other
 * iterators, it is for one thread at a time.
 */
final class DirectoryEntries implements Iterator<Path> {
    private final RwxDirectoryStream stream;
    private final RwxPath directory;
    private final DirectoryStream.Filter<? super Path> filter;
    /** The prefix of the paths of all entries. */
    private final byte[] start;

    private @Nullable List<byte[]> names;
    private int next;
    private @Nullable Path found;

    DirectoryEntries(RwxDirectoryStream stream, RwxPath directory, DirectoryStream.Filter<? super Path> filter) {
        this.stream = stream;
        this.directory = directory;
        this.filter = filter;
        this.start = PathAlgebra.resolve(directory.bytes(), PathBytes.EMPTY);
    }

    @Override
    public boolean hasNext() {
        if (found == null) {
            found = read();
        }
        return found != null;
    }

    @Override
    public Path next() {
        Path entry = found == null ? read() : found;
        found = null;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        return entry;
    }

    @Override
    public void remove() {
        throw new UnsupportedOperationException(); // without the text of the default
    }

    private @Nullable Path read() {
        try {
            List<byte[]> all = names;
            if (all == null) {
                if (!stream.isOpen()) {
                    return null;
                }
                all = stream.whileOpen(directory, OpenFile::readdir);
                names = all;
            }
            while (stream.isOpen() && next < all.size()) {
                Path entry = entry(all.get(next++));
                if (filter.accept(entry)) {
                    return entry;
                }
            }
            return null;
        } catch (IOException e) {
            throw new DirectoryIteratorException(e);
        }
    }

    private Path entry(byte[] name) {
        byte[] path = Arrays.copyOf(start, start.length + name.length);
        System.arraycopy(name, 0, path, start.length, name.length);
        return new RwxPath(directory.getFileSystem(), path);
    }
}
