package com.cocalc.storage.rwx;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.kernel.MountPoint;
import com.cocalc.storage.rwx.kernel.MountTable;
import com.cocalc.storage.rwx.kernel.RuntimeMounts;
import com.cocalc.storage.rwx.kernel.Syscalls;
import com.cocalc.storage.rwx.nio.RwxFileSystem;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The files of one container: its image with volumes mounted into it, as one file system. On each mount the container's
 * processes act as the user of that mount, after the squashing of that mount's server.
 */
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
        return new Builder(Objects.requireNonNull(image, "image"), Mount.as(identity));
    }

    /**
     * Starts with the container's image, for a user with groups or with fewer capabilities than root has.
     *
     * @param image the volume that holds what the image brings
     * @param user the user of the container's processes, and whether the image is read-only for them
     * @return a builder without mounts
     */
    public static Builder builder(RwxVolume image, Mount user) {
        return new Builder(Objects.requireNonNull(image, "image"), Objects.requireNonNull(user, "user"));
    }

    /** The mounts of a container. */
    public static final class Builder {
        private final RwxVolume image;
        private final Mount imageMount;
        private final List<Entry> entries = new ArrayList<>();

        private Builder(RwxVolume image, Mount imageMount) {
            this.image = image;
            this.imageMount = imageMount;
        }

        /**
         * Mounts a volume, or a file of it where its sub-path is one and the mount path leads to a file. A directory
         * that is missing at the mount path is made as the container runtime does: of root, 0755.
         *
         * @param path where: absolute, without empty, {@code .} and {@code ..} elements
         * @param volume what
         * @param mount as whom, and which part
         * @return this builder
         * @throws IllegalArgumentException if the path is not of that form
         */
        public Builder mount(String path, RwxVolume volume, Mount mount) {
            entries.add(new Entry(path, volume, mount));
            return this;
        }

        /**
         * Starts the container. Mounts are made in the order in which they were added, so that a later one may be
         * nested in an earlier one.
         *
         * @return its file system
         * @throws IllegalArgumentException if a mount path or sub-path leads to something else than a directory, unless
         *     both lead to files
         * @throws IllegalStateException if a volume is closed
         */
        public FileSystem build() {
            Syscalls syscalls = syscalls();
            return new RwxFileSystem(image.open(), syscalls, syscalls.toString());
        }

        Syscalls syscalls() {
            image.requireOpen();
            entries.forEach(entry -> entry.volume.requireOpen());
            MountPoint root = image.server().attach(imageMount.attachment(), null, null, "");
            RuntimeMounts runtime = new RuntimeMounts(root);
            List<MountPoint> nested = new ArrayList<>();
            StringBuilder description = new StringBuilder("container as ").append(imageMount);
            for (Entry entry : entries) {
                nested.add(runtime.attach(entry.path, entry.volume.server(), entry.mount.attachment()));
                description.append("; ").append(entry.path).append(": ").append(entry.mount);
            }
            return new Syscalls(new MountTable(root, nested), description.toString());
        }
    }

    private record Entry(String path, RwxVolume volume, Mount mount) {
        private Entry {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(volume, "volume");
            Objects.requireNonNull(mount, "mount");
            if (!path.startsWith("/")
                    || path.indexOf('\0') >= 0
                    || List.of(path.substring(1).split("/", -1)).stream()
                            .anyMatch(element -> element.isEmpty() || element.equals(".") || element.equals(".."))) {
                throw new IllegalArgumentException("mount path must be absolute, of plain names, but was \"" + path
                        + "\"; write it as /home/user");
            }
        }
    }
}
