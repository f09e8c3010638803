package com.cocalc.storage.benchmarks;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/** A file system that is measured: ours as an unprivileged user with permissions enforced, the peers as they come. */
public enum Peer {
    /** The fake RWX file system, as 2001:2001. */
    RWX {
        @Override
        Path freshDirectory() throws IOException {
            RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
            return Files.createDirectory(volume.mount(Mount.as(2001, 2001)).getPath("/data"));
        }
    },
    /** Jimfs with its UNIX configuration. */
    JIMFS {
        @Override
        Path freshDirectory() throws IOException {
            return Files.createDirectory(Jimfs.newFileSystem(Configuration.unix().toBuilder()
                            .setMaxSize(64L << 30)
                            .build())
                    .getPath("/bench"));
        }
    },
    /** The memoryfilesystem project's Linux configuration. */
    MEMORYFILESYSTEM {
        @Override
        Path freshDirectory() throws IOException {
            return Files.createDirectory(MemoryFileSystemBuilder.newLinux()
                    .build("peer" + COUNT.incrementAndGet())
                    .getPath("/bench"));
        }
    },
    /** A directory of the kernel's tmpfs, through the JDK. */
    TMPFS {
        @Override
        Path freshDirectory() throws IOException {
            return Files.createTempDirectory(Path.of("/dev/shm"), "benchmark");
        }

        @Override
        void discard(Path directory) throws IOException {
            try (var paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** An empty directory in a file system of its own. */
    abstract Path freshDirectory() throws IOException;

    /** Gives back what {@link #freshDirectory} made: some file systems are kept in memory until they are closed. */
    void discard(Path directory) throws IOException {
        directory.getFileSystem().close();
    }
}
