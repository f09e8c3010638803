package com.cocalc.storage.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Temporary directories on a tmpfs where there is room, as making files by the thousand is slow on some disks. */
public final class InMemory implements TempDirFactory {

    private static final Path TMPFS = Path.of("/dev/shm");
    private static final long ROOM = 1L << 30;

    /** For JUnit. */
    public InMemory() {}

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        boolean room = Files.isWritable(TMPFS) && Files.getFileStore(TMPFS).getUsableSpace() >= ROOM;
        return room ? Files.createTempDirectory(TMPFS, "files") : Files.createTempDirectory("files");
    }
}
