package com.cocalc.storage.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cocalc.storage.kubernetes.pod.RuntimePaths;
import com.cocalc.storage.rwx.ContainerFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.RuntimeView.Kind;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The root file system of a container, as containerd 1.7 with runc 1.1 mounts it: into the image, as root, parents
 * before children.
 *
 * <p>In addition to the pod's volumes the runtime mounts {@code /proc}, {@code /dev} and {@code /sys}, which are
 * imitated only as far as they refuse a volume, and single files, which are imitated only by the mount points that they
 * leave in a volume. A volume at the root or at {@code /dev} is left with these, and without the devices and links that
 * runc makes there as well. A missing working directory is made at last, as root, also on a volume. All of this was
 * compared with a kubelet, containerd 1.7 and runc 1.1.15, and these limits as well:
 *
 * <ul>
 *   <li>{@code /dev/ptmx}: after all mounts runc removes this name and makes it a link, which fails for a mount point,
 *       so the container does not start. It opens {@code /dev/null} for writing, which fails for a directory and in a
 *       read-only volume; here a writable file of a volume is refused there as well, which runc takes.
 *   <li>Length of a mount path: the kernel accepts 4,095 bytes, and the path of the container's root and a slash are in
 *       front of the mount path. Its length is that of containerd's usual directories; another runtime has another
 *       limit.
 *   <li>{@code terminationMessagePath}: the kubelet mounts an empty file of its own there, sorted among the volumes by
 *       the number of names in the path. A directory there, or a volume below it, keeps the container from starting.
 *       What a program writes there is not read, and the status of a pod has no termination message.
 * </ul>
 */
final class RootFileSystem {

    /** The places that every container needs to start its program: without them it fails after all mounts. */
    private static final Set<String> NEEDED_DEVICES = Set.of("/dev", "/dev/null", "/dev/ptmx");

    private static final String OTHER_KIND =
            "not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?"
                    + " Check if the specified host path exists and is the expected type";

    private final RwxVolume root;
    private final ContainerUser user;
    private final List<ContainerMount> mounts;
    private final String terminationLog;
    private final String workingDirectory;
    private final RuntimeView view;
    /** Why the program cannot be started in what is mounted. */
    private @Nullable Trouble afterAllMounts;

    private RootFileSystem(
            RwxVolume root,
            ContainerUser user,
            List<ContainerMount> mounts,
            String terminationLog,
            String workingDirectory,
            RuntimeView view) {
        this.root = root;
        this.user = user;
        this.mounts = mounts;
        this.terminationLog = terminationLog;
        this.workingDirectory = workingDirectory;
        this.view = view;
    }

