package com.cocalc.storage.testkit.cluster;

/** The version of the kubelet on the nodes; versions differ for two volumes on one claim. */
public enum KubeletVersion {
    /** Kubelets before 1.35.6 and 1.36.3: a pod with two volumes on one claim never starts. */
    V1_34,
    /** Kubelets from 1.35.6 and 1.36.3 on: it starts, and the last entry's {@code readOnly} counts for both. */
    V1_36
}
