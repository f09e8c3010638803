package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
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
 * The files of one container: its image and the volumes mounted into it, as one file system. On each mount the
 * container's processes act as the user of that mount, as its server maps that user.
 */
public final class ContainerFiles {
    private ContainerFiles() {}

    /**
     * Creates a builder for a container.
     *
     * @param image the volume with the files of the container's image
     * @param identity the user of the container's processes
     * @return a builder without mounts
     */
    public static Builder builder(RwxVolume image, PosixIdentity identity) {
        return new Builder(Objects.requireNonNull(image, "image"), Mount.as(identity));
    }

    /**
     * Creates a builder for a container whose user has groups, or fewer capabilities than root.
     *
     * @param image the volume with the files of the container's image
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
         * Mounts a volume, or one of its files if the sub-path and the mount path both lead to files. A missing
         * directory at the mount path is created as the container runtime creates it: owned by root, with mode 0755.
         *
         * @param path the mount path: absolute, without empty, {@code .} and {@code ..} elements
         * @param volume the volume to mount
         * @param mount the user of the mount, and the part of the volume
         * @return this builder
         * @throws IllegalArgumentException if the path is not of that form
         */
        public Builder mount(String path, RwxVolume volume, Mount mount) {
            entries.add(new Entry(path, volume, mount));
            return this;
        }

        /**
         * Creates the container's file system. Volumes are mounted in the order in which they were added, so that a
         * later one may be nested in an earlier one.
         *
         * @return the file system
         * @throws IllegalArgumentException if a mount path or sub-path leads to something other than a directory,
         *     unless both lead to files
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
                throw InvalidValueException.of(
                        "mount path",
                        "be absolute, of plain names",
                        MessageText.quoted(path),
                        "write it as /home/user");
            }
        }
    }
}