    /**
     * Creates the root file system.
     *
     * @param root the volume with the image's files
     * @param terminationLog the file for the container's termination message
     * @param workingDirectory where its program starts
     */
    static FileSystem create(
            RwxVolume root,
            ContainerUser user,
            List<ContainerMount> mounts,
            String terminationLog,
            String workingDirectory)
            throws Trouble {
        try (RuntimeView view = new RuntimeView(root)) {
            return new RootFileSystem(root, user, mounts, terminationLog, workingDirectory, view).create();
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
    }

    /** A mount of the runtime, and the number of names in its path. */
    private record Step(int depth, Action action) {
        interface Action {
            void run() throws Trouble;
        }
    }

    private FileSystem create() throws Trouble {
        Mount ofUser = user.mount();
        ContainerFiles.Builder container =
                ContainerFiles.builder(root, user.isRootReadOnly() ? ofUser.readOnly() : ofUser);
        List<Step> steps = new ArrayList<>();
        for (ContainerMount mount : mounts) {
            steps.add(new Step(mount.depth(), () -> mount(mount, container, ofUser)));
        }
        steps.add(fileOfRuntime("/etc/hosts"));
        steps.add(new Step(ContainerMount.depth(terminationLog), this::mountTerminationLog));
        steps.add(fileOfRuntime("/etc/hostname"));
        steps.add(fileOfRuntime("/etc/resolv.conf"));
        steps.add(new Step(2, this::makeSharedMemory));
        steps.sort(Comparator.comparingInt(Step::depth));
        for (Step step : steps) {
            step.action().run();
        }
        if (afterAllMounts != null) {
            throw afterAllMounts;
        }
        makeWorkingDirectory();
        FileSystem files = container.build();
        enterWorkingDirectory(files);
        return files;
    }

    /** Makes a missing working directory as root with mode 0755, also on a volume. */
    private void makeWorkingDirectory() throws Trouble {
        try {
            view.makeMissing(workingDirectory);
        } catch (FileSystemException e) {
            throw Trouble.start("mkdir " + clipped(e.getFile()) + ": " + Trouble.inGo(e));
        }
    }

    /** Enters the working directory, as root, and else as the container's user. */
    private void enterWorkingDirectory(FileSystem files) throws Trouble {
        if (view.isSearchable(workingDirectory)) {
            return;
        }
        try {
            UnixFile.stat(files.getPath(workingDirectory, "."));
        } catch (IOException e) {
            throw Trouble.start("chdir to cwd (\"" + clipped(workingDirectory) + "\") set in config.json failed: "
                    + Trouble.inGo(e));
        }
    }

    private Step fileOfRuntime(String file) {
        boolean isReplaced = mounts.stream().anyMatch(mount -> mount.path().equals(file));
        return new Step(ContainerMount.depth(file), () -> {
            if (!isReplaced) {
                makeFileOfRuntime(file);
            }
        });
    }

    private void mount(ContainerMount mount, ContainerFiles.Builder container, Mount ofUser) throws Trouble {
        boolean isFile = isFile(mount);
        String point = makeMountPoint(mount, isFile);
        if (point.isEmpty()) {
            view.hideAll(ofRuntime(mount));
        } else if (isFile) {
            view.addFile(point);
        } else {
            view.addDirectory(point, ofRuntime(mount));
        }
        if (afterAllMounts == null) {
            container.mount(point, mount.volume().volume(), attached(mount, ofUser));
        }
    }

    /** Creates the mount point of the pod's shared memory in a volume. */
    private void makeSharedMemory() throws Trouble {
        try {
            String point = view.resolve("/dev/shm");
            if (!view.isOfImage(point) && !view.isMountPoint(point)) {
                view.makeDirectories(point);
            }
        } catch (IOException e) {
            throw Trouble.start(mountingFile("/dev/shm") + "mkdirat /dev/shm: " + Trouble.inGo(e));
        }
    }

    private static Mount attached(ContainerMount mount, Mount as) {
        Mount part = mount.part().isEmpty() ? as : as.subPath(mount.part());
        Mount squashed = mount.volume().squashed(part);
        return mount.isReadOnly() ? squashed.readOnly() : squashed;
    }

    /** Returns the mount for root, which creates mount points. */
    private static FileSystem ofRuntime(ContainerMount mount) {
        return mount.volume().volume().mount(attached(mount, Mount.asRoot()));
    }

    private static boolean isFile(ContainerMount mount) throws Trouble {
        if (mount.part().isEmpty()) {
            return false;
        }
        try (FileSystem files = mount.volume().volume().mount(Mount.asRoot())) {
            return !UnixFile.lstat(files.getPath("/" + mount.part())).isDirectory();
        } catch (IOException e) {
            throw Trouble.start(mounting(mount) + "stat: " + Trouble.inGo(e));
        }
    }

    /** Creates the mount point, and returns its real path. */
    private String makeMountPoint(ContainerMount mount, boolean isFile) throws Trouble {
        String path = mount.path();
        if (path.indexOf('\0') >= 0) {
            throw Trouble.start(mounting(mount) + "mount field contains null byte");
        }
        if (path.getBytes(UTF_8).length > RuntimePaths.LONGEST_MOUNT_PATH) {
            throw Trouble.start(mounting(mount) + "lstat " + clipped(path) + ": file name too long");
        }
        try {
            String point = view.resolve(path);
            requireNotOfRuntime(mount, point, isFile);
            Kind there = view.kind(point);
            if (there == Kind.MISSING) {
                make(point, isFile);
            } else if ((there == Kind.DIRECTORY) == isFile) {
                throw Trouble.start(mounting(mount) + OTHER_KIND);
            }
            return point;
        } catch (IOException e) {
            throw notMade(mount, e);
        }
    }

    private void make(String point, boolean isFile) throws IOException {
        if (isFile) {
            view.makeFile(point);
        } else {
            view.makeDirectories(point);
        }
    }

    private void requireNotOfRuntime(ContainerMount mount, String point, boolean isFile) throws Trouble {
        boolean isReplaced = isFile && RuntimePaths.isReplaceableInProc(point);
        if (!isReplaced && (point.equals("/proc") || point.startsWith("/proc/"))) {
            throw Trouble.start(mounting(mount) + "\"" + point + "\" cannot be mounted because it is inside /proc");
        }
        if (isInTreeOfKernel(point, isFile) && view.isOfImage(point)) {
            throw Trouble.start(mounting(mount) + "create mountpoint for " + clipped(mount.path()) + " mount: mkdirat "
                    + clipped(point) + ": "
                    + (point.startsWith("/sys/") ? "read-only file system" : "operation not permitted"));
        }
        boolean isFileOnDirectory = isFile && RuntimePaths.isDirectoryOfSysfs(point) && view.isOfImage(point);
        if (isFileOnDirectory) {
            throw Trouble.start(mounting(mount) + OTHER_KIND);
        }
        if (point.isEmpty() && !mount.path().equals("/")) {
            throw Trouble.start(mounting(mount) + "possibly malicious path detected: a link leads to the root");
        }
        if (afterAllMounts == null && (point.isEmpty() || NEEDED_DEVICES.contains(point))) {
            afterAllMounts = Trouble.start(
                    mounting(mount) + (point.isEmpty() ? "the container's own root would be hidden" : OTHER_KIND));
        }
    }

    /** A file can be made for a mount in {@code /dev/mqueue}, and a directory in no tree of the kernel. */
    private static boolean isInTreeOfKernel(String point, boolean isFile) {
        return RuntimePaths.isInTreeOfKernel(point) && !(isFile && point.startsWith("/dev/mqueue/"));
    }

    /**
     * Mounts the file for the termination message, which the kubelet lists after the volumes and containerd sorts by
     * depth.
     */
    private void mountTerminationLog() throws Trouble {
        makeFileOfRuntime(terminationLog);
        try {
            String point = view.resolve(terminationLog);
            if (!view.isMountPoint(point)) {
                view.addFile(point);
            }
        } catch (IOException e) {
            throw Trouble.start(mountingFile(terminationLog) + Trouble.inGo(e));
        }
    }

    /**
     * Creates the mount point of a file in a volume. It is left out in the image, where only this container would see
     * it.
     */
    private void makeFileOfRuntime(String file) throws Trouble {
        try {
            String point = view.resolve(file);
            switch (view.kind(point)) {
                case FILE -> {}
                case MISSING -> {
                    if (!view.isOfImage(point)) {
                        view.makeFile(point);
                    }
                }
                case DIRECTORY -> throw Trouble.start(mountingFile(file) + OTHER_KIND);
            }
        } catch (IOException e) {
            throw Trouble.start(mountingFile(file) + "create mountpoint for " + file + " mount: openat " + file + ": "
                    + Trouble.inGo(e));
        }
    }

    private static Trouble notMade(ContainerMount mount, IOException e) {
        String reason = Trouble.inGo(e);
        String path = clipped(mount.path());
        return Trouble.start(mounting(mount)
                + (reason.equals("not a directory")
                        ? OTHER_KIND
                        : "create mountpoint for " + path + " mount: mkdirat " + path + ": " + reason));
    }

    private static String mounting(ContainerMount mount) {
        return "error mounting \"" + clipped(mount.volume().onNode(mount.part())) + "\" to rootfs at \""
                + clipped(mount.path()) + "\": ";
    }

    private static String mountingFile(String file) {
        return "error mounting \"" + file.substring(file.lastIndexOf('/') + 1) + "\" to rootfs at \"" + file + "\": ";
    }

    private static String clipped(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
