package com.cocalc.storage.testkit.cluster;

/** The version of the kubelet on the nodes; versions treat two volumes on one claim differently. */
public enum KubeletVersion {
    /** Kubelets before 1.35.6 and 1.36.3: a pod with two volumes on one claim never starts. */
    V1_34,
    /**
     * Kubelets from 1.35.6 and 1.36.3 on: such a pod starts, and the {@code readOnly} of the last entry applies to
     * both.
     */
    V1_36
}
