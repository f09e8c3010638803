package com.cocalc.storage.testkit.cluster.program;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a program is about.
 *
 * @param text as the user wrote it, a {@link NameText}
 * @param path where it is: of a name with a slash behind it, the directory that a link leads to
 */
record Operand(String text, Path path) {

    static Operand of(FileSystem files, String text) {
        boolean isDirectory = text.endsWith("/") && text.length() > 1;
        return new Operand(text, NameText.path(files, isDirectory ? text + "." : text));
    }

    /** Where to make it, as a directory that is not there has no {@code .} in it. */
    Path place() {
        return NameText.path(path.getFileSystem(), text);
    }

    Operand child(String name) {
        Path file = NameText.path(path.getFileSystem(), name).getFileName();
        return child(name, path.resolve(file == null ? path : file));
    }

    private Operand child(String name, Path file) {
        return new Operand(text.endsWith("/") ? text + name : text + "/" + name, file);
    }

    List<Operand> children() throws IOException {
        List<Operand> children = new ArrayList<>();
        for (Path entry : Listing.of(path)) {
            Path name = requireNonNull(entry.getFileName());
            children.add(child(NameText.of(name), path.resolve(name)));
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

    /** As messages quote it. */
    String quoted() {
        return Quoting.shell(text);
    }
}
