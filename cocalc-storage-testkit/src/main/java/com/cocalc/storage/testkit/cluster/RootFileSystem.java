package com.cocalc.storage.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cocalc.storage.kubernetes.pod.RuntimePaths;
import com.cocalc.storage.rwx.ContainerFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root file system of a container, as containerd 1.7 with runc 1.1 mounts it: into the image, as root, parents
 * before children.
 *
 * <p>In addition to the pod's volumes the runtime mounts {@code /proc}, {@code /dev} and {@code /sys}, which are
 * imitated only as far as they refuse a volume, and single files such as {@code /etc/hosts}. A volume at the root or at
 * {@code /dev} is left with these, and without the devices and links that runc makes there as well. A missing working
 * directory is made at last, as root, also on a volume. All of this was compared with a kubelet, containerd 1.7 and
 * runc 1.1.15, and these limits as well:
 *
 * <ul>
 *   <li>{@code /dev/null} and {@code /dev/ptmx}: after all mounts runc opens the one and replaces the other by a link,
 *       which fails for a mount point, so the container does not start. Before its last fixes runc 1.1 took a file of a
 *       volume that can be written as {@code /dev/null}.
 *   <li>Length of a mount path: the kernel accepts 4,095 bytes, and the path of the container's root and a slash are in
 *       front of the mount path. Its length is that of containerd's usual directories; another runtime has another
 *       limit.
 *   <li>{@code terminationMessagePath}: the kubelet mounts an empty file of its own there, sorted among the volumes by
 *       the number of names in the path. A directory there, or a volume below it, keeps the container from starting.
 *       What a program writes there is in that file and on no claim; it is not read, and the status of a pod has no
 *       termination message.
 * </ul>
 */
final class RootFileSystem {

    private final RwxVolume root;
    private final ContainerUser user;
    private final List<ContainerMount> mounts;
    private final String workingDirectory;
    private final RuntimeView view;
    /** Why the program cannot be started in what is mounted. */
    private @Nullable Trouble afterAllMounts;

    private RootFileSystem(
            RwxVolume root,
            ContainerUser user,
            List<ContainerMount> mounts,
            String workingDirectory,
            RuntimeView view) {
        this.root = root;
        this.user = user;
        this.mounts = mounts;
        this.workingDirectory = workingDirectory;
        this.view = view;
    }

