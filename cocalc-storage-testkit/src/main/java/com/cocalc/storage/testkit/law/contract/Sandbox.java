package com.cocalc.storage.testkit.law.contract;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A directory for one law on the storage under test, removed afterwards. */
final class Sandbox implements AutoCloseable {

    private static final String NAME = ".cocalc-law-";
    private static final int TRIES = 1000;
    private static final Set<String> PASSING = Set.of(Reason.BUSY, Reason.NOT_EMPTY);

    private final Path directory;

    private Sandbox(Path directory) {
        this.directory = directory;
    }

    /** Creates a sandbox with the first free name, so that two runs at the same time do not collide. */
    static Sandbox in(Path parent) throws IOException {
        for (int number = 1; ; number++) {
            Path directory = parent.resolve(NAME + number);
            try {
                return new Sandbox(Files.createDirectory(directory));
            } catch (FileAlreadyExistsException e) {
                // Of another run, or left by one that was killed: never touched. The next name, then.
            }
        }
    }

    Path directory() {
        return directory;
    }

    String name() {
        return String.valueOf(directory.getFileName());
    }

    /**
     * Removes the directory. An NFS client removes the {@code .nfs} names of closed files later, so they may still
     * exist here.
     */
    @Override
    public void close() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                remove(directory);
                return;
            } catch (FileSystemException e) {
                if (tries == TRIES || !PASSING.contains(Reason.of(e))) {
                    throw e;
                }
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                stream.forEach(entries::add);
            }
            for (Path entry : entries) {
                removeIfThere(entry);
            }
        }
        Files.delete(path);
    }

    private static void removeIfThere(Path entry) throws IOException {
        try {
            remove(entry);
        } catch (NoSuchFileException e) {
            // It has gone since its name was read.
        }
    }
}
