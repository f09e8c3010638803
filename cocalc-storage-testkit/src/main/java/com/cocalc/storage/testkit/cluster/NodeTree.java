package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.rwx.RwxVolume;
import java.util.Set;

/** The files that each node has from the start: enough to tell an existing path from a missing one. */
final class NodeTree {

    static final Set<String> DIRECTORIES = Set.of(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/home",
            "/lib",
            "/mnt",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/srv",
            "/sys",
            "/tmp",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/var",
            "/var/lib",
            "/var/lib/kubelet",
            "/var/lib/kubelet/pods",
            "/var/log");

    static final Set<String> FILES =
            Set.of("/dev/null", "/etc/group", "/etc/hostname", "/etc/hosts", "/etc/passwd", "/etc/shadow");

    private NodeTree() {}

    static void populate(RwxVolume node) {
        DIRECTORIES.stream().sorted().forEach(path -> node.populate("0755 0:0 - " + path.substring(1) + "/"));
        FILES.forEach(path -> node.populate("0644 0:0 \"\" " + path.substring(1)));
        node.populate("0700 0:0 - root/\n1777 0:0 - tmp/");
    }
}
