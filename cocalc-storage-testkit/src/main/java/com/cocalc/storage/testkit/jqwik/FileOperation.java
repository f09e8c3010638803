package com.cocalc.storage.testkit.jqwik;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** One step of a {@link FileScript}. Names are relative to the directory of the script. */
public sealed interface FileOperation {

    /**
     * Performs the operation.
     *
     * @param root the directory of the script
     * @return what was read or listed, otherwise {@code ok}
     * @throws IOException if the file system refuses the operation
     */
    String performIn(Path root) throws IOException;

    /**
     * Creates a directory.
     *
     * @param name its name
     */
    record MakeDirectory(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.createDirectory(root.resolve(name));
            return OK;
        }

        @Override
        public String toString() {
            return "mkdir " + quoted(name);
        }
    }

    /**
     * Writes a file, which may exist.
     *
     * @param name its name
     * @param text its whole contents
     */
    record Write(String name, String text) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.writeString(root.resolve(name), text);
            return OK;
        }

        @Override
        public String toString() {
            return "write " + quoted(name) + " " + quoted(text);
        }
    }

    /**
     * Creates an empty file, which must not exist.
     *
     * @param name its name
     */
    record Create(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.createFile(root.resolve(name));
            return OK;
        }

        @Override
        public String toString() {
            return "create " + quoted(name);
        }
    }

    /**
     * Appends to a file, which must exist.
     *
     * @param name its name
     * @param text the text to append
     */
    record Append(String name, String text) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.writeString(root.resolve(name), text, APPEND);
            return OK;
        }

        @Override
        public String toString() {
            return "append " + quoted(name) + " " + quoted(text);
        }
    }

    /**
     * Reads a file.
     *
     * @param name its name
     */
    record Read(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            return quoted(Files.readString(root.resolve(name)));
        }

        @Override
        public String toString() {
            return "read " + quoted(name);
        }
    }

    /**
     * Lists a directory.
     *
     * @param name its name
     */
    record ListNames(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            try (Stream<Path> names = Files.list(root.resolve(name))) {
                return names.map(path -> quoted(path.getFileName().toString()))
                        .sorted()
                        .toList()
                        .toString();
            }
        }

        @Override
        public String toString() {
            return "list " + quoted(name);
        }
    }

    /**
     * Deletes a file, a link or an empty directory.
     *
     * @param name its name
     */
    record Delete(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.delete(root.resolve(name));
            return OK;
        }

        @Override
        public String toString() {
            return "delete " + quoted(name);
        }
    }

    /**
     * Renames a file as {@code rename(2)} does, which replaces a file of the new name.
     *
     * @param name the name
     * @param newName the new name
     */
    record Rename(String name, String newName) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.move(root.resolve(name), root.resolve(newName), ATOMIC_MOVE);
            return OK;
        }

        @Override
        public String toString() {
            return "rename " + quoted(name) + " " + quoted(newName);
        }
    }

    /**
     * Adds a name to a file.
     *
     * @param name the existing name
     * @param newName the additional name
     */
    record HardLink(String name, String newName) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.createLink(root.resolve(newName), root.resolve(name));
            return OK;
        }

        @Override
        public String toString() {
            return "link " + quoted(name) + " " + quoted(newName);
        }
    }

    /**
     * Creates a symbolic link.
     *
     * @param target the target of the link
     * @param name its name
     */
    record SymbolicLink(String target, String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.createSymbolicLink(root.resolve(name), root.getFileSystem().getPath(target));
            return OK;
        }

        @Override
        public String toString() {
            return "symlink " + quoted(target) + " " + quoted(name);
        }
    }

    /**
     * Changes permissions.
     *
     * @param name the name
     * @param permissions for example {@code rwxr-xr-x}
     */
    record ChangeMode(String name, String permissions) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString(permissions));
            return OK;
        }

        @Override
        public String toString() {
            return "chmod " + permissions + " " + quoted(name);
        }
    }

    /**
     * Reads the attributes of a name, without following links.
     *
     * @param name the name
     */
    record Look(String name) implements FileOperation {
        @Override
        public String performIn(Path root) throws IOException {
            Path path = root.resolve(name);
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    ? "directory"
                    : Files.isSymbolicLink(path) ? "link" : "file of " + Files.size(path);
        }

        @Override
        public String toString() {
            return "look " + quoted(name);
        }
    }

    /** The result of a step that only changes something. */
    String OK = "ok";

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c ->
                        quoted.append(c == '\n' ? "\\n" : c == '"' || c == '\\' ? "\\" + (char) c : (char) c + ""));
        return quoted.append('"').toString();
    }
}
