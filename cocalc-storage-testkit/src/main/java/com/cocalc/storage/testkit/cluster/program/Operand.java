package com.cocalc.storage.testkit.cluster.program;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file on which a program works.
 *
 * @param text the text that the user wrote, a {@link NameText}
 * @param place the path at which to create it
 */
record Operand(String text, Path place) {

    static Operand of(Invocation invocation, String text) {
        return new Operand(text, invocation.path(text));
    }

    /** Returns the path; for a name followed by a slash, the directory to which a link leads. */
    Path path() {
        return text.endsWith("/") && text.length() > 1 ? place.resolve(".") : place;
    }

    private Operand child(String name, Path file) {
        return new Operand(text.endsWith("/") ? text + name : text + "/" + name, file);
    }

    List<Operand> children() throws IOException {
        List<Operand> children = new ArrayList<>();
        Path path = path();
        for (Path entry : Listing.of(path)) {
            Path name = requireNonNull(entry.getFileName());
            children.add(child(NameText.of(name), path.resolve(name)));
        }
        return children;
    }

    UnixFile lstat() throws IOException {
        requireName();
        return UnixFile.lstat(path());
    }

    UnixFile stat() throws IOException {
        requireName();
        return UnixFile.stat(path());
    }

    /** Refuses the empty path, which is the working directory for Java but not for system calls. */
    void requireName() throws IOException {
        if (text.isEmpty()) {
            throw new NoSuchFileException(text);
        }
    }

    /** Returns the text as messages quote it. */
    String quoted() {
        return Quoting.shell(text);
    }
}
