package com.cocalc.storage.testkit.rwx;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of an open directory, as they were when the first was asked for. Ends when the directory is closed. */
final class DirectoryEntries implements Iterator<Path> {
    private final RwxDirectoryStream stream;
    private final RwxPath directory;
    private final DirectoryStream.Filter<? super Path> filter;
    private @Nullable List<byte[]> names;
    private int next;
    private @Nullable Path found;

    DirectoryEntries(RwxDirectoryStream stream, RwxPath directory, DirectoryStream.Filter<? super Path> filter) {
        this.stream = stream;
        this.directory = directory;
        this.filter = filter;
    }

    @Override
    public synchronized boolean hasNext() {
        if (found == null) {
            found = read();
        }
        return found != null;
    }

    @Override
    public synchronized Path next() {
        Path entry = found == null ? read() : found;
        found = null;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        return entry;
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
        byte[] path = directory.isEmpty() ? name : PathAlgebra.resolve(directory.bytes(), name);
        return new RwxPath(directory.getFileSystem(), path);
    }
}
