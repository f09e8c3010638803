package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import java.util.List;

/** The meaning of a path of the node. Paths are compared after cleaning; links on the node are unknown. */
final class NodePath {

    /**
     * Directories below which a kubelet or a container runtime keeps the mounted volumes or the root file systems of
     * all pods of its node: of kubeadm and most distributions, k3s and RKE2, k0s, RKE, MicroK8s, TKGI, IBM Cloud, ACK,
     * and of CoreOS, whose {@code /var} is below {@code /sysroot}.
     */
    private static final List<String> VOLUMES = List.of(
            "/var/lib/kubelet",
            "/var/lib/rancher",
            "/var/lib/k0s",
            "/opt/rke/var/lib/kubelet",
            "/var/snap/microk8s",
            "/var/vcap/data/kubelet",
            "/var/vcap/store/kubelet",
            "/var/data/kubelet",
            "/var/lib/container",
            "/var/lib/containerd",
            "/var/lib/containers",
            "/var/lib/docker",
            "/sysroot");

    /**
     * The node's processes, devices and kernel, the sockets and state of container runtimes and of the service manager,
     * and what the kubelet and the control plane read: pods that a kubelet starts from a file, credentials, etcd.
     */
    private static final List<String> NODE = List.of(
            "/proc",
            "/dev",
            "/sys",
            "/etc/kubernetes",
            "/etc/rancher",
            "/var/lib/etcd",
            "/run/containerd",
            "/run/containers",
            "/run/nri",
            "/run/crio",
            "/run/cri-dockerd.sock",
            "/run/docker",
            "/run/docker.sock",
            "/run/dockershim.sock",
            "/run/dbus",
            "/run/k0s",
            "/run/k3s",
            "/run/kata-containers",
            "/run/podman",
            "/run/runc",
            "/run/crun",
            "/run/systemd",
            "/run/user");

    /** Directories with the node's {@code /var}: of Container-Optimized OS and of Bottlerocket. */
    private static final List<String> ROOTS = List.of("/mnt/stateful_partition", "/local");

    private NodePath() {}

    /** Returns the kind of way that a volume of a path is. */
    static Bypass.Kind kind(String path) {
        String clean = CleanedPath.absolute(path);
        // A link on every node of today.
        if (CleanedPath.isAtOrBelow(clean, "/var/run")) {
            clean = clean.substring("/var".length());
        }
        for (String root : ROOTS) {
            if (CleanedPath.isAtOrBelow(clean, root)) {
                clean = CleanedPath.absolute(clean.substring(root.length()));
            }
        }
        // A kubelet keeps its volumes wherever an operator says, usually below a directory of its name.
        if (leadsTo(clean, VOLUMES) || (clean + "/").contains("/kubelet/")) {
            return Bypass.Kind.HOST_PATH_TO_VOLUMES;
        }
        return leadsTo(clean, NODE) ? Bypass.Kind.HOST_PATH_TO_NODE : Bypass.Kind.HOST_PATH;
    }

    private static boolean leadsTo(String path, List<String> places) {
        for (String place : places) {
            if (CleanedPath.isAtOrBelow(path, place) || CleanedPath.isAtOrBelow(place, path)) {
                return true;
            }
        }
        return false;
    }
}
