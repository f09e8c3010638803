package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.nio.Failures;
import com.cocalc.storage.rwx.nio.ModeBits;
import com.cocalc.storage.rwx.nio.RwxPath;
import java.io.IOException;
import java.nio.file.Path;

/** Makes FIFOs (named pipes), for which {@code java.nio.file} has no call. */
public final class Fifos {
    private Fifos() {}

    /**
     * Makes a FIFO, as mkfifo(3) does with mode 0666 before the umask. Opening it to read waits until another caller
     * opens it to write, and the reverse; opening it for both waits for nobody.
     *
     * @param fifo a path of a volume's mount or of a container; whoever acts there makes it
     * @return the path
     * @throws IllegalArgumentException if the path is not one of a volume
     * @throws IOException if it could not be made, as {@code Files.createDirectory} throws it
     */
    public static Path create(Path fifo) throws IOException {
        if (!(fifo instanceof RwxPath path)) {
            throw new IllegalArgumentException("fifo must be a path of a mounted volume, but was " + fifo
                    + "; take it from the file system that RwxVolume.mount or ContainerFiles returns");
        }
        try {
            path.getFileSystem().syscalls().mkfifo(null, path.callBytes(), ModeBits.NEW_FILE);
            return path;
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }
}
