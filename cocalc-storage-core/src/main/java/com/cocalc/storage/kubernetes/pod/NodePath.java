package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import java.util.List;
import java.util.regex.Pattern;

/** The meaning of a path of the node. Paths are compared after cleaning; links on the node are unknown. */
final class NodePath {

    /**
     * Directories below which a kubelet or a container runtime keeps the mounted volumes or the root file systems of
     * all pods of its node: of kubeadm and most distributions, k3s and RKE2, k0s, RKE, MicroK8s and other snaps, TKGI,
     * IBM Cloud, ACK, KubeEdge, old OpenShift, EKS and AKS with local disks, GKE, and of CoreOS, whose {@code /var} is
     * below {@code /sysroot} and {@code /ostree}.
     */
    private static final List<String> VOLUMES = List.of(
            "/var/lib/kubelet",
            "/var/lib/rancher",
            "/var/lib/k0s",
            "/var/lib/edged",
            "/var/lib/origin",
            "/opt/rke/var/lib/kubelet",
            "/var/snap",
            "/var/vcap/data/kubelet",
            "/var/vcap/store/kubelet",
            "/var/data/kubelet",
            "/var/data/cripersistentstorage",
            "/var/data/criorootstorage",
            "/var/lib/container",
            "/var/lib/containerd",
            "/var/lib/containers",
            "/var/lib/docker",
            "/mnt/aks",
            "/mnt/k8s-disks",
            "/sysroot",
            "/ostree");

    /**
     * Directories below which provisioners keep volumes on the node itself: Rancher's local-path of most clusters and
     * of kind, OpenEBS, minikube, Docker Desktop, and the replicas of Longhorn. The disk of the NFS server is there if
     * it has such a class. A directory above, such as {@code /tmp}, usually serves something else.
     */
    private static final List<String> PROVISIONED = List.of(
            "/opt/local-path-provisioner",
            "/var/local-path-provisioner",
            "/var/openebs",
            "/var/lib/longhorn",
            "/var/lib/k8s-pvs",
            "/tmp/hostpath-provisioner",
            "/tmp/hostpath_pv");

    /**
     * The node's processes, devices and kernel, the sockets and state of container runtimes and of the service manager,
     * and what the kubelet and the control plane read: pods that a kubelet starts from a file, credentials, etcd. Talos
     * has its own below {@code /system}, and Bottlerocket an interface for the whole node.
     */
    private static final List<String> NODE = List.of(
            "/proc",
            "/dev",
            "/sys",
            "/etc/k0s",
            "/etc/kubernetes",
            "/etc/rancher",
            "/etc/srv/kubernetes",
            "/root",
            "/var/roothome",
            "/system/run",
            "/system/secrets",
            "/system/state",
            "/var/lib/etcd",
            "/var/lib/kubernetes",
            "/var/lib/microshift",
            "/var/lib/minikube",
            "/var/lib/crio",
            "/var/vcap/sys/run",
            "/run/api.sock",
            "/run/containerd",
            "/run/containers",
            "/run/nri",
            "/run/crio",
            "/run/docker",
            "/run/dbus",
            "/run/host-containerd",
            "/run/k0s",
            "/run/k3s",
            "/run/kata-containers",
            "/run/podman",
            "/run/runc",
            "/run/crun",
            "/run/snap.docker",
            "/run/systemd",
            "/run/user",
            "/run/vc");

    /** Directories with programs that the node's root runs, and with the settings of these. */
    private static final List<String> PROGRAMS = List.of(
            "/bin",
            "/boot",
            "/etc",
            "/lib",
            "/lib32",
            "/lib64",
            "/opt/bin",
            "/opt/cni",
            "/sbin",
            "/snap",
            "/usr",
            "/var/spool");

    /** What is only data among these; it is often mounted into containers, and not always read-only. */
    private static final List<String> DATA =
            List.of("/etc/ca-certificates", "/etc/localtime", "/etc/pki", "/etc/ssl", "/etc/timezone", "/usr/share");

    /** The sockets of container runtimes and of the builders of images, wherever they are. */
    private static final Pattern SOCKET = Pattern.compile(
            ".*/(buildkitd|containerd|cri-dockerd|crio|docker|dockershim|host-containerd|isulad|podman|pouchcri)"
                    + "[-.a-z0-9]*\\.sock");

    /** Directories with the node's {@code /var}: of Container-Optimized OS, on its local disks, and of Bottlerocket. */
    private static final List<String> ROOTS =
            List.of("/mnt/stateful_partition/kube-ephemeral-ssd", "/mnt/stateful_partition", "/local");

    /**
     * Names of directories below which volumes are mounted, wherever these are: a kubelet keeps its volumes where an
     * operator says, usually below a directory of its name, and GKE mounts them a second time for its mount programs.
     */
    private static final List<String> NAMES = List.of("kubelet", "containerized_mounter");

    /** Where the name of the kubelet is that of its program, its settings or its log. */
    private static final List<String> WITHOUT_VOLUMES = List.of("/bin", "/etc", "/opt/bin", "/usr", "/var/log");

    private NodePath() {}

    /**
     * Returns the kind of way that a volume of a path is where root of a container writes to it: what it puts among the
     * node's programs and their settings runs as the node's root.
     */
    static Bypass.Kind kindForRoot(String path) {
        String clean = CleanedPath.absolute(path);
        boolean isRun = isBelow(clean, PROGRAMS) && !isBelow(clean, DATA);
        Bypass.Kind kind = kind(path);
        return kind == Bypass.Kind.HOST_PATH && isRun ? Bypass.Kind.HOST_PATH_TO_NODE : kind;
    }

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
        boolean toNode = leadsTo(clean, NODE) || SOCKET.matcher(clean).matches();
        return leadsToVolumes(clean)
                ? Bypass.Kind.HOST_PATH_TO_VOLUMES
                : toNode ? Bypass.Kind.HOST_PATH_TO_NODE : Bypass.Kind.HOST_PATH;
    }

    private static boolean leadsToVolumes(String path) {
        return leadsTo(path, VOLUMES)
                || isBelow(path, PROVISIONED)
                || leadsTo(path, ROOTS)
                || path.equals("/home/kubernetes") // of GKE, with its mount programs
                || hasName(path);
    }

    private static boolean hasName(String path) {
        String elements = path + "/";
        return !isBelow(path, WITHOUT_VOLUMES) && NAMES.stream().anyMatch(name -> elements.contains("/" + name + "/"));
    }

    private static boolean isBelow(String path, List<String> places) {
        return places.stream().anyMatch(place -> CleanedPath.isAtOrBelow(path, place));
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
