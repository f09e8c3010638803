package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsynchronousLockTest {
    @Test
    void aLockThatNoExecutorWaitsForIsInNobodysWay() throws IOException {
        rejectAndLock(RwxVolume.create().mount(Mount.asRoot()).getPath("/file"));
    }

    @Test
    void norIsItOnTheDisk(@TempDir Path directory) throws IOException {
        rejectAndLock(directory.resolve("file"));
    }

    private static void rejectAndLock(Path path) throws IOException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        Path file = Files.createFile(path);
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(file, Set.of(StandardOpenOption.WRITE), executor)) {
            assertThatThrownBy(channel::lock).isInstanceOf(RejectedExecutionException.class);
            try (FileLock lock = channel.tryLock()) {
                assertThat(lock.isValid()).isTrue();
            }
        }
    }
}
