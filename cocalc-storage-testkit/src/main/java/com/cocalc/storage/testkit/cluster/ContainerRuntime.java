package com.cocalc.storage.testkit.cluster;

/** The container runtime of the nodes; older ones support neither recursive read-only mounts nor strict groups. */
public enum ContainerRuntime {
    /**
     * containerd 1.7 with runc 1.1: a container with {@code recursiveReadOnly: Enabled} is not created, and the kubelet
     * refuses a pod with {@code supplementalGroupsPolicy: Strict}.
     */
    CONTAINERD_1_7,
    /** containerd 2 with runc 1.2, which supports both. */
    CONTAINERD_2;

    boolean hasStrictGroups() {
        return this != CONTAINERD_1_7;
    }

    boolean hasRecursiveReadOnly() {
        return this != CONTAINERD_1_7;
    }
}
