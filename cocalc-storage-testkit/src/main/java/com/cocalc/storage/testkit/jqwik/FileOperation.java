package com.cocalc.storage.testkit.jqwik;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** One step of a {@link FileScript}. Names are relative, below the directory where the script runs. */
public sealed interface FileOperation {

    /**
     * Does it.
     *
     * @param root the directory where the script runs
     * @return what came of it beside changes: what was read or listed, otherwise {@code ok}
     * @throws IOException if the file system refuses
     */
    String performIn(Path root) throws IOException;

    /**
     * Makes a directory.
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
     * Writes a file, whether it is there or not.
     *
     * @param name its name
     * @param text all of its contents
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
     * Makes an empty file that must not be there.
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
     * Adds to a file that must be there.
     *
     * @param name its name
     * @param text what is added
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
     * Renames as {@code rename(2)} does: what has the new name is replaced.
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
     * Gives a file a further name.
     *
     * @param name the name
     * @param newName the further name
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
     * Makes a symbolic link.
     *
     * @param target where it leads
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
     * Asks what has a name, links not followed.
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

    /** What comes of a step that only changes. */
    String OK = "ok";

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c ->
                        quoted.append(c == '\n' ? "\\n" : c == '"' || c == '\\' ? "\\" + (char) c : (char) c + ""));
        return quoted.append('"').toString();
    }
}
