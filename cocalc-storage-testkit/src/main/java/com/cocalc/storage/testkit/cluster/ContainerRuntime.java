package com.cocalc.storage.testkit.cluster;

/** The container runtime of the nodes: older ones know neither recursive read-only mounts nor strict groups. */
public enum ContainerRuntime {
    /**
     * containerd 1.7 with runc 1.1: {@code recursiveReadOnly: Enabled} keeps a container from being made, and
     * {@code supplementalGroupsPolicy: Strict} a pod from being taken by the kubelet.
     */
    CONTAINERD_1_7,
    /** containerd 2 with runc 1.2: both are there. */
    CONTAINERD_2;

    boolean hasStrictGroups() {
        return this != CONTAINERD_1_7;
    }

    boolean hasRecursiveReadOnly() {
        return this != CONTAINERD_1_7;
    }
}
