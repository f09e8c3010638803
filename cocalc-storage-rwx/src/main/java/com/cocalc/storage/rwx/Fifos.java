package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.nio.Failures;
import com.cocalc.storage.rwx.nio.ModeBits;
import com.cocalc.storage.rwx.nio.RwxPath;
import java.io.IOException;
import java.nio.file.Path;

/** FIFOs (named pipes), which {@code java.nio.file} cannot create. */
public final class Fifos {
    private Fifos() {}

    /**
     * Creates a FIFO, as mkfifo(3) does with mode 0666 before the umask. Opening it for reading waits until another
     * caller opens it for writing, and the reverse; opening it for both does not wait.
     *
     * @param fifo a path of a volume's mount or of a container, whose user creates the FIFO
     * @return the path
     * @throws IllegalArgumentException if the path is not one of a volume
     * @throws IOException if it could not be created, as {@code Files.createDirectory} throws it
     */
    public static Path create(Path fifo) throws IOException {
        if (!(fifo instanceof RwxPath path)) {
            throw InvalidValueException.of(
                    "fifo",
                    "be a path of a mounted volume",
                    String.valueOf(fifo),
                    "take it from the file system that RwxVolume.mount or ContainerFiles returns");
        }
        try {
            path.getFileSystem().syscalls().mkfifo(null, path.callBytes(), ModeBits.NEW_FILE);
            return path;
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }
}
