package com.cocalc.storage.kubernetes.pod;

import java.util.Set;

/** Places in a container that belong to the kernel, as runc 1.1 leaves them to volumes or refuses them. */
public final class RuntimePaths {

    /**
     * The longest mount path, in bytes: the kernel accepts 4,095, and runc puts the path of the container's root and a
     * slash in front. Its length is that of containerd's usual directories; another runtime has another limit. Measured
     * with containerd 1.7 and runc 1.1.15.
     */
    public static final int LONGEST_MOUNT_PATH =
            4095 - "/run/containerd/io.containerd.runtime.v2.task/k8s.io/".length() - 64 - "/rootfs/".length();

    /**
     * The directories that every kernel has, so that the runtime need not make them. Others depend on the node and
     * count as missing.
     */
    private static final Set<String> DIRECTORIES_OF_SYSFS = Set.of(
            "/sys/block",
            "/sys/bus",
            "/sys/class",
            "/sys/dev",
            "/sys/devices",
            "/sys/firmware",
            "/sys/fs",
            "/sys/fs/cgroup",
            "/sys/kernel",
            "/sys/module",
            "/sys/power");

    /** Files over which runc and crun mount other files, as lxcfs and GPU sharing do. */
    private static final Set<String> FILES_OF_PROC = Set.of(
            "/proc/cpuinfo",
            "/proc/diskstats",
            "/proc/loadavg",
            "/proc/meminfo",
            "/proc/net/dev",
            "/proc/slabinfo",
            "/proc/stat",
            "/proc/swaps",
            "/proc/sys/crypto/fips_enabled",
            "/proc/sys/kernel/ns_last_pid",
            "/proc/uptime");

    private RuntimePaths() {}

    /**
     * Returns whether a path is a file of {@code /proc} on which another file can be mounted.
     *
     * @param path a cleaned absolute path
     * @return whether the runtime takes a mount there
     */
    public static boolean isReplaceableInProc(String path) {
        return FILES_OF_PROC.contains(path);
    }

    /**
     * Returns whether a path is a directory of sysfs, on which a directory can be mounted.
     *
     * @param path a cleaned absolute path
     * @return whether every kernel has the directory
     */
    public static boolean isDirectoryOfSysfs(String path) {
        return DIRECTORIES_OF_SYSFS.contains(path);
    }

    /**
     * Returns whether a path is below a file system of the kernel in which nobody makes a directory.
     *
     * @param path a cleaned absolute path
     * @return whether a directory cannot be mounted there
     */
    public static boolean isInTreeOfKernel(String path) {
        return (path.startsWith("/sys/") && !isDirectoryOfSysfs(path))
                || path.startsWith("/dev/pts/")
                || path.startsWith("/dev/mqueue/");
    }
}
