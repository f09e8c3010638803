package com.cocalc.storage.testkit.cluster;

/** Which container runtime the nodes have: older ones do not know recursive read-only mounts. */
public enum ContainerRuntime {
    /** containerd 1.7 with runc 1.1: {@code recursiveReadOnly: Enabled} keeps a container from being made. */
    CONTAINERD_1_7,
    /** containerd 2 with runc 1.2: recursive read-only mounts are there. */
    CONTAINERD_2;

    boolean hasRecursiveReadOnly() {
        return this != CONTAINERD_1_7;
    }
}
