package com.cocalc.storage.testkit.rwx;

import com.cocalc.storage.PosixIdentity;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files of one container: its image with volumes mounted into it, as one file system. */
public final class ContainerFiles {
    private ContainerFiles() {}

    /**
     * Starts with the container's image.
     *
     * @param image the volume that holds what the image brings
     * @param identity the user of the container's processes
     * @return a builder without mounts
     */
    public static Builder builder(RwxVolume image, PosixIdentity identity) {
        return new Builder(image, Mount.as(identity));
    }

    /** The mounts of a container. */
    public static final class Builder {
        private final RwxVolume image;
        private final Mount imageMount;
        private final List<Entry> entries = new ArrayList<>();

        private Builder(RwxVolume image, Mount imageMount) {
            this.image = Objects.requireNonNull(image, "image");
            this.imageMount = imageMount;
        }

        /**
         * Mounts a volume. A directory that is missing at the mount path is made as the container runtime does: of root,
         * 0755.
         *
         * @param path where: absolute, without {@code .} and {@code ..}
         * @param volume what
         * @param mount as whom, and which part
         * @return this builder
         */
        public Builder mount(String path, RwxVolume volume, Mount mount) {
            entries.add(new Entry(path, volume, mount));
            return this;
        }

        /**
         * Starts the container.
         *
         * @return its file system
         */
        public FileSystem build() {
            return new RwxFileSystem(syscalls(), "container of " + imageMount);
        }

        Syscalls syscalls() {
            return image.syscalls(imageMount);
        }
    }

    private record Entry(String path, RwxVolume volume, Mount mount) {
        private Entry {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(volume, "volume");
            Objects.requireNonNull(mount, "mount");
        }
    }
}
