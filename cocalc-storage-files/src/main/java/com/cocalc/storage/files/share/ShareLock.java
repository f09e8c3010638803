package com.cocalc.storage.files.share;

import com.cocalc.storage.files.copy.CopyGuard;
import com.cocalc.storage.files.tree.TrustedFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lock of a share that this publisher holds, until it is closed or its lease ends without a renewal. */
public final class ShareLock implements CopyGuard, Closeable {

    private final Path file;
    private final Path successor;
    private final Duration renewal;
    private final Clock clock;
    private final @Nullable Object key;
    private Instant renewed;

    /**
     * Takes over a lock file that the caller has just made.
     *
     * @param successor the file that somebody makes who takes this publisher for dead
     */
    ShareLock(Path file, Path successor, Duration lease, Clock clock) throws IOException {
        this.file = file;
        this.successor = successor;
        this.renewal = lease.dividedBy(3);
        this.clock = clock;
        this.renewed = clock.instant();
        this.key = key();
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Renews the lock if a third of the lease is over. To be called before each step that visitors see: a publisher
     * that slept through its lease must not go on.
     *
     * @throws LeaseLostException if another publisher has taken over
     */
    @Override
    public synchronized void keep() throws IOException {
        Instant now = clock.instant();
        if (!now.isBefore(renewed) && Duration.between(renewed, now).compareTo(renewal) < 0) {
            return;
        }
        // Written, not touched: a time set by this host would be this host's. Opened by name, so that an NFS client
        // asks
        // the server whether the name is still there.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (!Objects.equals(key, key())) {
                throw new LeaseLostException();
            }
            channel.write(ByteBuffer.wrap(new byte[] {'1'}), 0);
            channel.force(true);
            // Whoever makes it looks at this file again afterwards: one of the two sees the other.
            if (TrustedFiles.exists(successor)) {
                throw new LeaseLostException();
            }
        } catch (NoSuchFileException e) {
            throw new LeaseLostException(e);
        }
        renewed = now;
    }

    /** Releases the lock, if it is still this publisher's. */
    @Override
    public synchronized void close() throws IOException {
        try {
            if (Objects.equals(key, key())) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // Another publisher has taken over and removed it; there is nothing to release.
            renewed = Instant.MIN;
        }
    }
}