    /**
     * Creates the root file system.
     *
     * @param root the volume with the image's files
     * @param mounts the mounts of the pod, the kubelet and the runtime, in the order in which the runtime is told
     * @param workingDirectory where its program starts
     */
    static FileSystem create(RwxVolume root, ContainerUser user, List<ContainerMount> mounts, String workingDirectory)
            throws Trouble {
        try (RuntimeView view = new RuntimeView(root)) {
            return new RootFileSystem(root, user, mounts, workingDirectory, view).create();
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
    }

    private FileSystem create() throws Trouble {
        Mount ofUser = user.mount();
        ContainerFiles.Builder container =
                ContainerFiles.builder(root, user.isRootReadOnly() ? ofUser.readOnly() : ofUser);
        List<ContainerMount> sorted = new ArrayList<>(mounts);
        sorted.sort(Comparator.comparingInt(ContainerMount::depth));
        for (ContainerMount mount : sorted) {
            mount(mount, container, ofUser);
        }
        if (afterAllMounts != null) {
            throw afterAllMounts;
        }
        makeWorkingDirectory();
        requireAccounts("/etc/passwd", "user " + user.identity().uid());
        requireAccounts("/etc/group", "groups for spec ");
        FileSystem files = container.build();
        enterWorkingDirectory(files);
        return files;
    }

    /** Makes a missing working directory as root with mode 0755, also on a volume. */
    private void makeWorkingDirectory() throws Trouble {
        try {
            view.makeMissing(workingDirectory);
        } catch (FileSystemException e) {
            throw Trouble.start("mkdir " + e.getFile() + ": " + Trouble.inGo(e));
        }
    }

    /** Checks that no directory is mounted in place of a file in which the runtime looks for an account. */
    private void requireAccounts(String file, String account) throws Trouble {
        try {
            if (view.isDirectory(view.resolve(file))) {
                throw Trouble.refusedByRuntime(
                        "unable to start container process: unable to setup user: unable to find " + account + ": read "
                                + file + ": is a directory");
            }
        } catch (MountPointException e) {
            // The runtime does without a file that it cannot open.
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
            throw Trouble.start(
                    "chdir to cwd (\"" + workingDirectory + "\") set in config.json failed: " + Trouble.inGo(e));
        }
    }

    private void mount(ContainerMount mount, ContainerFiles.Builder container, Mount ofUser) throws Trouble {
        boolean isFile = mount.isFile();
        String point = makeMountPoint(mount, isFile);
        if (point.isEmpty()) {
            view.hideAll(ofRuntime(mount));
        } else if (isFile) {
            view.addFile(point);
        } else {
            view.addDirectory(point, ofRuntime(mount));
        }
        requireFoundAgain(mount);
        if (afterAllMounts == null) {
            container.mount(point, mount.volume().volume(), attached(mount, ofUser));
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

    /** Creates the mount point, and returns its real path. */
    private String makeMountPoint(ContainerMount mount, boolean isFile) throws Trouble {
        if (mount.path().indexOf('\0') >= 0) {
            throw mount.fails("mount field contains null byte");
        }
        try {
            if (mount.path().getBytes(UTF_8).length > RuntimePaths.LONGEST_MOUNT_PATH) {
                throw new MountPointException("lstat", "/" + mount.path(), "File name too long");
            }
            String point = view.resolve(mount.path());
            requireNotOfRuntime(mount, point, isFile);
            if (!isFile) {
                view.makeDirectories(point);
            } else if (view.isDirectory(point)) {
                throw mount.isOfOtherKind();
            } else {
                view.makeFile(point);
            }
            return point;
        } catch (MountPointException e) {
            throw mount.hasNoMountPoint(e.words());
        }
    }

    private void requireNotOfRuntime(ContainerMount mount, String point, boolean isFile)
            throws Trouble, MountPointException {
        if (point.equals("/proc")) {
            throw unsafe(mount, point, "it is not of type proc");
        }
        if (point.startsWith("/proc/") && !RuntimePaths.isReplaceableInProc(point)) {
            throw unsafe(mount, point.replaceFirst("^/proc/self\\b", "/proc/1"), "it is inside /proc");
        }
        if (point.startsWith("/proc/") && !isFile) {
            throw new MountPointException("cannot mkdir in", point, "Not a directory");
        }
        if (isInTreeOfKernel(point, isFile) && view.isOfImage(point)) {
            throw new MountPointException(
                    isFile ? RuntimeView.MAKE_FILE : "mkdirat",
                    point,
                    point.startsWith("/sys/") ? "Read-only file system" : "Operation not permitted");
        }
        if (isFile && RuntimePaths.isDirectoryOfSysfs(point) && view.isOfImage(point)) {
            throw mount.isOfOtherKind();
        }
        if (afterAllMounts == null) {
            afterAllMounts = withoutNeeded(point, isFile);
        }
    }

    /** Returns why no program starts with a volume in place of what the runtime needs itself, or null. */
    private static @Nullable Trouble withoutNeeded(String point, boolean isFile) {
        return switch (point) {
            case "" ->
                Trouble.refusedByRuntime("unable to start container process: error closing exec fds: open"
                        + " /proc/self/fd: no such file or directory");
            case "/dev" -> Trouble.start("can't mask paths: open /dev/null: no such file or directory");
            case "/dev/null" ->
                Trouble.start("error reopening /dev/null inside container: "
                        + (isFile
                                ? "can't reopen /dev/null: container's /dev/null is invalid"
                                : "open /dev/null: is a directory"));
            case "/dev/ptmx" ->
                Trouble.start("error setting up ptmx: unlinkat " + Trouble.ROOTFS + "/dev/ptmx: "
                        + (isFile ? "device or resource busy" : "is a directory"));
            default -> null;
        };
    }

    private static Trouble unsafe(ContainerMount mount, String point, String why) {
        return mount.hasNoMountPoint("check proc-safety of " + mount.destination() + " mount: \"" + Trouble.ROOTFS
                + point + "\" cannot be mounted because " + why);
    }

    /** A file can be made for a mount in {@code /dev/mqueue}, and a directory in no tree of the kernel. */
    private static boolean isInTreeOfKernel(String point, boolean isFile) {
        return RuntimePaths.isInTreeOfKernel(point) && !(isFile && point.startsWith("/dev/mqueue/"));
    }

    /**
     * Checks that the mount path still leads to a mount: the runtime looks for it once more, to set its propagation,
     * and what is mounted now may be without a link that was on the way.
     */
    private void requireFoundAgain(ContainerMount mount) throws Trouble {
        String why = "change mount propagation through procfd: ";
        try {
            String again = view.resolve(mount.path());
            if (view.isMountPoint(again)) {
                return;
            }
            why += view.isDirectory(again) || view.isFile(again)
                    ? "mount " + mount.destination() + " (via /proc/self/fd/6), flags: 0x44000: invalid argument"
                    : "open o_path procfd: open " + Trouble.ROOTFS + again + ": no such file or directory";
        } catch (MountPointException e) {
            why += e.words();
        }
        throw mount.fails(why);
    }
}
