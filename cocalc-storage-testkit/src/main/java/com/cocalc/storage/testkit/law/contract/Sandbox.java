package com.cocalc.storage.testkit.law.contract;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A directory of a law's own in somebody's storage, which is gone afterwards. */
final class Sandbox implements AutoCloseable {

    private static final String NAME = ".cocalc-law-";

    private final Path directory;

    private Sandbox(Path directory) {
        this.directory = directory;
    }

    /** Takes the first name that is free: whoever else tries laws here at the same time gets another one. */
    static Sandbox in(Path parent) throws IOException {
        for (int number = 1; ; number++) {
            Path directory = parent.resolve(NAME + number);
            try {
                return new Sandbox(Files.createDirectory(directory));
            } catch (FileAlreadyExistsException e) {
                // Somebody else's, or left by a run that was killed: never touched. The next name, then.
            }
        }
    }

    Path directory() {
        return directory;
    }

    String name() {
        return String.valueOf(directory.getFileName());
    }

    @Override
    public void close() throws IOException {
        remove(directory);
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                stream.forEach(entries::add);
            }
            for (Path entry : entries) {
                remove(entry);
            }
        }
        Files.delete(path);
    }
}
