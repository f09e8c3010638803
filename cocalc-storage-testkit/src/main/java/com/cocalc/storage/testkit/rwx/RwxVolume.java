package com.cocalc.storage.testkit.rwx;

import java.nio.file.FileSystem;
import java.time.Clock;
import java.util.Objects;

/** A shared file system in memory that any number of mounts show at once. */
public final class RwxVolume implements AutoCloseable {
    private volatile boolean isOpen = true;

    private RwxVolume(Builder builder) {}

    /**
     * An empty volume that answers as Linux on one host: its root is 0755 of root, its clock starts at
     * 2020-01-01T00:00:00Z and advances 1 µs per operation, and it never fills up.
     *
     * @return the volume
     */
    public static RwxVolume create() {
        return builder().build();
    }

    /**
     * Starts a volume with other settings.
     *
     * @return a builder with the settings of {@link #create()}
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Mounts this volume as a file system of its own.
     *
     * @param mount who mounts, and what
     * @return the file system; closing it leaves the volume as it is
     */
    public FileSystem mount(Mount mount) {
        Objects.requireNonNull(mount, "mount");
        return new RwxFileSystem(syscalls(mount), mount.toString());
    }

    Syscalls syscalls(Mount mount) {
        return new Syscalls();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Closes the volume: the file systems of its mounts are closed with it. */
    @Override
    public void close() {
        isOpen = false;
    }

    /** The settings of a volume. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Takes times from this clock instead of a virtual one.
         *
         * @param source the clock
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Makes the volume.
         *
         * @return a new, empty volume
         */
        public RwxVolume build() {
            return new RwxVolume(this);
        }
    }
}
