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
 * imitated only as far as they refuse a volume, and single files such as {@code /etc/hosts}. A volume at the root or at
 * {@code /dev} is left with these, and without the devices and links that runc makes there as well. A missing working
 * directory is made at last, as root, also on a volume. All of this was compared with a kubelet, containerd 1.7 and
 * runc 1.1.15, and these limits as well:
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
 *       What a program writes there is in that file and on no claim; it is not read, and the status of a pod has no
 *       termination message.
 * </ul>
 */
final class RootFileSystem {

    /** The places that every container needs to start its program: without them it fails after all mounts. */
    private static final Set<String> NEEDED_DEVICES = Set.of("/dev", "/dev/null", "/dev/ptmx");

    private static final String FILES_OF_RUNTIME = """
            0644 0:0 "127.0.0.1\\tlocalhost\\n" hosts
            0644 0:0 "" hostname
            0644 0:0 "" resolv.conf
            0666 0:0 "" termination-log
            """;

    private static final String OTHER_KIND =
            "not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?"
                    + " Check if the specified host path exists and is the expected type";

    private final RwxVolume root;
    private final RwxVolume filesOfRuntime;
    private final ContainerUser user;
    private final List<ContainerMount> mounts;
    private final String terminationLog;
    private final String workingDirectory;
    private final RuntimeView view;
    /** Why the program cannot be started in what is mounted. */
    private @Nullable Trouble afterAllMounts;

    private RootFileSystem(
            RwxVolume root,
            RwxVolume filesOfRuntime,
            ContainerUser user,
            List<ContainerMount> mounts,
            String terminationLog,
            String workingDirectory,
            RuntimeView view) {
        this.root = root;
        this.filesOfRuntime = filesOfRuntime;
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
     * @param filesOfRuntime an empty volume for the files that the kubelet and the runtime mount
     * @param terminationLog the file for the container's termination message
     * @param workingDirectory where its program starts
     */
    static FileSystem create(
            RwxVolume root,
            RwxVolume filesOfRuntime,
            ContainerUser user,
            List<ContainerMount> mounts,
            String terminationLog,
            String workingDirectory)
            throws Trouble {
        try (RuntimeView view = new RuntimeView(root)) {
            filesOfRuntime.populate(FILES_OF_RUNTIME);
            return new RootFileSystem(root, filesOfRuntime, user, mounts, terminationLog, workingDirectory, view)
                    .create();
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
        // The kubelet leaves its own file out where the pod writes this very path, the runtime where it cleans to it.
        if (mounts.stream().noneMatch(mount -> mount.written().equals("/etc/hosts"))) {
            steps.add(fileOfRuntime("/etc/hosts", "hosts", ofUser, container));
        }
        steps.add(fileOfRuntime(terminationLog, "termination-log", ofUser, container));
        Mount ofRoot = user.isRootReadOnly() ? ofUser.readOnly() : ofUser;
        for (String name : List.of("hostname", "resolv.conf")) {
            if (mounts.stream().noneMatch(mount -> mount.path().equals("/etc/" + name))) {
                steps.add(fileOfRuntime("/etc/" + name, name, ofRoot, container));
            }
        }
        steps.add(new Step(2, this::makeSharedMemory));
        steps.sort(Comparator.comparingInt(Step::depth));
        for (Step step : steps) {
            step.action().run();
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
            throw Trouble.start("mkdir " + clipped(e.getFile()) + ": " + Trouble.inGo(e));
        }
    }

    /** Checks that no directory is mounted in place of a file in which the runtime looks for an account. */
    private void requireAccounts(String file, String account) throws Trouble {
        try {
            if (view.kind(view.resolve(file)) == Kind.DIRECTORY) {
                throw Trouble.refusedByRuntime(
                        "unable to start container process: unable to setup user: unable to find " + account + ": read "
                                + file + ": is a directory");
            }
        } catch (IOException e) {
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
            throw Trouble.start("chdir to cwd (\"" + clipped(workingDirectory) + "\") set in config.json failed: "
                    + Trouble.inGo(e));
        }
    }

    private Step fileOfRuntime(String path, String name, Mount as, ContainerFiles.Builder container) {
        return new Step(ContainerMount.depth(path), () -> mountFileOfRuntime(path, as.subPath(name), container));
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
            requireFoundAgain(mount);
        }
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
            why += view.kind(again) == Kind.MISSING
                    ? "open o_path procfd: open " + again + ": no such file or directory"
                    : "mount " + again + ": invalid argument";
        } catch (IOException e) {
            why += "open o_path procfd: open " + mount.path() + ": " + Trouble.inGo(e);
        }
        throw Trouble.start(mounting(mount) + why);
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

    /** Mounts a file of the runtime. */
    private void mountFileOfRuntime(String path, Mount file, ContainerFiles.Builder container) throws Trouble {
        try {
            String point = view.resolve(path);
            if (view.kind(point) == Kind.DIRECTORY) {
                throw Trouble.start(mountingFile(path) + OTHER_KIND);
            }
            if (view.kind(point) == Kind.MISSING) {
                view.makeFile(point);
            }
            view.addFile(point);
            if (afterAllMounts == null) {
                container.mount(point, filesOfRuntime, file);
            }
        } catch (IOException e) {
            throw Trouble.start(mountingFile(path) + "create mountpoint for " + path + " mount: openat " + path + ": "
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
