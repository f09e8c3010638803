package com.cocalc.storage.kubernetes.change;

import java.util.List;

/**
 * The annotations on which a platform acts after the pod was judged: they decide about networks, devices and rights of
 * a container, or about volumes.
 */
final class PlatformAnnotations {

    /** The beginnings of the keys. */
    private static final List<String> KEYS = List.of(
            // networks and addresses
            "k8s.v1.cni.cncf.io/",
            "v1.multus-cni.io/",
            "cni.projectcalico.org/",
            "egress.projectcalico.org/",
            "ipam.antrea.io/",
            "ipam.cilium.io/",
            "ipam.spidernet.io/",
            "k8s.ovn.org/",
            "ovn.kubernetes.io/",
            "networking.gke.io/",
            // runtimes and their plugins, some of whose keys have a name of a container behind a slash, or nothing
            "container.apparmor.security.beta.kubernetes.io/",
            "container.seccomp.security.alpha.kubernetes.io/",
            "seccomp.security.alpha.kubernetes.io/",
            "seccomp-profile.kubernetes.cri-o.io",
            "io.kubernetes.cri.",
            "io.kubernetes.cri-o.",
            "io.katacontainers.config.",
            "dev.gvisor.",
            "run.oci.",
            "cdi.k8s.io/",
            "cdi-devices.nri.io",
            "devices.nri.io",
            "mounts.nri.io",
            "cdi-devices.noderesource.dev",
            "devices.noderesource.dev",
            "mounts.noderesource.dev",
            // volumes of injected containers
            "sidecar.istio.io/userVolume",
            "consul.hashicorp.com/consul-sidecar-user-volume",
            "appmesh.k8s.aws/volumeMounts",
            "dapr.io/volume-mounts");

    private PlatformAnnotations() {}

    static boolean contain(String key) {
        return KEYS.stream().anyMatch(key::startsWith);
    }
}
