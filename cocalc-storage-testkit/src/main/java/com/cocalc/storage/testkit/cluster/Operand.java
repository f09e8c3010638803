package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a program is about.
 *
 * @param text as the user wrote it, and as messages show it
 * @param path where it is: of a name with a slash behind it, the directory that a link leads to
 */
record Operand(String text, Path path) {

    static Operand of(FileSystem files, String text) {
        boolean isDirectory = text.endsWith("/") && text.length() > 1;
        return new Operand(text, files.getPath(isDirectory ? text + "." : text));
    }

    /** Where to make it, as a directory that is not there has no {@code .} in it. */
    Path place() {
        return path.getFileSystem().getPath(text);
    }

    Operand child(String name) {
        return new Operand(text.endsWith("/") ? text + name : text + "/" + name, path.resolve(name));
    }

    List<Operand> children() throws IOException {
        List<Operand> children = new ArrayList<>();
        for (Path entry : Listing.of(path)) {
            children.add(child(String.valueOf(entry.getFileName())));
        }
        return children;
    }

    UnixFile lstat() throws IOException {
        requireName();
        return UnixFile.lstat(path);
    }

    UnixFile stat() throws IOException {
        requireName();
        return UnixFile.stat(path);
    }

    /** For Java the empty path is the working directory, for system calls it is none. */
    void requireName() throws IOException {
        if (text.isEmpty()) {
            throw new NoSuchFileException(text);
        }
    }

    /** The last name, {@code .} for a directory that was named so. */
    String name() {
        String trimmed = text;
        while (trimmed.endsWith("/") && trimmed.length() > 1) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /** As messages quote it. */
    String quoted() {
        return "'" + text + "'";
    }
}
