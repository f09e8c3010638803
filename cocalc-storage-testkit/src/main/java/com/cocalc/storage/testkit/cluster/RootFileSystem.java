package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.rwx.ContainerFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the container runtime does: it mounts into the image as root, parents first. */
final class RootFileSystem {

    private final RwxVolume root;
    private final ContainerUser user;
    private final List<ContainerMount> mounts;

    private RootFileSystem(RwxVolume root, ContainerUser user, List<ContainerMount> mounts) {
        this.root = root;
        this.user = user;
        this.mounts = mounts;
    }

    /** @param root what the image has brought */
    static FileSystem create(RwxVolume root, ContainerUser user, List<ContainerMount> mounts) throws Trouble {
        List<ContainerMount> sorted = new ArrayList<>(mounts);
        sorted.sort(Comparator.comparingInt(ContainerMount::depth));
        return new RootFileSystem(root, user, sorted).create();
    }

    private FileSystem create() throws Trouble {
        Mount ofUser = user.mount();
        Map<String, ContainerMount> made = new HashMap<>();
        ContainerFiles.Builder container =
                ContainerFiles.builder(root, user.isRootReadOnly() ? ofUser.readOnly() : ofUser);
        for (ContainerMount mount : mounts) {
            makeMountPoint(filesAround(mount, made), mount);
            made.put(mount.path(), mount);
            container.mount(mount.path(), mount.volume().volume(), attached(mount, ofUser));
        }
        try {
            return container.build();
        } catch (IllegalArgumentException e) {
            // A link of the image leads from one mount into another, where nothing can be made.
            throw Trouble.start("error mounting to rootfs: " + e.getMessage());
        }
    }

    /** As root sees them: the image, and the mounts that this one is nested in. */
    private ContainerFiles.Builder filesAround(ContainerMount mount, Map<String, ContainerMount> made) {
        ContainerFiles.Builder files = ContainerFiles.builder(root, Mount.asRoot());
        String path = mount.path();
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
            attach(files, made.get(path.substring(0, end)));
        }
        attach(files, made.get(path));
        return files;
    }

    private static void attach(ContainerFiles.Builder files, @Nullable ContainerMount outer) {
        if (outer != null) {
            files.mount(outer.path(), outer.volume().volume(), attached(outer, Mount.asRoot()));
        }
    }

    private static Mount attached(ContainerMount mount, Mount as) {
        Mount part = mount.part().isEmpty() ? as : as.subPath(mount.part());
        Mount squashed = mount.volume().squashed(part);
        return mount.isReadOnly() ? squashed.readOnly() : squashed;
    }

    private static void makeMountPoint(ContainerFiles.Builder soFar, ContainerMount mount) throws Trouble {
        String path = mount.path();
        if (path.indexOf('\0') >= 0) {
            throw Trouble.start(mounting(mount) + "mount field contains null byte");
        }
        if (path.equals("/proc") || path.startsWith("/proc/")) {
            throw Trouble.start(mounting(mount) + "\"" + path + "\" cannot be mounted because it is inside /proc");
        }
        requireDirectory(mount);
        if (path.equals("/")) {
            litter(mount);
            throw Trouble.start(mounting(mount) + "the container's own root would be hidden");
        }
        try (FileSystem files = soFar.build()) {
            Path point = files.getPath(path);
            if (!isDirectory(point)) {
                throw Trouble.start(mounting(mount)
                        + "not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?"
                        + " Check if the specified host path exists and is the expected type");
            }
        } catch (IOException e) {
            throw Trouble.start(mounting(mount) + "create mountpoint for " + clipped(path) + " mount: mkdirat "
                    + clipped(path) + ": " + Trouble.inGo(e));
        }
    }

    /** Makes it where it is missing; what is there already may be a file. */
    private static boolean isDirectory(Path point) throws IOException {
        try {
            return UnixFile.stat(point).isDirectory();
        } catch (NoSuchFileException e) {
            Files.createDirectories(point);
            return true;
        }
    }

    /**
     * A single file of a volume can be mounted over a file, which nobody does with storage: only the refusal is here.
     */
    private static void requireDirectory(ContainerMount mount) throws Trouble {
        if (mount.part().isEmpty()) {
            return;
        }
        try (FileSystem files = mount.volume().volume().mount(Mount.asRoot())) {
            if (!UnixFile.lstat(files.getPath("/" + mount.part())).isDirectory()) {
                throw Trouble.start(
                        mounting(mount) + "not a directory: unknown: Are you trying to mount a directory"
                                + " onto a file (or vice-versa)? Check if the specified host path exists and is the expected type");
            }
        } catch (IOException e) {
            throw Trouble.start(mounting(mount) + "stat: " + Trouble.inGo(e));
        }
    }

    /** A volume in place of the container's root is left with what the runtime puts there. */
    private static void litter(ContainerMount mount) {
        try (FileSystem files = mount.volume().volume().mount(attached(mount, Mount.asRoot()))) {
            for (String name : List.of("dev", "etc", "proc", "sys")) {
                Files.createDirectories(files.getPath("/" + name));
            }
        } catch (IOException e) {
            // The volume is spared where root may not write to it.
        }
    }

    private static String mounting(ContainerMount mount) {
        String source = mount.volume().nodePath() + (mount.part().isEmpty() ? "" : "/" + mount.part());
        return "error mounting \"" + clipped(source) + "\" to rootfs at \"" + clipped(mount.path()) + "\": ";
    }

    private static String clipped(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
