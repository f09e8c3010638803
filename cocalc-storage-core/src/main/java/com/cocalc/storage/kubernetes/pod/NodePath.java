package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import java.util.List;

/** The meaning of a path of the node. Paths are compared after cleaning; links on the node are unknown. */
final class NodePath {

    /**
     * Directories below which a kubelet or a container runtime keeps the mounted volumes or the root file systems of
     * all pods of its node: of kubeadm and most distributions, k3s and RKE2, k0s, RKE, MicroK8s and other snaps, TKGI,
     * IBM Cloud, ACK, EKS with local disks, and of CoreOS, whose {@code /var} is below {@code /sysroot} and
     * {@code /ostree}.
     */
    private static final List<String> VOLUMES = List.of(
            "/var/lib/kubelet",
            "/var/lib/rancher",
            "/var/lib/k0s",
            "/opt/rke/var/lib/kubelet",
            "/var/snap",
            "/var/vcap/data/kubelet",
            "/var/vcap/store/kubelet",
            "/var/data/kubelet",
            "/var/lib/container",
            "/var/lib/containerd",
            "/var/lib/containers",
            "/var/lib/docker",
            "/mnt/k8s-disks",
            "/sysroot",
            "/ostree");

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
            "/etc/srv/kubernetes",
            "/var/lib/etcd",
            "/var/lib/kubernetes",
            "/var/lib/minikube",
            "/var/lib/crio",
            "/var/vcap/sys/run",
            "/run/containerd",
            "/run/containers",
            "/run/nri",
            "/run/crio",
            "/run/cri-dockerd.sock",
            "/run/docker",
            "/run/docker.sock",
            "/run/dockershim.sock",
            "/run/dbus",
            "/run/isulad.sock",
            "/run/k0s",
            "/run/k3s",
            "/run/kata-containers",
            "/run/podman",
            "/run/runc",
            "/run/crun",
            "/run/snap.docker",
            "/run/systemd",
            "/run/user");

    /** Directories with the node's {@code /var}: of Container-Optimized OS, on its local disks, and of Bottlerocket. */
    private static final List<String> ROOTS =
            List.of("/mnt/stateful_partition/kube-ephemeral-ssd", "/mnt/stateful_partition", "/local");

    /**
     * Names of directories below which volumes are mounted, wherever these are: a kubelet keeps its volumes where an
     * operator says, usually below a directory of its name, and GKE mounts them a second time for its mount programs.
     */
    private static final List<String> NAMES = List.of("kubelet", "containerized_mounter");

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
        String elements = clean + "/";
        if (leadsTo(clean, VOLUMES)
                || leadsTo(clean, ROOTS)
                || NAMES.stream().anyMatch(name -> elements.contains("/" + name + "/"))) {
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
