package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Expansion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One of a container's mounts as the kubelet passes it to the runtime.
 *
 * @param source the path on the node, for messages
 * @param written the mount path as the pod writes it
 * @param path the same, cleaned and absolute; {@code /} for the root
 * @param part the real path on {@link PodVolume#volume}, of a directory or a file; empty for the whole
 */
record ContainerMount(String source, String written, String path, PodVolume volume, String part, boolean isReadOnly) {

    /** Returns all mounts of a container, in its own order. */
    static List<ContainerMount> of(
            PodRecord record, Container container, Map<String, String> environment, ContainerRuntime runtime)
            throws Trouble {
        List<ContainerMount> mounts = new ArrayList<>();
        for (VolumeMount mount : Absent.asEmpty(container.getVolumeMounts())) {
            PodVolume volume = Objects.requireNonNull(record.mounted().get(mount.getName()), mount.getName());
            String subPath = subPath(mount, environment);
            String part = subPath.isEmpty()
                    ? volume.base()
                    : SubPathBinding.bind(volume, subPath, SubPathBinding.what(container, mount));
            requireKindAsBefore(record, container, mount, volume, part);
            requireKnownToRuntime(mount, runtime);
            mounts.add(new ContainerMount(
                    subPath.isEmpty()
                            ? volume.source()
                            : record.directory() + "/volume-subpaths/" + volume.name() + "/" + container.getName() + "/"
                                    + mounts.size(),
                    mount.getMountPath(),
                    CleanedPath.absolute(mount.getMountPath()),
                    volume,
                    part,
                    Boolean.TRUE.equals(mount.getReadOnly()) || volume.isReadOnly()));
        }
        for (ContainerMount mount : mounts) {
            mount.volume().makeBase(); // the runtime, after the kubelet has found all sub-paths
        }
        return mounts;
    }

    private static String subPath(VolumeMount mount, Map<String, String> environment) throws Trouble {
        String subPath = mount.getSubPath() == null ? "" : mount.getSubPath();
        if (mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty()) {
            subPath = expanded(mount.getSubPathExpr(), environment);
        }
        if (subPath.startsWith("/")) {
            throw Trouble.config("error SubPath `" + subPath + "` must not be an absolute path");
        }
        if (CleanedPath.hasBackstep(subPath)) {
            throw Trouble.config("unable to provision SubPath `" + subPath + "`: must not contain '..'");
        }
        return subPath;
    }

    /**
     * Checks that the kubelet can mount a sub-path where it mounted one for the same mount before: the directory that
     * it made there takes no file. A directory takes the place of a file, if only at the second attempt.
     */
    private static void requireKindAsBefore(
            PodRecord record, Container container, VolumeMount mount, PodVolume volume, String part) throws Trouble {
        String target = container.getName() + " " + mount.getMountPath();
        if (part.equals(volume.base()) || volume.isDirectory(part)) {
            record.madeDirectories().add(target);
        } else if (record.madeDirectories().contains(target)) {
            throw Trouble.config("failed to prepare subPath for " + SubPathBinding.what(container, mount));
        }
    }

    private static String expanded(String expression, Map<String, String> environment) throws Trouble {
        SortedSet<String> missing = new TreeSet<>();
        String subPath = Expansion.expand(expression, name -> {
            String value = environment.getOrDefault(name, "");
            if (value.isEmpty()) {
                missing.add(name);
            }
            return value;
        });
        if (!missing.isEmpty()) {
            throw Trouble.config("missing value for " + String.join(", ", missing));
        }
        return subPath;
    }

    private static void requireKnownToRuntime(VolumeMount mount, ContainerRuntime runtime) throws Trouble {
        if ("Enabled".equals(mount.getRecursiveReadOnly()) && !runtime.hasRecursiveReadOnly()) {
            throw Trouble.config("failed to resolve recursive read-only mode: volume \"" + mount.getName()
                    + "\" requested recursive read-only mode, but it is not supported by the runtime");
        }
    }

    /** Returns the depth of the path; parents are mounted before children. */
    int depth() {
        return depth(path);
    }

    /**
     * Returns the number of slashes in a path, by which containerd sorts: the root comes among the paths of one name.
     */
    static int depth(String path) {
        return path.equals("/") ? 1 : path.split("/").length - 1;
    }

    boolean isFile() {
        return !part.isEmpty() && !volume.isDirectory(part);
    }

    /** Returns what runc says if it cannot mount this. */
    Trouble fails(String why) {
        return Trouble.start(
                "error mounting " + inQuotes(source) + " to rootfs at " + inQuotes(destination()) + ": " + why);
    }

    /** Returns what runc says if it cannot make the mount point. */
    Trouble hasNoMountPoint(String why) {
        return fails("create mount destination for " + destination() + " mount: " + why);
    }

    /** Returns what the kernel says of a file over a directory. */
    Trouble isOfOtherKind() {
        return fails("mount " + source + ":" + destination() + " (via /proc/self/fd/6), flags: "
                + (isReadOnly ? "0x5001" : "0x5000") + ": not a directory");
    }

    /** Returns the mount path as runc is told. */
    String destination() {
        return written.startsWith("/") ? written : "/" + written;
    }

    /** Quotes a text as Go does. */
    private static String inQuotes(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                + '"';
    }
}
