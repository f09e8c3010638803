package com.cocalc.storage.files.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An open directory, and which directories were on the way to it.
 *
 * @param directory the end of the way
 * @param path its path when it was opened
 * @param steps the directories from the mount's root on, the last is the directory itself
 */
public record Way(OpenDirectory directory, Path path, List<Step> steps) implements Closeable {

    public record Step(Path path, Object key) {}

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
